using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stages.Demo;

/// <summary>Signs the tokens that infra/token would print, without starting a process for each of a thousand people.</summary>
public sealed class LocalTokens : IDisposable
{
    private readonly ECDsa key = ECDsa.Create();
    private readonly string issuer;
    private readonly TimeProvider clock;

    public LocalTokens(string data, TimeProvider clock)
    {
        key.ImportFromPem(File.ReadAllText(Path.Combine(data, "keys", "private.pem")));
        issuer = File.ReadAllText(Path.Combine(data, "keys", "issuer")).Trim();
        this.clock = clock;
    }

    public string For(string role, string email, string name)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = issuer };
        var payload = new JsonObject
        {
            ["iss"] = issuer, ["aud"] = "stages", ["iat"] = now, ["nbf"] = now - 60, ["exp"] = now + 12 * 3600,
            ["sub"] = PersonOf(email).ToString(), ["email"] = email, ["name"] = name, ["role"] = role,
        };
        var signed = $"{Encode(Json(header))}.{Encode(Json(payload))}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();

    private static Guid PersonOf(string email)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("stages-person:" + email.Trim().ToLower(CultureInfo.InvariantCulture)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static byte[] Json(JsonObject value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
