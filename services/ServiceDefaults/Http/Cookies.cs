namespace Stages.ServiceDefaults;

/// <summary>
/// Every cookie of ours: no script reads it, and where people come by https it goes no other way and belongs to this host alone
/// (<c>__Host-</c>: no neighbour under the same domain can set one of ours).
/// </summary>
public static class Cookies
{
    private const string OfThisHost = "__Host-";

    public static string CookieName(this PublicAddress address, string name) =>
        address.IsSecure && !name.StartsWith(OfThisHost, StringComparison.Ordinal) ? OfThisHost + name : name;

    public static string? ReadCookie(this HttpContext http, string name) => http.Request.Cookies[AddressOf(http).CookieName(name)];

    /// <param name="until">Null: as long as the browser is open.</param>
    public static void WriteCookie(
        this HttpContext http,
        string name,
        string value,
        DateTimeOffset? until = null,
        SameSiteMode sameSite = SameSiteMode.Lax
    ) => http.Response.Cookies.Append(AddressOf(http).CookieName(name), value, Options(http, sameSite, until));

    public static void DropCookie(this HttpContext http, string name) =>
        http.Response.Cookies.Delete(AddressOf(http).CookieName(name), Options(http, SameSiteMode.Lax, null));

    /// <summary>The same for a cookie that a framework writes.</summary>
    public static void Close(this CookieBuilder cookie, PublicAddress address)
    {
        cookie.Name = address.CookieName(cookie.Name ?? throw new InvalidOperationException("A cookie has a name."));
        cookie.Path = "/";
        cookie.Domain = null;
        cookie.HttpOnly = true;
        cookie.SecurePolicy = address.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    private static PublicAddress AddressOf(HttpContext http) => http.RequestServices.GetRequiredService<PublicAddress>();

    private static CookieOptions Options(HttpContext http, SameSiteMode sameSite, DateTimeOffset? until) =>
        new()
        {
            HttpOnly = true,
            Secure = AddressOf(http).IsSecure,
            SameSite = sameSite,
            Path = "/",
            Expires = until,
            IsEssential = true,
        };
}
