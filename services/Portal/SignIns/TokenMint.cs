using System.Collections.Concurrent;

namespace Stages.Portal.SignIns;

/// <summary>
/// The only place where tokens are made. A token lasts a few minutes and is used again while it is young, since signing costs
/// more than looking up.
/// </summary>
public sealed class TokenMint(IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);
    private const int Most = 50_000;

    /// <summary>How soon a new key is used; services believe it before, or its tokens would be refused.</summary>
    private static readonly TimeSpan KeyFresh = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private (ECDsa Key, DateTimeOffset ReadAt) signing = (Tokens.ReadKey(configuration, "Auth:PrivateKeyFile"), clock.GetUtcNow());
    private readonly string issuer = configuration["Auth:Issuer"] ?? throw new InvalidOperationException("Auth:Issuer is not configured.");
    private readonly ConcurrentDictionary<Caller, (string Token, DateTimeOffset Made)> made = new();

    public string For(Caller caller)
    {
        var now = clock.GetUtcNow();
        if (made.TryGetValue(caller, out var known) && now - known.Made < Young)
            return known.Token;
        // A cache and nothing more: emptied when a morning's crowd has filled it.
        if (made.Count > Most)
            made.Clear();
        string token;
        lock (gate)
            token = Tokens.Mint(KeyAt(now), issuer, caller, now, Life);
        made[caller] = (token, now);
        return token;
    }

    private ECDsa KeyAt(DateTimeOffset now)
    {
        if (now - signing.ReadAt >= KeyFresh)
        {
            try
            {
                signing.Key = Tokens.ReadKey(configuration, "Auth:PrivateKeyFile");
            }
            catch (Exception e) when (e is IOException or ArgumentException or CryptographicException)
            {
                // The file is being replaced: the key at hand is good until it is not believed any more.
            }
            signing.ReadAt = now;
        }
        return signing.Key;
    }

    /// <summary>For the internal endpoints of the services.</summary>
    public string Service() => For(new Caller(Guid.Empty, Roles.Service, null, "portal", null));
}
