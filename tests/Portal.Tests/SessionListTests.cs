using Stages.Portal.SignIns;

namespace Stages.Portal.Tests;

/// <summary>Where one is signed in, over HTTP: seen, ended from elsewhere, and ended for good.</summary>
public sealed class SessionListTests(PortalService portal)
{
    [Fact]
    public async Task a_session_that_another_browser_ended_opens_nothing()
    {
        using var phone = await SignedIn("two-browsers");
        using var computer = await SignedIn("two-browsers");
        var list = await List(computer);
        list.Count.ShouldBe(2);
        var other = list.Single(s => !s.GetProperty("current").GetBoolean());
        var page = await (await computer.Get("/compte")).Content.ReadAsStringAsync();
        page.ShouldContain("cet appareil");
        var ended = await computer.Submit("/compte", $"end-{other.GetProperty("id").GetGuid()}");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await phone.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await phone.Get("/famille")).Headers.Location!.ToString().ShouldContain("/connexion");
        (await List(computer)).ShouldHaveSingleItem().GetProperty("current").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task what_is_kept_of_a_person_names_where_they_are_signed_in()
    {
        using var mine = await SignedIn("exported");
        using var answer = await mine.Get("/api/me/data");
        var kept = (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("portal");
        var session = kept.GetProperty("sessions").EnumerateArray().ShouldHaveSingleItem();
        session.GetProperty("role").GetString().ShouldBe("family");
        session.GetProperty("endsAt").GetDateTimeOffset().ShouldBeGreaterThan(session.GetProperty("since").GetDateTimeOffset());
        kept.GetProperty("identityProviders")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("address")
            .GetString()!
            .ShouldContain("exported@");
    }

    [Fact]
    public async Task nobody_ends_the_session_of_another()
    {
        using var mine = await SignedIn("mine");
        using var theirs = await SignedIn("theirs");
        var id = (await List(theirs))[0].GetProperty("id").GetGuid();
        using var client = portal.Client("family", "mine@sessions.example");
        (await client.DeleteAsync($"/api/me/sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await List(theirs)).Count.ShouldBe(1);
        using var own = portal.Client("family", "theirs@sessions.example");
        (await own.DeleteAsync($"/api/me/sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await theirs.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_cookie_that_was_kept_is_worth_nothing_after_sign_out()
    {
        using var browser = await SignedIn("leaves");
        var kept = browser.Cookie(Sessions.CookieName).ShouldNotBeNull();
        (await With(kept)).ShouldBe(HttpStatusCode.OK);
        (await browser.Submit("/compte", "/deconnexion")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await With(kept)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task signing_in_again_ends_what_the_browser_had_before()
    {
        using var browser = await SignedIn("again");
        var kept = browser.Cookie(Sessions.CookieName).ShouldNotBeNull();
        portal.Families.Person = Person("again");
        await browser.Through("educonnect", "/famille");
        (await With(kept)).ShouldBe(HttpStatusCode.Unauthorized);
        (await List(browser)).Count.ShouldBe(1);
    }

    private async Task<HttpStatusCode> With(string cookie)
    {
        using var client = portal.Direct();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add("Cookie", $"{Sessions.CookieName}={cookie}");
        return (await client.SendAsync(request)).StatusCode;
    }

    private static async Task<IReadOnlyList<JsonElement>> List(Browser browser) =>
        [.. (await (await browser.Get("/api/me/sessions")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray()];

    private async Task<Browser> SignedIn(string name)
    {
        portal.Families.Person = Person(name);
        var browser = new Browser(portal);
        await browser.Through("educonnect", "/famille");
        return browser;
    }

    private static List<System.Security.Claims.Claim> Person(string name) =>
        [new("sub", name), new("email", $"{name}@sessions.example"), new("FrEduCtPersonAffiliation", "resp1d")];
}
