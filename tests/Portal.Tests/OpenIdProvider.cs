using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Stages.Portal.Tests;

/// <summary>A real OpenID Connect provider on loopback: whoever is at its door has signed in there as <see cref="Person"/>.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly WebApplication app;

    private OpenIdProvider(WebApplication app, string address) => (this.app, Address) = (app, address);

    public string Address { get; }

    /// <summary>Claims of the person who comes next.</summary>
    public IReadOnlyList<Claim> Person { get; set; } = [];

    /// <summary>What it answers at one of its addresses instead.</summary>
    public (string Path, Func<Microsoft.AspNetCore.Http.HttpContext, Task> Answer)? BadDay { get; set; }

    public static OpenIdProvider Start(string client, string secret)
    {
        OpenIdProvider? provider = null;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddOpenIddict()
            .AddServer(o =>
            {
                o.SetAuthorizationEndpointUris("/authorize").SetTokenEndpointUris("/token").SetUserInfoEndpointUris("/userinfo");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                o.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email);
                o.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();
                // No database of clients: the two checks below are all that it knows.
                o.EnableDegradedMode();
                o.UseAspNetCore().DisableTransportSecurityRequirement();
                o.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(b =>
                    b.UseInlineHandler(c =>
                    {
                        if (c.ClientId != client)
                            c.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                o.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(b =>
                    b.UseInlineHandler(c =>
                    {
                        if (c.ClientId != client || c.ClientSecret != secret)
                            c.Reject(Errors.InvalidClient);
                        return default;
                    })
                );
                o.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(b =>
                    b.UseInlineHandler(c =>
                    {
                        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
                        identity.AddClaims(provider!.Person);
                        if (identity.FindFirst(Claims.Email) is not null)
                            identity.AddClaim(new Claim(Claims.EmailVerified, "true", ClaimValueTypes.Boolean));
                        identity.SetScopes(c.Request.GetScopes());
                        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
                        c.SignIn(new ClaimsPrincipal(identity));
                        return default;
                    })
                );
            });
        var built = builder.Build();
        built.Use((http, next) => provider!.BadDay is { } bad && http.Request.Path == bad.Path ? bad.Answer(http) : next(http));
        built.UseAuthentication();
        ((IHost)built).Start();
        provider = new OpenIdProvider(
            built,
            built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
