namespace Stages.Portal.Pages.Shared;

/// <summary>One sentence carried over a redirect in a short-lived cookie, sealed so that no link can put words into our mouth.</summary>
public static class Flash
{
    public const string Name = "stages-done";

    public static void Set(HttpContext http, string text) =>
        http.WriteCookie(Name, Seal(http).Protect(text), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(1));

    public static string? Take(HttpContext http)
    {
        if (http.ReadCookie(Name) is not { Length: > 0 } value)
            return null;
        if (!http.Response.HasStarted)
            http.DropCookie(Name);
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
