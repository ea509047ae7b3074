using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Stages.Portal.SignIns;

/// <summary>
/// Through which provider this browser came in, so that signing out here signs out there: else the next person at a shared computer
/// is let in by it. The browser keeps the provider's own words, sealed.
/// </summary>
public static class ProviderSession
{
    private const string Name = "stages-provider";
    private const string Hint = "stages-provider-hint";
    private const string IdToken = "id_token";

    /// <summary>The page from which the browser goes on to the provider. A form may lead to this site alone, hence not at once.</summary>
    public const string Way = "/connexion/quitter";

    public static void Use(OpenIdConnectOptions o, Provider provider)
    {
        o.SignedOutCallbackPath = $"/connexion/{provider.Scheme}/sortie";
        o.Events.OnTokenValidated = context =>
        {
            context.HttpContext.Items[IdToken] = context.TokenEndpointResponse?.IdToken;
            return Task.CompletedTask;
        };
        o.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = provider.ClientId;
            context.ProtocolMessage.IdTokenHint = context.Properties.GetParameter<string>(IdToken);
            return Task.CompletedTask;
        };
    }

    public static void Begin(HttpContext http, Provider provider)
    {
        http.WriteCookie(Name, provider.Scheme);
        if (http.Items[IdToken] is string token)
            http.WriteCookie(Hint, Seal(http).Protect(token));
    }

    /// <summary>The provider at which the browser is still signed in; null when it came by link or code.</summary>
    public static Provider? Of(HttpContext http) =>
        http.ReadCookie(Name) is { } scheme
            ? http.RequestServices.GetRequiredService<Providers>().All.FirstOrDefault(p => p.Scheme == scheme)
            : null;

    public static void Map(WebApplication app) =>
        app.MapGet("/connexion/{scheme}/quitter", (string scheme, HttpContext http) => End(http, scheme))
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static async Task<IResult> End(HttpContext http, string scheme)
    {
        var provider = Of(http);
        http.DropCookie(Name);
        http.DropCookie(Hint);
        if (provider?.Scheme != scheme)
            return Results.LocalRedirect("/");
        try
        {
            var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(scheme);
            var configuration = await options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
            if (string.IsNullOrEmpty(configuration.EndSessionEndpoint))
                return Results.LocalRedirect("/");
            var properties = new AuthenticationProperties { RedirectUri = "/" };
            properties.SetParameter(IdToken, Opened(http));
            await http.SignOutAsync(scheme, properties);
            return Results.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            // It is away; here the person is signed out.
            return Results.LocalRedirect("/");
        }
    }

    private static string? Opened(HttpContext http)
    {
        try
        {
            return http.ReadCookie(Hint) is { Length: > 0 } kept ? Seal(http).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("stages.provider.v1");
}
