using System.Collections.Concurrent;
using System.Security.Claims;

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
    private readonly ConcurrentDictionary<(Caller, string, DateTimeOffset?), (string Token, DateTimeOffset Made)> made = new();

    /// <summary>For who is signed in here. A bearer token, of a local run alone, is young by nature, as the gateway takes it.</summary>
    public string For(ClaimsPrincipal user, string service) =>
        For(Caller.From(user), service, FreshProof.At(user) ?? Minute(clock.GetUtcNow()));

    /// <param name="service">The one that is asked; no other takes it.</param>
    /// <param name="proven">When they last showed who they are.</param>
    public string For(Caller caller, string service, DateTimeOffset? proven = null)
    {
        var now = clock.GetUtcNow();
        if (made.TryGetValue((caller, service, proven), out var known) && now - known.Made < Young)
            return known.Token;
        // A cache and nothing more: emptied when a morning's crowd has filled it.
        if (made.Count > Most)
            made.Clear();
        string token;
        lock (gate)
            token = Tokens.Mint(KeyAt(now), issuer, service, caller, now, Life, proven);
        made[(caller, service, proven)] = (token, now);
        return token;
    }

    /// <summary>Else each request would have a token of its own.</summary>
    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

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
    public string Service(string service) => For(new Caller(Guid.Empty, Roles.Service, null, "portal", null), service);
}
