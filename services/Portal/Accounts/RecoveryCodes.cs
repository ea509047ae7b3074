using System.Text;

namespace Stages.Portal.Accounts;

/// <summary>
/// Ten codes on paper for the day on which the telephone is lost, each good once. Sixteen characters of thirty-one: nobody finds one
/// from its hash, so that the hash needs no salt and no slowness.
/// </summary>
public static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 16;

    /// <summary>Without those that are taken for one another when they are copied by hand.</summary>
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count).Select(_ => Shown(RandomNumberGenerator.GetString(Letters, Length)))];

    public static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Read(code))));

    /// <summary>As somebody types it: in capitals, with or without the hyphens.</summary>
    private static string Read(string typed) =>
        new([.. typed.ToLowerInvariant().Where(c => Letters.Contains(c, StringComparison.Ordinal))]);

    private static string Shown(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));
}
