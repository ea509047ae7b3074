using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Stages.Testing;

/// <summary>Waits for a condition by asking again, and says what it last saw when the time is over.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks until <paramref name="holds"/>; returns the value that satisfied it.</summary>
    public static async Task<T> Is<T>(
        Func<Task<T>> ask,
        Func<T, bool> holds,
        TimeSpan? patience = null,
        [CallerArgumentExpression(nameof(holds))] string condition = ""
    )
    {
        var limit = patience ?? Patience;
        var watch = Stopwatch.StartNew();
        T? last = default;
        Exception? fault = null;
        using var rhythm = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            try
            {
                last = await ask();
                fault = null;
                if (holds(last))
                    return last;
            }
            catch (Exception e)
                when (e
                        is HttpRequestException
                            or InvalidOperationException
                            or IOException
                            or Npgsql.NpgsqlException
                            or TaskCanceledException
                )
            {
                fault = e;
            }
        } while (watch.Elapsed < limit && await rhythm.WaitForNextTickAsync());
        throw new TimeoutException(
            $"Not within {limit.TotalSeconds:0} s: {condition}. Last seen: {(fault is null ? Describe(last) : fault.Message)}",
            fault
        );
    }

    public static Task<bool> True(
        Func<Task<bool>> ask,
        TimeSpan? patience = null,
        [CallerArgumentExpression(nameof(ask))] string condition = ""
    ) => Is(ask, yes => yes, patience, condition);

    private static string Describe<T>(T? value) =>
        value switch
        {
            null => "nothing",
            string text => text.Length > 2000 ? text[..2000] + "…" : text,
            System.Collections.IEnumerable many => string.Join(", ", many.Cast<object>().Take(20)),
            _ => value.ToString() ?? "",
        };
}
