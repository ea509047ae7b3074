using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// A child is enrolled twice: a coordinator sees both beside each other and makes one of them. And what a change costs is told.
/// </summary>
public sealed class DoublesJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, 740, true)]
    [InlineData(1280, 800, false)]
    public async Task two_that_may_be_one_child_are_compared_and_merged(int width, int height, bool script)
    {
        var campaign = await house.Campaign(2, $"Vacances {Tag()}");
        var first = (await Enrolments(campaign, ""))[0];
        var father = $"pere-{Tag()}@example.org";
        var slipped = await Enrolled(campaign, first, first.GetProperty("pupil").GetProperty("lastName").GetString() + "s", father);
        var page = await house.Browser(width, height, script);
        var see = new Look(house, page, $"doubles-{width}", script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/inscriptions");
        await page.SelectOptionAsync("select[name=doublons]", "true");
        await page.ClickAsync("button:text-is('Filtrer')");
        await page.Arrives("**/inscriptions?*doublons=true*");
        (await page.InnerTextAsync("main")).ShouldContain("2 inscriptions à comparer");
        (await page.Locator("a:has-text('comparer')").CountAsync()).ShouldBe(2);
        await see.Page("list");
        await page.GotoAsync($"/coordination/{campaign}/inscriptions/{Id(first)}/doublon/{slipped}");
        await see.Page("compared");
        (await page.Locator("th:has-text('différent')").AllInnerTextsAsync())
            .Select(t => t.Split()[0])
            .Where(t => t != "Inscrit")
            .ShouldBe(["Nom", "Responsables"]);
        await page.ClickAsync("summary:has-text('réunir')");
        await see.Page("asked");
        var told = await page.InnerTextAsync("[data-left]");
        var parent = first.GetProperty("guardians")[0].GetProperty("email").GetString()!;
        (told.Contains(parent, StringComparison.Ordinal), told.Contains(father, StringComparison.Ordinal)).ShouldBe((true, true), told);
        await page.ClickAsync("button:text-is('Réunir en une inscription')");
        await page.Arrives($"**/inscriptions/{Id(first)}");
        // As it was said before.
        var now = await page.InnerTextAsync("main");
        (now.Contains(parent, StringComparison.Ordinal), now.Contains(father, StringComparison.Ordinal)).ShouldBe((true, true), now);
        await page.GotoAsync($"/coordination/{campaign}/inscriptions?doublons=true");
        (await page.InnerTextAsync("main")).ShouldContain("Aucun doublon possible");
        await see.Page("none");

        var family = await house.Browser(width, height, script);
        await house.SignIn(family, father, "family");
        await family.GotoAsync($"/famille/inscriptions/{slipped}");
        await family.Arrives($"**/famille/inscriptions/{Id(first)}");
    }

    [Fact]
    public async Task two_children_are_recorded_as_two()
    {
        var campaign = await house.Campaign(2, $"Vacances {Tag()}");
        var first = (await Enrolments(campaign, ""))[0];
        var other = await Enrolled(
            campaign,
            first,
            first.GetProperty("pupil").GetProperty("lastName").GetString() + "s",
            $"a-{Tag()}@example.org"
        );
        var page = await house.Browser(1280, 800);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/inscriptions/{Id(first)}/doublon/{other}");
        await page.ClickAsync("summary:has-text('deux enfants')");
        await page.ClickAsync("button:text-is('Noter que ce sont deux enfants')");
        await page.Arrives("**/inscriptions?doublons=true");
        (await page.InnerTextAsync("main")).ShouldContain("Aucun doublon possible");
    }

    [Fact]
    public async Task a_family_is_told_which_place_its_change_costs_before_it_happens()
    {
        var campaign = await house.Campaign(8, $"Vacances {Tag()}");
        foreach (var stage in (await house.DraftTimetable(campaign)).GetProperty("items").EnumerateArray())
            await house.Api(HttpMethod.Post, $"/api/stages/{Id(stage)}/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var placed = (await Eventually.Is(() => Enrolments(campaign, ""), all => all.Any(e => Offered(e) is not null))).First(e =>
            Offered(e) is not null
        );
        var kept = Offered(placed) == "MA" ? "FR" : "MA";
        var page = await house.Browser(360, 740);
        var see = new Look(house, page, "family-costs-360", true);
        await house.SignIn(page, placed.GetProperty("guardians")[0].GetProperty("email").GetString()!, "family");
        await page.GotoAsync($"/famille/inscriptions/{Id(placed)}");
        await page.ClickAsync("button:text-is('Modifier l’inscription')");
        await page.Arrives("**/eleve");
        var step = page.Url[..page.Url.LastIndexOf('/')];
        await page.GotoAsync($"{step}/voeux");
        await page.SelectOptionAsync("select[name=wish1]", kept);
        await page.SelectOptionAsync("select[name=wish2]", "");
        await page.ClickAsync("button[value=next]");
        await page.Arrives("**/creneaux");
        await page.GotoAsync($"{step}/verification");
        await page.CheckAsync("input[name=consent]");
        await page.ClickAsync("button[value=next]");
        await page.Locator("input[name=acceptLoss]").WaitForAsync();
        (await page.InnerTextAsync("main")).ShouldContain("Ce changement ferait perdre");
        await see.Page("told");
        Offered(await house.Api(HttpMethod.Get, $"/api/enrolments/{Id(placed)}")).ShouldNotBeNull("nothing has happened yet");
        await page.CheckAsync("input[name=acceptLoss]");
        await page.ClickAsync("button[value=next]");
        await page.Arrives($"**/famille/inscriptions/{Id(placed)}");
    }

    private static string? Offered(JsonElement enrolment) =>
        enrolment
            .GetProperty("placements")
            .EnumerateArray()
            .Where(p => p.GetProperty("status").GetString() == "offered")
            .Select(p => p.GetProperty("wish").GetString())
            .FirstOrDefault();

    /// <summary>The same child, as the other guardian writes it.</summary>
    private async Task<Guid> Enrolled(Guid campaign, JsonElement like, string lastName, string email)
    {
        var pupil = like.GetProperty("pupil");
        var made = await house.Api(
            HttpMethod.Post,
            $"/api/campaigns/{campaign}/enrolments",
            new
            {
                pupil = new
                {
                    firstName = pupil.GetProperty("firstName"),
                    lastName,
                    level = pupil.GetProperty("level"),
                    schoolUai = pupil.GetProperty("schoolUai"),
                },
                guardians = new[]
                {
                    new
                    {
                        name = "Un autre parent",
                        email,
                        language = "fr",
                    },
                },
                wishes = like.GetProperty("wishes"),
                weeks = like.GetProperty("weeks"),
                slots = like.GetProperty("slots"),
                consent = true,
            }
        );
        return Id(made);
    }

    private async Task<JsonElement[]> Enrolments(Guid campaign, string query) =>
        [
            .. (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/enrolments?limit=100{query}"))
                .GetProperty("items")
                .EnumerateArray(),
        ];

    private static Guid Id(JsonElement thing) => thing.GetProperty("id").GetGuid();

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
