using Microsoft.AspNetCore.StaticAssets;

namespace Stages.Portal.Tests;

/// <summary>Every page and endpoint, asked by a front that lets any name through: nothing of a foreign one comes back.</summary>
public sealed class AddressTests(OutsidePortal portal) : IClassFixture<OutsidePortal>
{
    [Fact]
    public async Task a_foreign_host_is_answered_400_by_every_endpoint()
    {
        using var client = portal.Direct();
        var asked = 0;
        foreach (var (method, path, _) in portal.Doors())
        {
            using var request = new HttpRequestMessage(method, path) { Headers = { Host = OutsidePortal.Foreign } };
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{method} {path}");
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(OutsidePortal.Foreign, Case.Insensitive, $"{method} {path}");
            asked++;
        }
        asked.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task what_a_client_forwards_of_an_address_is_nowhere_in_an_answer()
    {
        var answers = await portal.Walk();
        answers.Count.ShouldBeGreaterThan(500);
        foreach (var answer in answers)
        {
            answer.Text.ShouldNotContain(OutsidePortal.Foreign, Case.Insensitive, answer.Door);
            var location = answer.Headers["Location"].SingleOrDefault("/");
            (
                location.StartsWith('/')
                || location.StartsWith(OutsidePortal.Public + "/", StringComparison.Ordinal)
                || location.StartsWith(portal.Families.Address, StringComparison.Ordinal)
            ).ShouldBeTrue($"{answer.Door} leads to {location}");
        }
    }

    [Fact]
    public async Task every_cookie_is_of_this_host_alone_and_goes_by_https()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in await portal.Walk())
        foreach (var cookie in answer.Headers["Set-Cookie"])
        {
            names.Add(cookie.Split('=')[0]);
            cookie.ShouldStartWith("__Host-", Case.Sensitive, answer.Door);
            foreach (var said in (string[])["secure", "httponly", "path=/"])
                cookie.Split(';', StringSplitOptions.TrimEntries).ShouldContain(said, $"{answer.Door}: {cookie}");
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
        names.ShouldContain("__Host-stages-form");
        names.ShouldContain("__Host-stages-language");
        names.ShouldContain(n => n.Contains("Nonce", StringComparison.Ordinal));
        names.ShouldContain(n => n.Contains("Correlation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_provider_sends_people_back_to_the_configured_address()
    {
        using var client = portal.Direct();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connexion/educonnect");
        OutsidePortal.MakeHostile(request);
        request.Headers.Authorization = portal.Realm.Bearer("family", "someone@example.org");
        using var answer = await client.SendAsync(request);
        WebUtility
            .UrlDecode(await answer.Content.ReadAsStringAsync())
            .ShouldContain($"redirect_uri={OutsidePortal.Public}/connexion/educonnect/retour");
    }

    [Fact]
    public async Task every_answer_says_what_browsers_must_keep_to()
    {
        foreach (var answer in await portal.Walk())
        {
            var door = answer.Door;
            One("X-Content-Type-Options").ShouldBe("nosniff", door);
            One("Referrer-Policy").ShouldBe("same-origin", door);
            One("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains", door);
            One("X-Frame-Options").ShouldBe("DENY", door);
            One("Cross-Origin-Opener-Policy").ShouldBe("same-origin", door);
            One("Permissions-Policy").ShouldContain("camera=()", Case.Sensitive, door);
            var policy = One("Content-Security-Policy");
            foreach (var closed in (string[])["frame-ancestors", "object-src", "base-uri"])
                policy.Split("; ").ShouldContain($"{closed} 'none'", door);
            policy.ShouldNotContain("unsafe-", Case.Sensitive, door);
            if (answer.Endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                One("Cache-Control").ShouldContain("no-store", Case.Sensitive, door);

            string One(string header) => answer.Headers[header].ShouldHaveSingleItem($"{header} of {door}");
        }
    }

    [Fact]
    public async Task no_page_has_a_style_or_a_script_in_its_text()
    {
        foreach (var answer in (await portal.Walk()).Where(a => a.IsPage))
        foreach (var inline in (string[])[" style=\"", "<style", " onclick=", " onload=", "<script>", "javascript:"])
            answer.Text.ShouldNotContain(inline, Case.Insensitive, answer.Door);
    }
}
