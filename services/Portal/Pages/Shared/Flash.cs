using Microsoft.AspNetCore.DataProtection;

namespace Stages.Portal.Pages.Shared;

/// <summary>One sentence carried over a redirect in a short-lived cookie, sealed so that no link can put words into our mouth.</summary>
public static class Flash
{
    public const string Name = "stages-done";

    public static void Set(HttpContext http, string text) =>
        http.Response.Cookies.Append(
            Name,
            Seal(http).Protect(text),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromMinutes(1),
                Path = "/",
            }
        );

    public static string? Take(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } value)
            return null;
        if (!http.Response.HasStarted)
            http.Response.Cookies.Delete(Name);
        try
        {
            return Seal(http).Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("stages.flash");
}
