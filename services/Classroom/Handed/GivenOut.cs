namespace Stages.Classrooms.Handed;

/// <summary>How bytes that others brought leave us: to be kept, and never as a page of ours.</summary>
public static class GivenOut
{
    /// <summary>Of a link among files: its bytes are the address. What people send is never taken for it.</summary>
    public const string LinkType = "text/uri-list";

    public static IResult File(HttpContext http, byte[] content, string type, string name)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Results.Bytes(content, type, name);
    }

    /// <summary>Where it leads nobody learns which class it came from.</summary>
    public static IResult Link(HttpContext http, string address)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Redirect(address);
    }
}
