using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stages.ServiceDefaults;

/// <summary>
/// Checks a token's signature once, not at each request: a page makes many, and an ES256 check costs as much processor time as the
/// rest of a small request. Only tokens that passed are remembered, whole, and never beyond their own expiry.
/// </summary>
public sealed class RememberedTokens(TimeProvider clock, SigningKeys keys) : JsonWebTokenHandler
{
    /// <summary>About 20 MB at worst; at the limit all are forgotten at once, which costs one check each.</summary>
    private const int Most = 20_000;

    private object generation = keys.Generation;

    private readonly ConcurrentDictionary<string, TokenValidationResult> passed = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        // Believed by a key that may have been taken away since.
        if (!ReferenceEquals(Interlocked.Exchange(ref generation, keys.Generation), keys.Generation))
            passed.Clear();
        if (passed.TryGetValue(token, out var known))
        {
            if (known.SecurityToken.ValidTo > clock.GetUtcNow().UtcDateTime)
                return Copy(known);
            passed.TryRemove(token, out _);
        }
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid)
            return result;
        if (passed.Count >= Most)
            passed.Clear();
        passed[token] = result;
        return Copy(result);
    }

    /// <summary>An identity of its own for each request: nothing that one request adds to it reaches another.</summary>
    private static TokenValidationResult Copy(TokenValidationResult result) =>
        new()
        {
            IsValid = true,
            ClaimsIdentity = result.ClaimsIdentity.Clone(),
            SecurityToken = result.SecurityToken,
            Issuer = result.Issuer,
            TokenType = result.TokenType,
        };
}
