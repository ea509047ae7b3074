using System.Globalization;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>What families and coordinators find around a published stage: the next class, its door, a substitute, the history.</summary>
public sealed class AroundAClassTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Fact]
    public async Task a_family_and_a_coordinator_find_their_way()
    {
        var campaign = await house.Campaign(8, "Vacances autour");
        // More than there are stages: whoever teaches one, somebody is free to take it over.
        foreach (var lastName in (string[])["Abel", "Bost", "Calmette", "Dufour", "Estève"])
            await house.Api(
                HttpMethod.Post,
                $"/api/campaigns/{campaign}/offers",
                new
                {
                    teacher = new
                    {
                        firstName = "Rémi",
                        lastName,
                        email = $"remi.{TextKey.Of(lastName)}@ac-montpellier.fr",
                    },
                    teaches = new[] { new { subject = "MA", levels = House.Levels }, new { subject = "FR", levels = House.Levels } },
                    slots = new Dictionary<string, object>(StringComparer.Ordinal) { ["A"] = Mornings, ["B"] = Mornings },
                    limits = new { stagesPerWeek = 4 },
                }
            );
        var draft = (await house.DraftTimetable(campaign)).GetProperty("items")[0];
        var (id, year) = (draft.GetProperty("id").GetGuid(), draft.GetProperty("modules")[0].GetProperty("date").GetString()![..4]);
        // One by hand, which the history names; then all.
        await house.Api(HttpMethod.Post, $"/api/stages/{id}/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var pupil = draft.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}"),
            e => e.GetProperty("placements").EnumerateArray().Any(p => p.GetProperty("status").GetString() == "offered")
        );
        var child = enrolment.GetProperty("pupil").GetProperty("firstName").GetString()!;

        var page = await house.Browser(360, 740);
        var look = new Look(house, page, "around-family-360", true);
        await house.SignIn(page, enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!, "family");
        await page.GotoAsync("/famille");
        (await page.Locator("section:has(#next)").InnerTextAsync()).ShouldContain(child);
        (await page.Locator("footer a[href='/api']").CountAsync()).ShouldBe(0);
        await look.Page("next");
        await page.ClickAsync("section:has(#next) a.button");
        await page.Arrives("**/seance/*");
        (await page.Locator("p.lead").InnerTextAsync()).ShouldContain(child);
        (await page.Locator("[data-opens]").InnerTextAsync()).ShouldContain("La porte ouvre le");
        await look.Page("door");
        // Within a day the minutes are counted.
        await page.EvaluateAsync("document.querySelector('[data-opens]').dataset.opens = new Date(Date.now() + 12 * 6e4).toISOString()");
        await page.GotoAsync("/famille/calendrier");
        (await page.Locator(".qr").IsVisibleAsync()).ShouldBeFalse("a telephone does not photograph itself");
        (await page.Locator("#feed-address").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".week-picture").First.IsVisibleAsync()).ShouldBeFalse("its letters would be 7 pixels high");
        await page.GotoAsync($"/famille/inscriptions/{pupil}");
        (await page.Locator("section.card li").First.InnerTextAsync()).ShouldContain(year);
        await page.GotoAsync($"/famille/inscriptions/{pupil}/attestation");
        (await page.Locator("tbody td").First.InnerTextAsync()).ShouldContain(year);
        await look.Page("attestation");

        var desk = await house.Browser(1280, 900);
        look = new Look(house, desk, "coordinator-around", true);
        await house.SignIn(desk, house.NewCoordinator(), "coordinator");
        await desk.GotoAsync($"/coordination/{campaign}/historique?quoi=stageApproved");
        await look.Page("history");
        await desk.ClickAsync($"a[href='/coordination/{campaign}/stages/{id}']");
        await desk.Arrives($"**/stages/{id}");
        await desk.GotoAsync($"/coordination/{campaign}/stages/{id}?remplacants=1");
        var invite = desk.Locator("button:has-text('Inviter')");
        var free = await invite.CountAsync();
        free.ShouldBeGreaterThan(0);
        await invite.First.ClickAsync();
        await desk.Locator(".tag:has-text('invitation envoyée')").WaitForAsync();
        (await invite.CountAsync()).ShouldBe(free - 1, "who is asked already is not asked again");
        await look.Page("invited");
        await Targets(desk, campaign);
    }

    /// <summary>WCAG 2.5.8: what one taps is 24 pixels wide and high, unless it stands in a sentence.</summary>
    private static async Task Targets(IPage page, Guid campaign)
    {
        string[] tabs = ["inscriptions", "propositions", "stages", "acceptation", "appariements", "attente", "historique", "reglages"];
        foreach (var tab in tabs)
        {
            await page.GotoAsync($"/coordination/{campaign}/{tab}");
            (
                await page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll('main a, main button, main input, main select')]
                      .filter((e) => e.type !== 'hidden' && e.checkVisibility({ visibilityProperty: true }) && !e.closest('p, li, label'))
                      .map((e) => [e, e.getBoundingClientRect()])
                      .filter(([, box]) => box.width > 1 && (box.width < 23.9 || box.height < 23.9))
                      .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)
                    """
                )
            ).ShouldBeEmpty(tab);
        }
    }

    private static readonly object[] Mornings =
    [
        .. new[] { "MON", "TUE", "WED", "THU", "FRI" }
            .SelectMany(d => new[] { $"{d}-09:00", $"{d}-11:15" })
            .Select(slot => (object)new { slot, preference = "possible" }),
    ];

    [Fact]
    public async Task nobody_free_is_no_dead_end()
    {
        var campaign = await house.Campaign(8, "Vacances seules");
        var stage = (await house.DraftTimetable(campaign)).GetProperty("items")[0].GetProperty("id");
        var page = await house.Browser(360, 740, language: "en-GB");
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/stages/{stage.GetGuid()}?remplacants=1");
        var ways = page.Locator(".empty a");
        await ways.First.WaitForAsync();
        await new Look(house, page, "coordinator-alone-360", true).Page("substitutes");
        foreach (var way in await ways.EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"))
            (await page.GotoAsync(way))!.Status.ShouldBe(200, way.ToString(CultureInfo.InvariantCulture));
    }
}
