using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Accounts;
using Stages.Portal.SignIns;
using Yarp.ReverseProxy.Model;

namespace Stages.Portal.Tests;

/// <summary>Staff and their second factor, over HTTP: nowhere without it, nowhere important without a fresh one.</summary>
public sealed class SecondFactorTests(PortalService portal)
{
    private const string Admin = "camille.martin@example.org";

    [Fact]
    public async Task every_page_and_route_for_staff_is_shut_before_the_second_factor()
    {
        using var browser = await AddressAlone(Admin);
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (pages, routes) = (0, 0);
        foreach (var endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = Filled(endpoint);
            if (endpoint.Metadata.GetMetadata<RouteModel>() is not null && path.StartsWith("/api/", StringComparison.Ordinal))
            {
                routes++;
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
                    (await Code(await browser.Send(new HttpRequestMessage(method, path)))).ShouldBe("second-factor-needed", path);
            }
            else if (IsForStaff(endpoint) && Allows(endpoint, "GET"))
            {
                pages++;
                var answer = await browser.Get(path);
                if (path.StartsWith("/api/", StringComparison.Ordinal))
                    answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
                else
                    answer.Headers.Location?.ToString().ShouldStartWith("/connexion/verification?retour=", customMessage: path);
            }
        }
        pages.ShouldBeGreaterThan(25);
        routes.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task who_has_one_cannot_put_another_in_its_place_with_an_address_alone()
    {
        using (await SignedIn(Admin)) { }
        using var browser = await AddressAlone(Admin);
        var page = await browser.Get("/compte/double-authentification");
        page.Headers.Location!.ToString().ShouldContain("/connexion/verification");
        var asked = await browser.Get("/connexion/verification");
        (await asked.Content.ReadAsStringAsync()).ShouldContain("ou code de secours");
    }

    [Fact]
    public async Task a_wrong_code_leads_nowhere_and_a_right_one_works_once()
    {
        using (await SignedIn(Admin)) { }
        using var browser = await AddressAlone(Admin);
        var wrong = await browser.Submit(
            "/connexion/verification?retour=/coordination",
            "__code",
            ("__code", SecondStep.Apps.Wrong(Admin))
        );
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("Ce code ne convient pas");
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var half = browser.Cookie(Sessions.CookieName);

        var code = await SecondStep.Apps.Code(Admin);
        var right = await browser.Submit("/connexion/verification?retour=/coordination", "__code", ("__code", code));
        right.Headers.Location!.ToString().ShouldEndWith("/coordination");
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        browser.Cookie(Sessions.CookieName).ShouldNotBe(half, "another secret comes with it");

        using var another = await AddressAlone(Admin);
        var again = await another.Submit("/connexion/verification", "__code", ("__code", code));
        (await again.Content.ReadAsStringAsync()).ShouldContain("Ce code ne convient pas");
    }

    [Fact]
    public async Task an_appointment_asks_for_a_fresh_one_and_loses_nothing()
    {
        using var browser = await SignedIn(Admin);
        await GetsOld(browser);
        var asked = await browser.Submit(
            "/administration/personnes",
            "appoint",
            ("email", "ines.petit@example.org"),
            ("name", "Inès “Nina” Petit"),
            ("role", "coordinator"),
            ("territory", "066")
        );
        var page = await asked.Content.ReadAsStringAsync();
        page.ShouldContain("Ce que vous avez saisi est gardé");
        page.ShouldContain("ines.petit@example.org");
        var wrong = await browser.SubmitIn(page, "/administration/personnes", "__code", ("__code", SecondStep.Apps.Wrong(Admin)));
        page = await wrong.Content.ReadAsStringAsync();
        page.ShouldContain("Ce code ne convient pas");
        var right = await browser.SubmitIn(page, "/administration/personnes", "__code", ("__code", await SecondStep.Apps.Code(Admin)));
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect, await right.Content.ReadAsStringAsync());
        var list = WebUtility.HtmlDecode(await (await browser.Get("/administration/personnes")).Content.ReadAsStringAsync());
        list.ShouldContain("ines.petit@example.org");
        list.ShouldContain("Inès “Nina” Petit");
    }

    /// <summary>The same as in the services' own tests, which look once more.</summary>
    [Fact]
    public void the_gateway_asks_for_a_fresh_one_where_the_services_do() =>
        Gateway
            .Routes.All.Where(r => r.Metadata?.ContainsKey(FreshProofAttribute.Route) == true)
            .Select(r => r.Match.Path)
            .ShouldBe(["/api/enrolments/{id}/data", "/api/campaigns/{campaignId}/publish"]);

    [Fact]
    public async Task publishing_and_lists_of_children_ask_for_a_fresh_one()
    {
        using var browser = await SignedIn(Admin);
        var token = Browser.TokenIn(await (await browser.Get("/compte")).Content.ReadAsStringAsync());
        async Task<HttpResponseMessage> Publish()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{Guid.Empty}/publish");
            request.Headers.Add("X-Request-Token", token);
            return await browser.Send(request);
        }
        (await Code(await Publish())).ShouldBe("unavailable", "let through to a service that is away");
        await GetsOld(browser);
        (await Code(await Publish())).ShouldBe("stale-proof");
        foreach (
            var list in new[]
            {
                "inscriptions.csv",
                "propositions.xlsx",
                "attente.csv",
                "stages.xlsx",
                $"inscriptions/{Guid.Empty}/donnees.json",
            }
        )
        {
            var answer = await browser.Get($"/coordination/{Guid.Empty}/{list}");
            answer
                .Headers.Location!.ToString()
                .ShouldBe("/connexion/verification?retour=" + Uri.EscapeDataString($"/coordination/{Guid.Empty}/{list}"));
        }
        var proven = await browser.Submit(
            $"/connexion/verification?retour=/coordination/{Guid.Empty}/inscriptions.csv",
            "__code",
            ("__code", await SecondStep.Apps.Code(Admin))
        );
        (await proven.Content.ReadAsStringAsync()).ShouldContain($"href=\"/coordination/{Guid.Empty}/inscriptions.csv\" download");
    }

    [Fact]
    public async Task a_family_signs_in_again_before_it_erases_itself()
    {
        portal.Families.Person = [new("sub", "old"), new("email", "old@family.example"), new("FrEduCtPersonAffiliation", "resp1d")];
        using var browser = new Browser(portal);
        await browser.Through("educonnect", "/famille");
        await GetsOld(browser);
        var asked = await browser.Submit("/famille/donnees", "erase", ("sure", "yes"));
        asked.StatusCode.ShouldBe(HttpStatusCode.OK, asked.Headers.ToString());
        (await asked.Content.ReadAsStringAsync()).ShouldContain("reconnectez-vous d’abord");
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task an_administrator_resets_what_a_colleague_has_lost()
    {
        const string colleague = "dominique.faure@example.org";
        using var lost = await SignedIn(colleague, "Dominique", "Faure");
        using var admin = await SignedIn(Admin);
        var member = Staff.StaffDirectory.StreamOf(colleague);
        var asked = $"/administration/personnes?perdue={member}";
        var silent = await admin.Submit(asked, "\"reset\"", ("known", "oui"));
        (await silent.Content.ReadAsStringAsync()).ShouldContain("quelques mots");
        (await lost.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var done = await admin.Submit(asked, "\"reset\"", ("known", "Rappelé à son bureau"));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect, await done.Content.ReadAsStringAsync());
        (await lost.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var list = WebUtility.HtmlDecode(await (await admin.Get("/administration/personnes")).Content.ReadAsStringAsync());
        list.ShouldContain($"{Admin} : Rappelé à son bureau");
        using var back = await AddressAlone(colleague, "Dominique", "Faure");
        var landing = await back.Get("/connexion/verification?retour=/coordination");
        landing.Headers.Location!.ToString().ShouldContain("/compte/double-authentification");
        await SecondStep.SetUp(back, colleague);
        (await back.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A quarter of an hour later, for what asks for a fresh proof.</summary>
    private async Task GetsOld(Browser browser)
    {
        var sessions = await (await browser.Get("/api/me/sessions")).Content.ReadFromJsonAsync<JsonElement>();
        var id = sessions
            .GetProperty("items")
            .EnumerateArray()
            .Single(s => s.GetProperty("current").GetBoolean())
            .GetProperty("id")
            .GetGuid();
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-16);
        await portal
            .Services.GetRequiredService<Journal>()
            .Decide(
                Decision
                    .Nothing.AndSet<BrowserSession, DateTimeOffset?>(id, s => s.SecondFactorAt, before)
                    .AndSet<BrowserSession, DateTimeOffset>(id, s => s.Since, before)
            );
        await portal.Services.GetRequiredService<Remembered>().Forget($"session-{id}");
    }

    private async Task<Browser> SignedIn(string email, string given = "Camille", string family = "Martin")
    {
        var browser = await AddressAlone(email, given, family);
        await SecondStep.Pass(browser, email);
        (await browser.Get("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private async Task<Browser> AddressAlone(string email, string given = "Camille", string family = "Martin")
    {
        portal.Staff.Person = [new("sub", email), new("email", email), new("given_name", given), new("usual_name", family)];
        var browser = new Browser(portal);
        await browser.Through("academie", "/coordination");
        return browser;
    }

    private static bool IsForStaff(Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Roles?.Contains(Roles.Admin, StringComparison.Ordinal) == true)
        || endpoint
            .Metadata.GetOrderedMetadata<AuthorizationPolicy>()
            .SelectMany(p => p.Requirements.OfType<Microsoft.AspNetCore.Authorization.Infrastructure.ClaimsAuthorizationRequirement>())
            .Any(r => r.AllowedValues?.Contains(Roles.Admin) == true);

    private static bool Allows(Endpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) != false;

    /// <summary>The pattern with something for each of its parameters.</summary>
    private static string Filled(RouteEndpoint endpoint) =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "format" } => "csv",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "rest" or "unknown" } => "x",
                            _ => Guid.Empty.ToString(),
                        }
                    )
                )
            )
        );

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
