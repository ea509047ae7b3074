using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>
/// Bearer tokens between script, gateway and services: JWT, ES256, checked in every service. Each is made for one of them, and worth
/// nothing at the others: who takes a service over gets no further with what its callers show it.
/// </summary>
public static class Tokens
{
    /// <param name="service">As its schema is named: <c>portal</c>, <c>enrolment</c>, … whatever its case.</param>
    public static string AudienceOf(string service) => "stages-" + service.ToLowerInvariant();

    /// <summary>Issuers that begin so belong to one local run; no other environment accepts them.</summary>
    public const string LocalPrefix = "local-";

    public static IServiceCollection AddStagesTokens(
        this IServiceCollection services,
        string name,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var issuer = configuration["Auth:Issuer"] ?? throw new InvalidOperationException("Auth:Issuer is not configured.");
        if (issuer.StartsWith(LocalPrefix, StringComparison.Ordinal) && !environment.IsLocalRun())
            throw new InvalidOperationException(
                $"Auth:Issuer {issuer} is a local run's; it is refused in environment {environment.EnvironmentName}."
            );
        AccountKey.Use(ReadAccountKey(configuration));
        var keys = new SigningKeys(FileOf(configuration, "Auth:PublicKeyFile"), TimeProvider.System);

        services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(o =>
            {
                o.MapInboundClaims = false;
                o.TokenHandlers.Clear();
                o.TokenHandlers.Add(new RememberedTokens(TimeProvider.System, keys));
                o.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = issuer,
                    ValidAudience = AudienceOf(name),
                    IssuerSigningKeyResolver = (_, _, id, _) => keys.For(id),
                    ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                    NameClaimType = "name",
                    RoleClaimType = "role",
                    ClockSkew = TimeSpan.FromSeconds(30),
                };
            });
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Mints a token; only the Portal and <c>infra/token</c> have the private key.</summary>
    /// <param name="service">The one that it is for.</param>
    /// <param name="proven">When the caller last showed who they are; null: not for what asks for that.</param>
    public static string Mint(
        ECDsa privateKey,
        string issuer,
        string service,
        Caller caller,
        DateTimeOffset now,
        TimeSpan life,
        DateTimeOffset? proven = null
    )
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = caller.Id.ToString(), ["role"] = caller.Role };
        if (caller.Email is not null)
            claims["email"] = caller.Email;
        if (caller.Name is not null)
            claims["name"] = caller.Name;
        if (caller.Territory is not null)
            claims["territory"] = caller.Territory;
        if (caller.Vouched is not null)
            claims["vouched"] = caller.Vouched;
        if (proven is { } at)
            claims[FreshProof.Claim] = at.ToUnixTimeSeconds();
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = AudienceOf(service),
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = now.Add(life).UtcDateTime,
                Claims = claims,
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(privateKey) { KeyId = SigningKeys.IdOf(privateKey) },
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );
    }

    private static string ReadAccountKey(IConfiguration configuration)
    {
        var file =
            configuration["Auth:AccountKeyFile"]
            ?? throw new InvalidOperationException(
                "Auth:AccountKeyFile is not configured: a file with 64 hexadecimal digits (openssl rand -hex 32), one for all services."
            );
        return File.ReadAllText(file);
    }

    public static ECDsa ReadKey(IConfiguration configuration, string setting)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(FileOf(configuration, setting)));
        return key;
    }

    private static string FileOf(IConfiguration configuration, string setting) =>
        configuration[setting] ?? throw new InvalidOperationException($"{setting} is not configured.");
}
