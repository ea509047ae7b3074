using System.Text.RegularExpressions;

namespace Stages.Portal.Tests;

/// <summary>Keeps cookies and follows nothing by itself, so that a test sees each step.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();
    private static readonly Uri Site = new("http://localhost");

    public Browser(PortalService portal, string? language = "fr")
    {
        client = portal.Direct();
        if (language is not null)
            client.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public Task<HttpResponseMessage> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        var header = cookies.GetCookieHeader(Site);
        if (header.Length > 0)
            request.Headers.Add("Cookie", header);
        var answer = await client.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set)
                cookies.SetCookies(Site, PathOf().Replace(cookie, "path=/"));
        return answer;
    }

    /// <summary>The anti-forgery token in a page.</summary>
    public static string TokenIn(string page) => Token().Match(page).Groups["token"].Value;

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__token\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    // The correlation cookie is bound to the return address; a container without paths is simpler and loses nothing here.
    [GeneratedRegex("path=[^;]*", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PathOf();
}
