using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>What a teacher paints and types is there again after a reload and after a session that ended under their hands.</summary>
public sealed class OfferDraftTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, "fr-FR")]
    [InlineData(1280, "en-GB")]
    [InlineData(360, "en-GB", Explicit = true)]
    [InlineData(1280, "fr-FR", Explicit = true)]
    public async Task what_is_painted_and_typed_survives_a_reload_and_a_session_that_ended(int width, string language)
    {
        var campaign = await house.Campaign(0, $"Vacances peintes {width} {language}");
        var email = $"peintre-{width}-{language[..2]}@ac-montpellier.fr";
        var page = await house.Browser(width, 740, language: language);
        var see = new Look(house, page, $"teacher-session-ended-{width}-{language}", true);
        await house.SignIn(page, email, "teacher");
        var card = page.Locator($".card a[href='/enseignant/proposition/{campaign}']");
        await Eventually.True(async () =>
        {
            await page.GotoAsync("/enseignant");
            return await card.CountAsync() == 1;
        });
        await card.ClickAsync();
        await page.FillAsync("input[name=firstName]", "Anne Marie");
        await page.FillAsync("input[name=lastName]", "Dupont");
        await page.CheckAsync("input[name='teach.MA'][value='6e']");
        await page.CheckAsync("input[name='fill.A'][value=morning]");
        // Monday at nine is possible by now: preferred, then impossible.
        var first = page.Locator(".paint").First;
        await first.ClickAsync();
        await page.Locator(".paint:first-of-type[data-state=preferred][aria-pressed=true]").First.WaitForAsync();
        await first.ClickAsync();
        await Eventually.True(async () => await first.GetAttributeAsync("aria-pressed") == "false");
        await page.SelectOptionAsync("select[name=stagesPerWeek]", "3");
        var painted = await Painted(page);
        painted.Length.ShouldBe(9);
        await IsKept(page, painted);

        await page.ReloadAsync();
        await Eventually.Is(() => Painted(page), now => now.SequenceEqual(painted));
        (await page.InputValueAsync("select[name=stagesPerWeek]")).ShouldBe("3");

        await EndSessions(email);
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives("**/connexion?*");
        await page.Locator("[data-kept]").WaitForAsync();
        (await page.InnerTextAsync("[data-kept]")).Trim().ShouldNotBeEmpty();
        await see.Page("sign-in");
        await house.SignInHere(page, email, "teacher");
        await page.Arrives($"**/enseignant/proposition/{campaign}");
        await Eventually.Is(() => Painted(page), now => now.SequenceEqual(painted));
        (await page.InputValueAsync("input[name=lastName]")).ShouldBe("Dupont");
        await see.Page("again");
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives("**/enseignant");
        await see.Page("offers");

        var offer = (await house.Api(HttpMethod.Get, "/api/me/offers", role: "teacher", email: email)).GetProperty("items")[0];
        offer.GetProperty("slots").GetProperty("A").GetArrayLength().ShouldBe(9, "a cell emptied by hand is not filled by its half-day");
        offer.GetProperty("teacher").GetProperty("firstName").GetString().ShouldBe("Anne Marie");

        // What stands is changed, and the change survives as well; once it is saved it is what stands.
        await page.GotoAsync($"/enseignant/propositions/{offer.GetProperty("id").GetString()}");
        await page.Locator(".paint[data-state=possible]").First.ClickAsync(new() { ClickCount = 2 });
        var changed = await Painted(page);
        changed.Length.ShouldBe(8);
        await IsKept(page, changed);
        await page.ReloadAsync();
        await Eventually.Is(() => Painted(page), now => now.SequenceEqual(changed));
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives("**/enseignant");
        (await page.EvaluateAsync<int>("Object.keys(localStorage).filter((k) => k.startsWith('stages:')).length")).ShouldBe(0);
    }

    [Fact]
    public async Task the_next_person_at_this_computer_gets_nothing_of_what_was_being_sent()
    {
        var campaign = await house.Campaign(0, "Vacances envoyées");
        const string email = "envoi@ac-montpellier.fr";
        var page = await house.Browser(1280, 900);
        await house.SignIn(page, email, "teacher");
        await page.GotoAsync($"/enseignant/proposition/{campaign}");
        await page.FillAsync("input[name=lastName]", "Zélie-Apolline");
        await Eventually.True(() => page.EvaluateAsync<bool>("Object.keys(localStorage).some((k) => k.startsWith('stages:'))"));
        await EndSessions(email);
        await page.ClickAsync("main form button[type=submit]");
        await page.Arrives("**/connexion?*");
        (await page.EvaluateAsync<string>("JSON.stringify(localStorage)")).ShouldNotContain("Apolline");
        await house.SignIn(page, "suivante@ac-montpellier.fr", "teacher");
        await page.GotoAsync($"/enseignant/proposition/{campaign}");
        await page.Locator(".paint").First.WaitForAsync();
        (await page.InputValueAsync("input[name=lastName]")).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("Object.keys(localStorage).filter((k) => k.startsWith('stages:')).length")).ShouldBe(0);
    }

    private async Task EndSessions(string email)
    {
        var sessions = await house.Api(HttpMethod.Get, "/api/me/sessions", role: "teacher", email: email);
        foreach (var session in sessions.GetProperty("items").EnumerateArray())
            await house.Api(HttpMethod.Delete, $"/api/me/sessions/{session.GetProperty("id").GetGuid()}", role: "teacher", email: email);
    }

    private static Task<string[]> Painted(IPage page) =>
        page.Locator(".painted select").EvaluateAllAsync<string[]>("all => all.filter((m) => m.value).map((m) => m.name + m.value)");

    /// <summary>What is kept is sealed: that it is there is seen by its having been written since.</summary>
    private static async Task IsKept(IPage page, string[] painted)
    {
        painted.ShouldNotBeEmpty();
        const string at =
            "Math.max(0, ...Object.keys(localStorage).filter((k) => k.startsWith('stages:'))"
            + ".map((k) => JSON.parse(localStorage[k]).at))";
        var last = await page.EvaluateAsync<double>("Date.now()");
        await page.DispatchEventAsync("form[data-keep]", "input");
        await Eventually.True(async () => await page.EvaluateAsync<double>(at) >= last);
    }
}
