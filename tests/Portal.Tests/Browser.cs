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

    /// <summary>Signs in through a provider of the fixture, step by step; answers with the last redirection.</summary>
    public async Task<HttpResponseMessage> Through(string scheme, string returnTo)
    {
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var consent = await outside.GetAsync(await WayTo(scheme, returnTo));
        consent.StatusCode.ShouldBe(HttpStatusCode.Redirect, await consent.Content.ReadAsStringAsync());
        var back = await Get(consent.Headers.Location!.PathAndQuery);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back;
    }

    /// <summary>Where the button for a provider leads.</summary>
    public async Task<Uri> WayTo(string scheme, string returnTo)
    {
        var going = await Submit($"/connexion/{scheme}?retour={returnTo}", $"/connexion/{scheme}");
        going.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Uri(WebUtility.HtmlDecode(Refresh().Match(await going.Content.ReadAsStringAsync()).Groups["to"].Value));
    }

    /// <summary>Sends a form of a page, with the page's own token and hidden fields.</summary>
    /// <param name="which">Words in the form that is meant: its handler's name, or its address.</param>
    public async Task<HttpResponseMessage> Submit(string path, string which, params (string Name, string Value)[] typed)
    {
        var page = await (await Get(path)).Content.ReadAsStringAsync();
        return await SubmitIn(page, path, which, typed);
    }

    /// <summary>As above, for a page that is there already.</summary>
    public Task<HttpResponseMessage> SubmitIn(string page, string path, string which, params (string Name, string Value)[] typed)
    {
        var form = Forms().Matches(page).Select(m => m.Value).First(f => f.Contains(which, StringComparison.Ordinal));
        var action = Action().Match(form) is { Success: true } named ? WebUtility.HtmlDecode(named.Groups["to"].Value) : path;
        var fields = Hidden()
            .Matches(form)
            .Select(m => (Name: m.Groups["name"].Value, Value: WebUtility.HtmlDecode(m.Groups["value"].Value)))
            .Where(f => typed.All(t => t.Name != f.Name))
            .Concat(typed)
            .Select(f => new KeyValuePair<string, string>(f.Name, f.Value));
        return Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) });
    }

    /// <summary>Another one with the same cookies: what somebody kept, whatever becomes of these.</summary>
    public Browser Copy(PortalService portal)
    {
        var copy = new Browser(portal);
        copy.cookies.Add(cookies.GetAllCookies());
        return copy;
    }

    /// <summary>The value of a cookie, as the browser would send it now.</summary>
    public string? Cookie(string name) => cookies.GetCookies(Site)[name]?.Value;

    /// <summary>The anti-forgery token in a page.</summary>
    public static string TokenIn(string page) => Token().Match(page).Groups["token"].Value;

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__token\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=(?<to>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Refresh();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("^<form[^>]* action=\"(?<to>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();

    // The correlation cookie is bound to the return address; a container without paths is simpler and loses nothing here.
    [GeneratedRegex("path=[^;]*", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PathOf();
}
