using System.Text.RegularExpressions;

namespace Stages.Portal.Tests.SignIn;

/// <summary>A browser of somebody at the sign-in pages: keeps cookies, follows redirections, posts the form that it was shown.</summary>
public sealed partial class Someone : IDisposable
{
    private readonly HttpClient http;

    /// <param name="network">Where it is, as the proxy in front would say.</param>
    public Someone(Uri portal, string network = "203.0.113.10")
    {
        http = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = new CookieContainer { PerDomainCapacity = 100 },
            }
        )
        {
            BaseAddress = portal,
        };
        http.DefaultRequestHeaders.Add("Accept-Language", "fr");
        http.DefaultRequestHeaders.Add("X-Forwarded-For", network);
        At = portal;
    }

    public Uri At { get; private set; }

    public string Page { get; private set; } = "";

    /// <summary>The page without its tags, as it is read.</summary>
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Page, " ")).Plain();

    public async Task Open(string path) => await See(await http.GetAsync(path));

    /// <summary>Signs in at a provider: its button here, and its own pages.</summary>
    public async Task Through(string scheme, string returnTo)
    {
        await Open($"/connexion/{scheme}?retour={returnTo}");
        await Post([], $"/connexion/{scheme}");
        await See(await http.GetAsync(WebUtility.HtmlDecode(Refresh().Match(Page).Groups["to"].Value)));
    }

    public async Task Ask(string address, string role = "family")
    {
        await Open("/connexion");
        await Post(new() { ["email"] = address, ["role"] = role });
    }

    public Task Type(string code) => Post(new() { ["code"] = code });

    /// <summary>Sends the form of the page that is seen, with what is hidden in it.</summary>
    /// <param name="to">Where that leads elsewhere than to the page itself.</param>
    public async Task Post(Dictionary<string, string> typed, string? to = null)
    {
        foreach (Match hidden in Hidden().Matches(Page))
            typed.TryAdd(hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value));
        await See(await http.PostAsync(to is null ? At : new Uri(At, to), new FormUrlEncodedContent(typed)));
    }

    /// <summary>Let in as staff, who prove a second factor next.</summary>
    public bool IsStaff => At.AbsolutePath is "/coordination" or "/compte/double-authentification" or "/connexion/verification";

    /// <summary>The role of who is signed in here; null when nobody is.</summary>
    public Task<string?> Role() => Me("role");

    /// <summary>The address of who is signed in here.</summary>
    public Task<string?> Email() => Me("email");

    private async Task<string?> Me(string member)
    {
        using var me = await http.GetAsync("/api/me");
        return me.IsSuccessStatusCode ? (await me.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(member).GetString() : null;
    }

    public void Dispose() => http.Dispose();

    private async Task See(HttpResponseMessage answer)
    {
        At = answer.RequestMessage!.RequestUri!;
        while (answer.Headers.Location is { } next)
        {
            At = new Uri(At, next);
            answer.Dispose();
            // Being sent home is having arrived: the page there is not these tests', and asks services that may not run.
            if (At.AbsolutePath is "/famille" or "/enseignant" or "/coordination")
            {
                Page = "";
                return;
            }
            answer = await http.GetAsync(At);
        }
        Page = await answer.Content.ReadAsStringAsync();
        answer.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refresh();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();
}
