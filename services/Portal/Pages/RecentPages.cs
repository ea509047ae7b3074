using System.Collections.Concurrent;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;
using Stages.Portal.Pages.Shared;
using Stages.Portal.SignIns;
using Stages.ServiceDefaults;

namespace Stages.Portal.Pages;

/// <summary>
/// A family that reloads its page while it waits for news gets what it got a moment ago, from memory: on the first morning most
/// requests are of that kind, and they must not stand between others and their form. The key is the whole session cookie, so a page is
/// found again by the browser that was shown it and by nobody else, for seconds. Whoever writes anything reads past this, at every
/// copy, for as long as a page of before could live: that is what the second cookie is for.
/// </summary>
public sealed class RecentPages(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private const string Wrote = "stages-wrote";
    private const string Antiforgery = "stages-form";

    /// <summary>Some 12 KB each.</summary>
    private const int Most = 5_000;

    private static readonly string[] OfTheConnection = ["Set-Cookie", "Content-Length", "Transfer-Encoding", "Date", "Server", "Connection"];

    private sealed record Kept(byte[] Body, KeyValuePair<string, StringValues>[] Headers, DateTimeOffset At);

    private readonly ConcurrentDictionary<string, Kept> pages = new(StringComparer.Ordinal);

    public async Task Serve(HttpContext http, RequestDelegate next)
    {
        var session = http.Request.Cookies[Sessions.CookieName];
        if (session is null)
        {
            await next(http);
            return;
        }
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            if (!HttpMethods.IsHead(http.Request.Method) && !Paths.Under(http.Request.Path, "/classroom", "/hubs")) http.Response.OnStarting(NoteWriting, http);
            await next(http);
            return;
        }
        if (!http.Request.Path.StartsWithSegments("/famille", StringComparison.Ordinal) || http.Request.QueryString.HasValue
            || http.Request.Cookies.ContainsKey(Wrote) || http.Request.Cookies.ContainsKey(Flash.Name))
        {
            await next(http);
            return;
        }
        var key = string.Join('\n', http.Request.Path.Value, session, http.Request.Cookies[Antiforgery], http.Request.Cookies[CookieRequestCultureProvider.DefaultCookieName], http.Request.Headers.AcceptLanguage.ToString());
        if (pages.TryGetValue(key, out var kept) && clock.GetUtcNow() - kept.At < Life)
        {
            foreach (var (name, value) in kept.Headers) http.Response.Headers[name] = value;
            http.Response.ContentLength = kept.Body.Length;
            await http.Response.Body.WriteAsync(kept.Body, http.RequestAborted);
            return;
        }
        await Render(http, next, key);
    }

    private async Task Render(HttpContext http, RequestDelegate next, string key)
    {
        var outward = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = outward;
        }
        if (http.Response is { StatusCode: 200, HasStarted: false } && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
            && http.Response.Headers.SetCookie.Count == 0 && http.User.IsInRole(Roles.Family))
        {
            // A cache and nothing more: emptied when a morning's crowd has filled it.
            if (pages.Count >= Most) pages.Clear();
            pages[key] = new Kept(page.ToArray(), [.. http.Response.Headers.Where(h => !OfTheConnection.Contains(h.Key, StringComparer.OrdinalIgnoreCase))], clock.GetUtcNow());
        }
        page.Position = 0;
        await page.CopyToAsync(outward, http.RequestAborted);
    }

    private static Task NoteWriting(object state)
    {
        ((HttpContext)state).Response.Cookies.Append(Wrote, "1", new CookieOptions { MaxAge = Life + Life, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
        return Task.CompletedTask;
    }
}
