using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;

namespace Stages.ServiceDefaults;

/// <summary>
/// The keys by which a token is believed, read from a file of one or several public keys, and read again when it changes: a new key is
/// added beside the old one, tokens are then signed with the new one, and the old one is taken away when its last token is over.
/// Nothing is restarted.
/// </summary>
public sealed partial class SigningKeys(string file, TimeProvider clock)
{
    /// <summary>How soon a changed file is noticed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private sealed record Known(IReadOnlyDictionary<string, SecurityKey> Keys, string Text, DateTimeOffset ReadAt);

    private readonly Lock gate = new();
    private Known known = Read(file, clock.GetUtcNow(), null);

    /// <summary>Changes with the keys: what was believed by the earlier ones is looked at again.</summary>
    public object Generation => Current().Keys;

    public IEnumerable<SecurityKey> For(string? id) => id is not null && Current().Keys.TryGetValue(id, out var key) ? [key] : [];

    /// <summary>A key's name follows from the key: nobody has to agree upon one.</summary>
    public static string IdOf(ECDsa key) =>
        Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 12).ToArray());

    private Known Current()
    {
        var now = clock.GetUtcNow();
        lock (gate)
            return now - known.ReadAt < Fresh ? known : known = Read(file, now, known);
    }

    private static Known Read(string file, DateTimeOffset now, Known? before)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (IOException) when (before is not null)
        {
            // The file is being replaced.
            return before with { ReadAt = now };
        }
        if (text == before?.Text)
            return before with { ReadAt = now };
        var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        foreach (Match block in Block().Matches(text))
        {
            var key = ECDsa.Create();
            key.ImportFromPem(block.Value);
            keys[IdOf(key)] = new ECDsaSecurityKey(key) { KeyId = IdOf(key) };
        }
        return keys.Count > 0 ? new Known(keys, text, now)
            : before is not null ? before with { ReadAt = now }
            : throw new InvalidOperationException($"{file} holds no public key.");
    }

    [GeneratedRegex(
        "-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Block();
}
