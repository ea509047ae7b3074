using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Stages.Portal.Accounts.Letters;
using Stages.Portal.Gateway;

namespace Stages.Portal.Pages;

/// <summary>Pages are rendered on the server, each request on its own: no circuit, so any copy of the Portal answers any request.</summary>
public static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // UTF-8 carries accents as they are: shorter than entities, and readable in the source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<Theme>().AddSingleton<RecentPages>();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().Uncounted();
        // One middleware looks at the token of every form, those of pages too.
        app.MapRazorComponents<App>().DisableAntiforgery();
        // An address that is nothing is said to be so, rather than asked a sign-in for.
        app.MapFallback(() => Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
        Coordination.Exports.Map(app);
        app.MapGet(
                "/langue/{language:regex(^(fr|en)$)}",
                async (string language, string? retour, HttpContext http, Journal journal, TimeProvider clock, CancellationToken cancel) =>
                {
                    if (http.Features.Get<CurrentSession>()?.Session is { } session)
                        await journal.Decide(ReaderLanguage.Keep(session.Person, language, clock.GetUtcNow()), cancel);
                    http.WriteCookie(
                        ServiceHost.LanguageCookie,
                        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                        clock.GetUtcNow().AddDays(365)
                    );
                    return Results.LocalRedirect(Paths.Local(retour));
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapPost(
                "/calendrier/renouveler",
                async (HttpContext http, Clients.NotificationClient notification, CancellationToken cancel) =>
                {
                    await notification.RenewCalendar(cancel);
                    return Results.LocalRedirect(http.User.IsInRole(Roles.Teacher) ? "/enseignant/stages" : "/famille/calendrier");
                }
            )
            .For(Roles.Family, Roles.Teacher)
            .ExcludeFromDescription();
        app.MapPost(
                "/deconnexion",
                async (HttpContext http) =>
                {
                    await http.SignOutAsync(Sessions.Scheme);
                    // What forms kept on this device, for whoever had it in hand.
                    http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
                    return Results.LocalRedirect(ProviderSession.Of(http) is null ? "/" : ProviderSession.Way);
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }
}
