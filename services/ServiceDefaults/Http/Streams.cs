using System.Globalization;
using System.Runtime.CompilerServices;

namespace Stages.ServiceDefaults;

/// <summary>
/// A stream of events ends with the token that opened it. Browsers connect again by themselves, and whoever asks is looked at anew: a
/// right that was taken away is gone within minutes, without a stream having to know of rights.
/// </summary>
public static class Streams
{
    public static async IAsyncEnumerable<T> WhileTokenLasts<T>(
        this HttpContext http,
        TimeProvider clock,
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        using var expired = clock.CreateCancellationTokenSource(LeftOf(http, clock.GetUtcNow()));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, expired.Token);
        await using var items = open(either.Token).GetAsyncEnumerator(either.Token);
        while (await Next(items, expired.Token, cancel))
            yield return items.Current;
    }

    private static async Task<bool> Next<T>(IAsyncEnumerator<T> items, CancellationToken expired, CancellationToken left)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !left.IsCancellationRequested)
        {
            return false;
        }
    }

    private static TimeSpan LeftOf(HttpContext http, DateTimeOffset now) =>
        long.TryParse(http.User.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var at)
        && DateTimeOffset.FromUnixTimeSeconds(at) - now is { Ticks: > 0 } left
            ? left
            : TimeSpan.Zero;
}
