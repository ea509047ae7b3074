using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Stages.Portal.Pages.Everyone;
using Stages.Portal.Staff;

namespace Stages.Portal.SignIns;

/// <summary>
/// Sign-in through another house: ÉduConnect for families, the académie or ProConnect for staff. Whoever comes back becomes the
/// same account as by the link, once the address that the provider tells is proven: by a code, or by the word of a provider that is
/// believed for it. A provider that is away sends people to the link instead.
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
                // A session ends by its own form and by the lists of sessions, never by an address that another site can lead to.
                o.RemoteSignOutPath = default;
                // Nothing is fetched from where an answer points to, and nobody speaks in the name of another issuer.
                o.BackchannelTimeout = provider.Patience;
                o.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
                o.TokenValidationParameters.IssuerValidator = (issuer, _, _) =>
                    provider.SpeaksFor(issuer)
                        ? issuer
                        : throw new SecurityTokenInvalidIssuerException($"{provider.Scheme} speaks for {provider.Issuer}, not {issuer}.");
                o.RequireHttpsMetadata = !environment.IsLocalRun();
                o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
                o.Scope.Clear();
                foreach (var scope in provider.Scopes)
                    o.Scope.Add(scope);
                // Providers that tell the address at their userinfo endpoint alone tell there whether it is verified, too.
                foreach (var claim in provider.Claims.Values.Append("email_verified"))
                    o.ClaimActions.MapUniqueJsonKey(claim, claim);
                ProviderSession.Use(o, provider);
                o.Events.OnTicketReceived = context => Admit(context, provider);
                o.Events.OnRemoteFailure = context =>
                {
                    context
                        .HttpContext.RequestServices.GetRequiredService<ILogger<Provider>>()
                        .LogWarning("Nobody came in through {Provider}: {Why}", provider.Scheme, context.Failure?.Message);
                    Flash.Set(context.HttpContext, Away(provider));
                    context.Response.Redirect("/connexion");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            }
        );

    /// <summary>A link leads to a button, and the button, with the page's own token, to the provider.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet(
                Door,
                (string scheme, string? retour, HttpContext http, Providers providers) =>
                    providers.All.FirstOrDefault(p => p.Scheme == scheme) is { } provider
                        ? PageOf(http, provider, retour, null)
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapPost(
                Door,
                async (string scheme, HttpContext http, Providers providers, ILogger<Provider> logger) =>
                {
                    if (providers.All.FirstOrDefault(p => p.Scheme == scheme) is not { } provider)
                        return Results.NotFound();
                    var form = http.Request.HasFormContentType
                        ? await http.Request.ReadFormAsync(http.RequestAborted)
                        : FormCollection.Empty;
                    try
                    {
                        await http.ChallengeAsync(scheme, new AuthenticationProperties { RedirectUri = Paths.Local(form["retour"]) });
                        // A form may lead to this site alone, and so may all redirects after it: hence by a page.
                        var way = http.Response.Headers.Location.ToString();
                        http.Response.Headers.Location = default;
                        http.Response.StatusCode = StatusCodes.Status200OK;
                        return PageOf(http, provider, null, way);
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
    }

    private const string Door = "/connexion/{scheme}";

    private static IResult PageOf(HttpContext http, Provider provider, string? returnTo, string? way) =>
        new RazorComponentResult<ProviderPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Http"] = http,
                ["Provider"] = provider,
                ["Return"] = Paths.Local(returnTo, ""),
                ["Way"] = way,
            }
        );

    private static async Task Admit(TicketReceivedContext context, Provider provider)
    {
        var services = context.HttpContext.RequestServices;
        if (Outsider.Of(context.Principal, provider) is not { } person)
        {
            TurnAway(context, NotForThem());
            return;
        }
        ProviderSession.Begin(context.HttpContext, provider);
        var accounts = services.GetRequiredService<LinkedAccounts>();
        var email = (await accounts.Find(person, context.HttpContext.RequestAborted))?.Address;
        if (email is null && person is { Email: { } told, Proven: false })
        {
            var ticket = await services.GetRequiredService<SignInDesk>().ToProve(person, told, provider, context.ReturnUri);
            context.Response.Redirect("/connexion/relier?t=" + ticket);
            context.HandleResponse();
            return;
        }
        if (email is null && person.Email is { } proven)
        {
            if ((await accounts.Link(person, proven, context.HttpContext.RequestAborted)).Refusal is { } taken)
            {
                TurnAway(context, taken.Text);
                return;
            }
            email = proven;
        }
        var caller = await CallerOf(person, email, provider, services.GetRequiredService<StaffDirectory>());
        context.Principal = Sessions.Principal(caller);
        var home = Entry.HomeOf(caller.Role);
        if (context.ReturnUri is null || !context.ReturnUri.StartsWith(home, StringComparison.Ordinal))
            context.ReturnUri = home;
    }

    private static void TurnAway(TicketReceivedContext context, string why)
    {
        Flash.Set(context.HttpContext, why);
        context.Response.Redirect("/connexion");
        context.HandleResponse();
    }

    /// <param name="email">That they have proven; null where the provider tells none, as ÉduConnect: the account is then its own.</param>
    private static async Task<Caller> CallerOf(Outsider person, string? email, Provider provider, StaffDirectory staff)
    {
        var id = email is null ? person.Id : PersonId.FromEmail(email);
        if (provider.Role == Roles.Family)
            return new Caller(id, Roles.Family, email, person.Name, null);
        var member = email is null ? null : await staff.Find(email);
        return member is not null
            ? new Caller(id, member.Role, email, member.Name ?? person.Name, member.Territory)
            : new Caller(id, Roles.Teacher, email, person.Name, null, provider.Scheme);
    }

    private static string NotForThem() =>
        Say.In(
            "Ce compte ne donne pas accès à ce service : il est réservé aux responsables d’élèves et aux personnels.",
            "This account does not open this service: it is for pupils’ guardians and staff."
        );

    private static string Away(Provider provider) =>
        Say.In(
            $"{provider.Label} ne répond pas. Connectez-vous par courriel : c’est le même compte.",
            $"{provider.Label} does not answer. Sign in by e-mail: it is the same account."
        );
}
