using System.Security.Claims;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Accounts;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>Sign-in through two real OpenID Connect providers, redirect by redirect, as a browser goes.</summary>
public sealed class OpenIdTests(PortalService portal)
{
    [Fact]
    public async Task a_parent_from_educonnect_becomes_the_family_of_that_address()
    {
        portal.Families.Person =
        [
            new("sub", "educonnect-1"),
            new("email", "Samia.Benali@example.org"),
            new("given_name", "Samia"),
            new("family_name", "Benali"),
            new("FrEduCtPersonAffiliation", "resp1d"),
        ];
        var (me, landed) = await Enter("educonnect", "/famille");
        landed.ShouldBe("/famille");
        me.GetProperty("role").GetString().ShouldBe("family");
        me.GetProperty("id").GetGuid().ShouldBe(PersonId.FromEmail("samia.benali@example.org"));
        me.GetProperty("name").GetString().ShouldBe("Samia Benali");
    }

    [Fact]
    public async Task a_parent_without_an_address_still_has_one_account()
    {
        portal.Families.Person = [new("sub", "educonnect-2"), new("given_name", "Ali"), new("FrEduCtPersonAffiliation", "resp2d")];
        var (first, _) = await Enter("educonnect", "/famille");
        var (second, _) = await Enter("educonnect", "/famille");
        second.GetProperty("id").GetGuid().ShouldBe(first.GetProperty("id").GetGuid());
        first.GetProperty("email").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task a_pupil_is_not_a_guardian()
    {
        portal.Families.Person = [new("sub", "educonnect-3"), new("given_name", "Lina"), new("FrEduCtPersonAffiliation", "eleve2d")];
        var (me, landed) = await Enter("educonnect", "/famille");
        landed.ShouldBe("/connexion");
        me.ValueKind.ShouldBe(JsonValueKind.Undefined);
    }

    [Fact]
    public async Task staff_have_the_role_that_they_hold_and_others_are_teachers()
    {
        portal.Staff.Person =
        [
            new("sub", "dominique.faure@example.org"),
            new("email", "dominique.faure@example.org"),
            new("given_name", "Dominique"),
            new("usual_name", "Faure"),
        ];
        var (coordinator, landed) = await Enter("academie", "/coordination");
        landed.ShouldBe("/coordination");
        coordinator.GetProperty("role").GetString().ShouldBe("coordinator");
        coordinator.GetProperty("territory").GetString().ShouldBe("034");

        portal.Staff.Person =
        [
            new("sub", "agent-2"),
            new("email", "nadia.roux@ac-montpellier.fr"),
            new("given_name", "Nadia"),
            new("usual_name", "Roux"),
        ];
        var (teacher, home) = await Enter("academie", "/coordination");
        home.ShouldBe("/enseignant");
        teacher.GetProperty("role").GetString().ShouldBe("teacher");
        teacher.GetProperty("name").GetString().ShouldBe("Nadia Roux");
        (await Vouchers(PersonId.FromEmail("nadia.roux@ac-montpellier.fr"))).ShouldBe(["academie"]);
    }

    /// <summary>Which providers the sessions of a person say that they came through: their tokens say the same.</summary>
    private async Task<IEnumerable<string?>> Vouchers(Guid person)
    {
        await using var reads = portal.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return (await reads.Query<BrowserSession>().Where(s => s.Person == person).ToListAsync()).Select(s => s.Vouched).Distinct();
    }

    [Fact]
    public async Task a_provider_that_is_away_leads_to_the_link()
    {
        using var browser = new Browser(portal);
        var answer = await browser.Submit("/connexion/absent?retour=/famille", "/connexion/absent");
        answer.Headers.Location!.ToString().ShouldBe("/connexion");
        var page = await (await browser.Get("/connexion")).Content.ReadAsStringAsync();
        page.ShouldContain("ProConnect ne répond pas");
        page.ShouldContain("name=\"email\"");
    }

    private async Task<(JsonElement Me, string Landed)> Enter(string scheme, string returnTo)
    {
        using var browser = new Browser(portal);
        var back = await browser.Through(scheme, returnTo);
        if (portal.Staff.Person.FirstOrDefault(c => c.Type == "email")?.Value is { } email && scheme == "academie")
            await SecondStep.PassIfAsked(browser, email);
        var me = await browser.Get("/api/me");
        return (me.IsSuccessStatusCode ? await me.Content.ReadFromJsonAsync<JsonElement>() : default, back.Headers.Location!.ToString());
    }
}
