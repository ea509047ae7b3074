using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Localization;
using Stages.Portal.Pages.Shared;
using Stages.Portal.SignIns;

namespace Stages.Portal.Pages;

/// <summary>Pages are rendered on the server, each request on its own: no circuit, so any copy of the Portal answers any request.</summary>
public static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<Theme>();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
        app.MapGet("/langue/{language:regex(^(fr|en)$)}", (string language, string? retour, HttpContext http) =>
        {
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
            return Results.LocalRedirect(Paths.Local(retour));
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/deconnexion", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            await http.SignOutAsync(Sessions.Scheme);
            return Results.LocalRedirect("/");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
