using System.Collections.Concurrent;
using System.Security.Cryptography;
using Stages.ServiceDefaults;

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

    private readonly ECDsa key = Tokens.ReadKey(configuration, "Auth:PrivateKeyFile");
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
        lock (key)
            token = Tokens.Mint(key, issuer, caller, now, Life);
        made[caller] = (token, now);
        return token;
    }

    /// <summary>For the internal endpoints of the services.</summary>
    public string Service() => For(new Caller(Guid.Empty, Roles.Service, null, "portal", null));
}
