using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using OtpNet;

namespace Stages.Testing;

/// <summary>
/// The authenticator apps of the tests' staff: the key that each was shown at set-up, and codes of which none is given twice, since
/// none is believed twice.
/// </summary>
public sealed partial class AuthenticatorApps
{
    private const int Seconds = 30;

    private readonly ConcurrentDictionary<string, (byte[] Key, long Last)> apps = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Queue<string>> onPaper = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    public bool Has(string email) => apps.ContainsKey(email);

    /// <param name="letters">As the page shows them.</param>
    public void Keep(string email, string letters)
    {
        onPaper.TryRemove(email, out _);
        apps[email] = (Base32Encoding.ToBytes(letters.Replace(" ", "", StringComparison.Ordinal)), 0);
    }

    /// <summary>The recovery codes, for whoever would rather not wait for the app's next one.</summary>
    /// <param name="page">On which they stand.</param>
    public void KeepPaper(string email, string page) => onPaper[email] = new(Paper().Matches(page).Select(m => m.Value));

    /// <summary>
    /// The code of now, or the next one, which is right already; where both are used one from the paper, and without paper the app's
    /// next.
    /// </summary>
    public async Task<string> Code(string email)
    {
        await turn.WaitAsync();
        try
        {
            var (key, last) = apps[email];
            if (last > Now() && onPaper.TryGetValue(email, out var codes) && codes.TryDequeue(out var code))
                return code;
            var halfMinute = await Eventually.Is(
                () => Task.FromResult(Math.Max(Now(), last + 1)),
                next => next <= Now() + 1,
                TimeSpan.FromSeconds(3 * Seconds)
            );
            apps[email] = (key, halfMinute);
            return new Totp(key).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(halfMinute * Seconds).UtcDateTime);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A code that the app does not show now.</summary>
    public string Wrong(string email)
    {
        var key = apps[email].Key;
        var right = Enumerable
            .Range(-2, 5)
            .Select(i => new Totp(key).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds((Now() + i) * Seconds).UtcDateTime))
            .ToList();
        return Enumerable.Range(0, 10).Select(d => d.ToString("000000", CultureInfo.InvariantCulture)).First(c => !right.Contains(c));
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / Seconds;

    [GeneratedRegex(@"\b[2-9a-z]{4}(-[2-9a-z]{4}){3}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Paper();
}
