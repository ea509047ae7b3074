using System.Security.Cryptography;
using Stages.ServiceDefaults;

namespace Stages.Demo;

/// <summary>Signs the tokens that infra/token would print, without starting a process for each of a thousand people.</summary>
public sealed class LocalTokens : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly ECDsa key = ECDsa.Create();
    private readonly string issuer;
    private readonly TimeProvider clock;

    public LocalTokens(string data, TimeProvider clock)
    {
        key.ImportFromPem(File.ReadAllText(Path.Combine(data, "keys", "private.pem")));
        issuer = File.ReadAllText(Path.Combine(data, "keys", "issuer")).Trim();
        this.clock = clock;
    }

    public string For(string role, string email, string name) =>
        Tokens.Mint(key, issuer, new Caller(PersonId.FromEmail(email), role, email, name, Territory: null), clock.GetUtcNow(), Life);

    public void Dispose() => key.Dispose();
}
