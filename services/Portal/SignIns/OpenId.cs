using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Stages.Portal.Pages.Shared;
using Stages.Portal.Staff;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Portal.SignIns;

/// <summary>
/// Sign-in through another house: ÉduConnect for families, the académie or ProConnect for staff. Whoever comes back becomes the
/// same account as by the link, when the provider tells the address. A provider that is away sends people to the link instead.
/// </summary>
public static class OpenId
{
    public static void AddProvider(this AuthenticationBuilder authentication, Provider provider, IHostEnvironment environment) =>
        authentication.AddOpenIdConnect(
            provider.Scheme,
            o =>
            {
                o.Authority = provider.Authority;
                o.ClientId = provider.ClientId;
                o.ClientSecret = provider.ClientSecret;
                o.SignInScheme = Sessions.Scheme;
                o.CallbackPath = $"/connexion/{provider.Scheme}/retour";
                o.ResponseType = OpenIdConnectResponseType.Code;
                o.ResponseMode = OpenIdConnectResponseMode.Query;
                o.UsePkce = true;
                o.MapInboundClaims = false;
                o.GetClaimsFromUserInfoEndpoint = true;
                o.SaveTokens = false;
                o.RequireHttpsMetadata = !environment.IsLocalRun();
                o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
                o.Scope.Clear();
                foreach (var scope in provider.Scopes)
                    o.Scope.Add(scope);
                foreach (var claim in provider.Claims.Values)
                    o.ClaimActions.MapUniqueJsonKey(claim, claim);
                o.Events.OnTicketReceived = context => Admit(context, provider);
                o.Events.OnRemoteFailure = context =>
                {
                    Flash.Set(context.HttpContext, Away(provider));
                    context.Response.Redirect("/connexion");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            }
        );

    public static void Map(WebApplication app) =>
        app.MapGet(
                "/connexion/{scheme}",
                async (string scheme, string? retour, HttpContext http, Providers providers, ILogger<Provider> logger) =>
                {
                    if (providers.All.FirstOrDefault(p => p.Scheme == scheme) is not { } provider)
                        return Results.NotFound();
                    try
                    {
                        await http.ChallengeAsync(scheme, new AuthenticationProperties { RedirectUri = Paths.Local(retour) });
                        return Results.Empty;
                    }
                    catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
                    {
                        // Its configuration cannot be read: the link by mail stands beside it for just that.
                        logger.LogWarning(e, "The identity provider {Provider} does not answer", scheme);
                        Flash.Set(http, Away(provider));
                        return Results.LocalRedirect("/connexion");
                    }
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static async Task Admit(TicketReceivedContext context, Provider provider)
    {
        var caller = await Recognise(
            context.Principal,
            provider,
            context.HttpContext.RequestServices.GetRequiredService<StaffDirectory>(),
            context.HttpContext.RequestAborted
        );
        if (caller is null)
        {
            Flash.Set(
                context.HttpContext,
                Say.In(
                    "Ce compte ne donne pas accès à ce service : il est réservé aux responsables d’élèves et aux personnels.",
                    "This account does not open this service: it is for pupils’ guardians and staff."
                )
            );
            context.Response.Redirect("/connexion");
            context.HandleResponse();
            return;
        }
        context.Principal = Sessions.Principal(caller);
        var home = Entry.HomeOf(caller.Role);
        if (context.ReturnUri is null || !context.ReturnUri.StartsWith(home, StringComparison.Ordinal))
            context.ReturnUri = home;
    }

    /// <summary>The mapping of claims; null when the person is none of those whom the provider is there for.</summary>
    public static async Task<Caller?> Recognise(ClaimsPrincipal? person, Provider provider, StaffDirectory staff, CancellationToken cancel)
    {
        if (person is null || Claim("subject", "sub") is not { } subject)
            return null;
        if (
            provider.Claims.GetValueOrDefault("affiliation") is { } affiliation
            && provider.Claims.GetValueOrDefault("affiliations") is { } allowed
            && !person.FindAll(affiliation).Any(c => allowed.Split(',', StringSplitOptions.TrimEntries).Contains(c.Value))
        )
            return null;
        var email = Claim("email", "email") is { } address && Verified() ? EmailAddress.KeyOf(address) : null;
        var name =
            Claim("name", "name")
            ?? (
                string.Join(' ', new[] { Claim("given", "given_name"), Claim("family", "family_name") }.OfType<string>())
                    is { Length: > 0 } whole
                    ? whole
                    : null
            );
        // ÉduConnect gives no address: the account is then the provider's own subject.
        var id = email is not null ? PersonId.FromEmail(email) : AddressStream.Of($"openid:{provider.Scheme}", subject);
        if (provider.Role == Roles.Family)
            return new Caller(id, Roles.Family, email, name, null);
        var member = email is null ? null : await staff.Find(email);
        return member is not null
            ? new Caller(id, member.Role, email, member.Name ?? name, member.Territory)
            : new Caller(id, Roles.Teacher, email, name, null);

        string? Claim(string what, string usual) =>
            person.FindFirst(provider.Claims.GetValueOrDefault(what, usual))?.Value is { Length: > 0 } value ? value : null;

        // A provider that says an address is not verified is believed; one that says nothing is trusted for its own people.
        bool Verified() => person.FindFirst("email_verified")?.Value is null or "true" or "True";
    }

    private static string Away(Provider provider) =>
        Say.In(
            $"{provider.Label} ne répond pas. Connectez-vous par courriel : c’est le même compte.",
            $"{provider.Label} does not answer. Sign in by e-mail: it is the same account."
        );
}
