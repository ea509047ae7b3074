using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Stages.Classrooms;

/// <summary>The class page and the self-check: static files under <c>/classroom</c>, the same for everybody; who one is comes with the seat.</summary>
public static class ClassPages
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; connect-src 'self' ws: wss:; " +
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Map(WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.MapGet("/classroom/{module:guid}", (HttpContext http) => Send(http, files.GetFileInfo("class.html"))).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/classroom/check", (HttpContext http) => Send(http, files.GetFileInfo("check.html"))).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/classroom/files/{**path}", (string path, HttpContext http) => Send(http, files.GetFileInfo("files/" + path))).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Send(HttpContext http, IFileInfo file)
    {
        if (!file.Exists || file.IsDirectory) return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), geolocation=()";
        http.Response.Headers.CacheControl = "no-cache";
        var type = new FileExtensionContentTypeProvider().TryGetContentType(file.Name, out var known) ? known : "application/octet-stream";
        return Results.File(file.CreateReadStream(), type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type, lastModified: file.LastModified);
    }
}
