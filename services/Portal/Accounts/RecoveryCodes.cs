using System.Text;

namespace Stages.Portal.Accounts;

/// <summary>
/// Ten codes on paper for the day on which the telephone is lost, each good once: sixteen characters of thirty-one. What is kept of them
/// are hashes under a key that is not in the database: who reads it cannot even try one.
/// </summary>
public static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 16;

    /// <summary>Without those that are taken for one another when they are copied by hand.</summary>
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    private static readonly Lazy<byte[]> Key = new(() => AccountKey.For("stages recovery codes"));

    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count).Select(_ => Shown(RandomNumberGenerator.GetString(Letters, Length)))];

    public static string Hash(string code) => Convert.ToHexStringLower(HMACSHA256.HashData(Key.Value, Bytes(code)));

    /// <summary>As it is kept among these: codes that were made before there was a key have the plain hash.</summary>
    public static string Among(IReadOnlyList<string> kept, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Bytes(code))) is var plain && kept.Contains(plain) ? plain : Hash(code);

    /// <summary>As somebody types it: in capitals, with or without the hyphens.</summary>
    private static byte[] Bytes(string typed) =>
        Encoding.ASCII.GetBytes([.. typed.ToLowerInvariant().Where(c => Letters.Contains(c, StringComparison.Ordinal))]);

    private static string Shown(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));
}
