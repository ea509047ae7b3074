using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Stages.Portal.Pages;

/// <summary>
/// A family that reloads its page while it waits for news gets what it got a moment ago, from memory: on the first morning most
/// requests are of that kind, and they must not stand between others and their form. The key is all of the cookies, so a page is
/// found again by the browser that was shown it and by nobody else, for seconds. Whoever writes anything reads past this, at every
/// copy, for as long as a page of before could live: that is what the second cookie is for.
/// </summary>
public sealed class RecentPages(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private const string Wrote = "stages-wrote";

    /// <summary>Some 12 KB each.</summary>
    private const int Most = 5_000;

    /// <summary>Longer than any browser of ours sends: who pads the key is answered, and not remembered.</summary>
    private const int LongestKey = 4_000;

    private static readonly string[] OfTheConnection =
    [
        "Set-Cookie",
        "Content-Length",
        "Transfer-Encoding",
        "Date",
        "Server",
        "Connection",
    ];

    /// <summary>
    /// All that a page depends on: whose browser asks, for what, in which language. The cookies stand as they came, unread.
    /// </summary>
    private readonly record struct Key(string Path, string Cookies, string Languages);

    private sealed record Kept(byte[] Body, KeyValuePair<string, StringValues>[] Headers, DateTimeOffset At);

    private readonly ConcurrentDictionary<Key, Kept> pages = new();
    private readonly ConcurrentDictionary<Key, TaskCompletionSource> underWay = new();

    public Task Serve(HttpContext http, RequestDelegate next)
    {
        var cookies = http.Request.Headers.Cookie;
        // Who brings a token is somebody else than the cookies say.
        if (cookies.Count == 0 || http.Request.Headers.Authorization.Count > 0)
            return next(http);
        var sent = cookies.Count == 1 ? cookies[0] ?? "" : cookies.ToString();
        if (!sent.Contains(Sessions.CookieName + "=", StringComparison.Ordinal))
            return next(http);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            if (!HttpMethods.IsHead(http.Request.Method) && !Paths.Under(http.Request.Path, "/classroom", "/hubs"))
                http.Response.OnStarting(() => NoteWriting(http));
            return next(http);
        }
        if (
            http.Request.Path.Value is not { } path
            || !path.StartsWith("/famille", StringComparison.Ordinal)
            || http.Request.QueryString.HasValue
            || sent.Contains(Wrote, StringComparison.Ordinal)
            || sent.Length + http.Request.Headers.AcceptLanguage.ToString().Length > LongestKey
            || sent.Contains(Flash.Name, StringComparison.Ordinal)
        )
            return next(http);
        var key = new Key(path, sent, http.Request.Headers.AcceptLanguage.ToString());
        return pages.TryGetValue(key, out var kept) && clock.GetUtcNow() - kept.At < Life ? Repeat(http, kept) : Render(http, next, key);
    }

    private static Task Repeat(HttpContext http, Kept kept)
    {
        foreach (var (name, value) in kept.Headers)
            http.Response.Headers[name] = value;
        http.Response.ContentLength = kept.Body.Length;
        return http.Response.Body.WriteAsync(kept.Body, 0, kept.Body.Length, http.RequestAborted);
    }

    /// <summary>
    /// The same browser asking again before it was answered waits for that answer, and asks for itself only if there was none to
    /// keep.
    /// </summary>
    private async Task Render(HttpContext http, RequestDelegate next, Key key)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = underWay.GetOrAdd(key, mine);
        if (first != mine)
        {
            await first.Task.WaitAsync(http.RequestAborted);
            if (pages.TryGetValue(key, out var kept) && clock.GetUtcNow() - kept.At < Life)
                await Repeat(http, kept);
            else
                await next(http);
            return;
        }
        var outward = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
            if (
                http.Response is { StatusCode: 200, HasStarted: false }
                && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
                && http.Response.Headers.SetCookie.Count == 0
                && http.User.IsInRole(Roles.Family)
            )
            {
                // A cache and nothing more: emptied when a morning's crowd has filled it.
                if (pages.Count >= Most)
                    pages.Clear();
                pages[key] = new Kept(
                    page.ToArray(),
                    [.. http.Response.Headers.Where(h => !OfTheConnection.Contains(h.Key, StringComparer.OrdinalIgnoreCase))],
                    clock.GetUtcNow()
                );
            }
        }
        finally
        {
            http.Response.Body = outward;
            underWay.TryRemove(key, out _);
            mine.SetResult();
        }
        page.Position = 0;
        await page.CopyToAsync(outward, http.RequestAborted);
    }

    private Task NoteWriting(HttpContext http)
    {
        http.WriteCookie(Wrote, "1", clock.GetUtcNow() + Life + Life);
        return Task.CompletedTask;
    }
}
