using System.Text;

namespace Stages.Portal.SignIns;

/// <summary>
/// Hashes under a key that is not in the database: a code of six digits would be found from a plain hash in a moment by trying all.
/// </summary>
public sealed class SignInKey(byte[] key)
{
    public static SignInKey OfInstallation() => new(AccountKey.For("stages sign-ins"));

    /// <summary>Of a code, as that of one message: equal codes have unequal hashes.</summary>
    public string Code(Guid message, string code) => Convert.ToHexStringLower(Hash($"code\n{message}\n{code}"));

    /// <summary>Under which a link is found by the secret that stands in it.</summary>
    public Guid Link(string secret) => new(Hash($"link\n{secret}").AsSpan(0, 16), bigEndian: true);

    /// <summary>A client's network, as it is counted: addresses of people are not kept.</summary>
    public string Network(string network) => Convert.ToHexStringLower(Hash($"network\n{network}").AsSpan(0, 16));

    private byte[] Hash(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
