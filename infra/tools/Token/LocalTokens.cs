using System.Security.Cryptography;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.LocalRun;

/// <summary>Signs tokens with the keys of a local run: what <c>infra/token</c> prints, and the demonstration's thousand people.</summary>
public sealed class LocalTokens : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly ECDsa key = ECDsa.Create();
    private readonly string issuer;
    private readonly TimeProvider clock;

    /// <param name="data">The run's data folder.</param>
    public LocalTokens(string data, TimeProvider clock)
    {
        AccountKey.Use(File.ReadAllText(Path.Combine(data, "keys", "accounts.key")));
        key.ImportFromPem(File.ReadAllText(Path.Combine(data, "keys", "private.pem")));
        issuer = File.ReadAllText(Path.Combine(data, "keys", "issuer")).Trim();
        this.clock = clock;
    }

    public string For(string role, string email, string name, string? territory = null, TimeSpan? life = null, string? vouched = null) =>
        Tokens.Mint(
            key,
            issuer,
            "portal",
            new Caller(PersonId.FromEmail(email), role, email, name, territory, vouched),
            clock.GetUtcNow(),
            life ?? Life
        );

    public void Dispose() => key.Dispose();
}
