using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Stages.Classrooms;

/// <summary>
/// The class page and the self-check: static files under <c>/classroom</c>, the same for everybody; who one is comes with the
/// seat.
/// </summary>
public static class ClassPages
{
    // WebAssembly is compiled for two libraries that are loaded when somebody wants them: pages of a PDF, and the blurred background.
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        + "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; "
        + "font-src 'self' data:; connect-src 'self' ws: wss:; "
        + "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Keeps hashed files on devices; its name stays, so it is asked for anew each time.</summary>
    private const string Worker = "files/worker.js";

    /// <summary>Beside a file that the build has compressed as far as it goes.</summary>
    private const string Ahead = ".br";

    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings = { [".mjs"] = "text/javascript", [".wasm"] = "application/wasm" },
    };

    /// <summary>A file as it is sent: its tag, and its bytes compressed, which on a telephone is what counts.</summary>
    private sealed record Prepared(EntityTagHeaderValue Tag, byte[] Plain, byte[]? Brotli, byte[]? Gzip);

    /// <summary>One file of the pages, prepared when somebody first wants it and again when it has changed.</summary>
    private sealed class Kept(IFileProvider files, string path)
    {
        private readonly Lock one = new();
        private (DateTimeOffset Modified, Prepared Content)? last;

        public string Type { get; } = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";

        /// <summary>A page says which scripts are its own, by their hashes: those may be kept for good, the page itself may not.</summary>
        public string Caching { get; } =
            path.EndsWith(".html", StringComparison.Ordinal) || path is Worker or "files/stored.json"
                ? "no-cache"
                : "public, max-age=31536000, immutable";

        public Prepared? Read()
        {
            lock (one)
            {
                var file = files.GetFileInfo(path);
                if (!file.Exists)
                    return null;
                if (last is not { } known || known.Modified != file.LastModified)
                    last = known = (file.LastModified, Prepare(file, files.GetFileInfo(path + Ahead), Type));
                return known.Content;
            }
        }
    }

    public static void Map(WebApplication app)
    {
        // What there is, is known at the start: no address that somebody types makes anything be kept.
        var files = app.Environment.WebRootFileProvider;
        var known = Under(files, "")
            .Where(path => !path.EndsWith(Ahead, StringComparison.Ordinal))
            .ToFrozenDictionary(path => path, path => new Kept(files, path), StringComparer.Ordinal);
        app.MapGet("/classroom/{module:guid}", (HttpContext http) => Send(http, known, "files/class.html"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet("/classroom/check", (HttpContext http) => Send(http, known, "files/check.html"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet("/classroom/files/{**path}", (string path, HttpContext http) => Send(http, known, "files/" + path))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static IEnumerable<string> Under(IFileProvider files, string folder) =>
        files.GetDirectoryContents(folder).SelectMany(f => f.IsDirectory ? Under(files, $"{folder}{f.Name}/") : [folder + f.Name]);

    private static IResult Send(HttpContext http, FrozenDictionary<string, Kept> files, string path)
    {
        if (files.GetValueOrDefault(path) is not { } file || file.Read() is not { } content)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), geolocation=()";
        http.Response.Headers.CacheControl = file.Caching;
        http.Response.Headers.Vary = "Accept-Encoding";
        if (path == Worker)
            http.Response.Headers["Service-Worker-Allowed"] = "/classroom/";
        var accepts = http.Request.Headers.AcceptEncoding.ToString();
        var (bytes, coding) =
            content.Brotli is { } br && accepts.Contains("br", StringComparison.Ordinal) ? (br, "br")
            : content.Gzip is { } gzip && accepts.Contains("gzip", StringComparison.Ordinal) ? (gzip, "gzip")
            : (content.Plain, null);
        if (coding is not null)
            http.Response.Headers.ContentEncoding = coding;
        return Results.Bytes(
            bytes,
            file.Type.StartsWith("text/", StringComparison.Ordinal) ? file.Type + "; charset=utf-8" : file.Type,
            entityTag: content.Tag
        );
    }

    private static Prepared Prepare(IFileInfo file, IFileInfo ahead, string type)
    {
        var bytes = Bytes(file);
        // Packages carry no true dates: the content alone says whether a browser's copy still holds.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        var shrinks =
            bytes.Length > 1000
            && (
                type.StartsWith("text/", StringComparison.Ordinal)
                || type.EndsWith("wasm", StringComparison.Ordinal)
                || type.EndsWith("json", StringComparison.Ordinal)
            );
        return new Prepared(
            tag,
            bytes,
            ahead.Exists ? Bytes(ahead)
                : shrinks ? Compress(bytes, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 5 }))
                : null,
            shrinks ? Compress(bytes, to => new GZipStream(to, CompressionLevel.Optimal)) : null
        );
    }

    private static byte[] Bytes(IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> through)
    {
        using var to = new MemoryStream();
        using (var coder = through(to))
            coder.Write(bytes);
        return to.ToArray();
    }
}
