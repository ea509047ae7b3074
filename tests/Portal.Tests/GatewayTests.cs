using System.Text;
using CsCheck;

namespace Stages.Portal.Tests;

public sealed class GatewayTests(PortalService portal)
{
    [Theory]
    [InlineData("/api/nothing", 404, "not-found")]
    [InlineData("/api/campaigns", 503, "unavailable")]
    [InlineData("/api/me", 401, "unauthenticated")]
    public async Task every_refusal_is_problem_details(string path, int status, string code)
    {
        using var client = portal.Client();
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe(code);
        if (status == 503)
            answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_body_over_256_KiB_is_413()
    {
        using var client = portal.Client("family");
        using var answer = await client.PostAsync(
            $"/api/campaigns/{Guid.Empty}/enrolments",
            new StringContent(new string('x', 300_000), Encoding.UTF8, "application/json")
        );
        ((int)answer.StatusCode).ShouldBe(413);
    }

    [Fact]
    public async Task a_token_of_another_issuer_is_401_even_where_nobody_needs_to_sign_in()
    {
        await using var stranger = await TestRealm.Create();
        using var client = portal.Client();
        client.DefaultRequestHeaders.Authorization = stranger.Bearer("coordinator", "x@example.org");
        using var answer = await client.GetAsync("/api/campaigns");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task internal_addresses_are_not_routed()
    {
        using var client = portal.Client("service");
        using var answer = await client.GetAsync($"/internal/people/{Guid.Empty}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_cookie_alone_does_not_change_anything()
    {
        portal.Families.Person = [new("sub", "csrf"), new("email", "csrf@example.org"), new("FrEduCtPersonAffiliation", "resp1d")];
        using var browser = new Browser(portal);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var consent = await outside.GetAsync(await browser.WayTo("educonnect", "/famille"));
        await browser.Get(consent.Headers.Location!.PathAndQuery);
        var forged = await browser.Send(new HttpRequestMessage(HttpMethod.Delete, $"/api/drafts/{Guid.Empty}"));
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await forged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("antiforgery");

        var page = await (await browser.Get("/famille/donnees")).Content.ReadAsStringAsync();
        var meant = new HttpRequestMessage(HttpMethod.Delete, $"/api/drafts/{Guid.Empty}");
        meant.Headers.Add("X-Request-Token", Browser.TokenIn(page));
        ((int)(await browser.Send(meant)).StatusCode).ShouldBe(503);
    }

    [Fact]
    public async Task the_home_page_stands_while_the_services_are_away()
    {
        using var client = portal.Client();
        var page = await client.GetStringAsync("/");
        page.ShouldContain("<html lang=\"fr\"");
        page.ShouldContain("reprend dans un instant");
    }

    [Fact]
    public async Task pages_speak_the_language_of_the_browser_and_of_the_switch()
    {
        using var browser = new Browser(portal, "en");
        (await (await browser.Get("/aide")).Content.ReadAsStringAsync()).ShouldContain("<html lang=\"en\"");
        await browser.Get("/langue/fr?retour=/aide");
        (await (await browser.Get("/aide")).Content.ReadAsStringAsync()).ShouldContain("<html lang=\"fr\"");
    }

    [Fact]
    public async Task a_page_for_another_role_is_explained_and_an_unknown_one_too()
    {
        using var client = portal.Client("family");
        using var other = await client.GetAsync("/coordination");
        ((int)other.StatusCode).ShouldBe(403);
        using var unknown = await client.GetAsync("/nulle-part");
        ((int)unknown.StatusCode).ShouldBe(404);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("Cette page n’existe pas");
    }

    [Fact]
    public void documents_are_merged_and_equal_names_parted()
    {
        const string answersView = """
            {"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/View"}}}}}}}
            """;
        var merged = JsonDocument
            .Parse(
                Stages.Portal.Gateway.ApiDocument.Merge(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["Enrolment"] = $$$"""
                        {"paths":{"/api/enrolments/{id}":{{{answersView}}},"/internal/people/{id}":{"get":{} } },
                         "components":{"schemas":{"View":{"type":"object"} } } }
                        """,
                        ["Scheduling"] = $$$"""
                        {"paths":{"/api/stages/{id}":{{{answersView}}} },"components":{"schemas":{"View":{"type":"string"} } } }
                        """,
                    }
                )
            )
            .RootElement;
        merged.GetProperty("paths").TryGetProperty("/internal/people/{id}", out _).ShouldBeFalse();
        merged.GetProperty("paths").GetProperty("/api/stages/{id}").ToString().ShouldContain("#/components/schemas/SchedulingView");
        merged
            .GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("SchedulingView")
            .GetProperty("type")
            .GetString()
            .ShouldBe("string");
    }

    [Theory]
    [InlineData("/famille", "/famille")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public void a_return_address_stays_on_this_site(string given, string kept) => Paths.Local(given).ShouldBe(kept);

    /// <summary>A header with anything else ends the request with a fault.</summary>
    [Fact]
    public void whatever_is_asked_for_a_return_address_fits_into_a_header() =>
        Gen.String.Sample(typed =>
            Paths.Local("/" + typed).All(c => c is > ' ' and < '\x7f') && Paths.Local("/" + typed) == Paths.Local(Paths.Local("/" + typed))
        );

    [Theory]
    [InlineData("=1+1 \"x\"", "\"'=1+1 \"\"x\"\"\"")]
    [InlineData("+33639980001", "\"'+33639980001\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("Zoé; l’Hérault", "\"Zoé; l’Hérault\"")]
    [InlineData("", "\"\"")]
    public async Task a_cell_is_no_formula(string typed, string written)
    {
        using var text = new StringWriter();
        await using (var csv = Imports.Written.Csv(text))
        {
            csv.WriteField(typed);
            await csv.NextRecordAsync();
        }
        text.ToString().ShouldBe(written + "\r\n");
    }
}
