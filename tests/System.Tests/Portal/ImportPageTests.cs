using System.Text;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A coordinator brings a list by the page: looked at while it is carried out, and when it is done, in both languages.</summary>
public sealed class ImportPageTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData("fr-FR", 360, true)]
    [InlineData("en-GB", 1280, false, Explicit = true)]
    public async Task a_list_is_watched_while_it_is_carried_out(string language, int width, bool script)
    {
        const int pupils = 600;
        var campaign = await house.Campaign(0, $"Import {language}");
        var school = (await house.Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e")).GetProperty("items")[0];
        var list = new StringBuilder("nom;prénom;niveau;UAI;vœux;semaines;créneaux\n");
        for (var i = 0; i < pupils; i++)
            list.Append("Nom").Append(Letters(i)).Append(";Enfant;6e;").Append(school.GetProperty("uai").GetString()).Append(";FR;A;\n");
        list.Append("Sans-Niveau;Enfant;12e;;FR;A;\n");
        var page = await house.Browser(width, 780, script, language);
        var see = new Look(house, page, $"import-{width}-{language}", script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/importer/inscriptions");
        await see.Page("bring");
        await Choose(page, list.ToString());
        await page.CheckAsync("input[name=consent]");
        await page.ClickAsync("main form button");
        await page.Arrives("**liste=*");
        var carry = page.Locator("form:has(input[value=carry]) button");
        await Again(page, script, async () => await carry.CountAsync() > 0);
        (await carry.InnerTextAsync()).ShouldContain(pupils.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await see.Page("preview");
        await carry.ClickAsync();
        // What takes a second or more is seen at work.
        await Again(page, script, async () => await page.Locator("progress[value]:not([value='0'])").CountAsync() > 0);
        await page.Picture(house.Artifacts, $"import-{width}-{language}-progress");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1")).ShouldBeTrue();
        await Again(page, script, async () => await page.Locator("main [role=status]").CountAsync() > 0);
        (await page.InnerTextAsync("main [role=status]")).ShouldBe(language == "fr-FR" ? "C’est fait." : "Done.");
        await see.Page("done");
    }

    /// <summary>What would cost a child a place is shown before, and happens only to the line whose box is ticked.</summary>
    [Theory]
    [InlineData("fr-FR", 360, true)]
    [InlineData("en-GB", 1280, false)]
    public async Task a_line_that_costs_a_place_is_imported_only_when_it_is_ticked(string language, int width, bool script)
    {
        var campaign = await house.Campaign(8, $"Coûts {Tag()}");
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        // Whether one place or two: the engine finds what it can in three seconds.
        var placed = (
            await Eventually.Is(
                async () =>
                    (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/enrolments")).GetProperty("items").EnumerateArray(),
                all => all.Count(e => Held(e).Length > 0) > 2
            )
        )
            .Where(e => Held(e).Length > 0)
            .Take(3)
            .Select(e => (Id: e.GetProperty("id").GetGuid(), Held: Held(e)[0]))
            .ToArray();
        var list = new StringBuilder("inscription;vœux;connexion\n");
        foreach (var (id, held) in placed.Take(2))
            list.Append(id).Append(';').Append(held == "MA" ? "FR" : "MA").Append(";\n");
        list.Append(placed[2].Id).Append(";;oui\n");
        var page = await house.Browser(width, 800, script, language);
        var see = new Look(house, page, $"import-costs-{width}-{language}", script);
        await house.SignIn(page, house.NewCoordinator(), "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/importer/inscriptions");
        await Choose(page, list.ToString());
        await page.ClickAsync("main form button");
        await page.Arrives("**liste=*");
        var carry = page.Locator("form:has(input[value=carry]) button");
        await Again(page, script, async () => await carry.CountAsync() > 0);
        (await page.Locator("input[name=accept]").CountAsync()).ShouldBe(2);
        (await page.Locator("input[name=accept]:checked").CountAsync()).ShouldBe(0);
        (await page.InnerTextAsync("main")).ShouldContain(language == "fr-FR" ? "Place perdue" : "Place lost");
        await see.Page("preview");

        // Without a tick: the harmless line is done, and nobody has lost anything.
        await carry.ClickAsync();
        await Again(page, script, async () => await page.Locator("main [role=status]").CountAsync() > 0);
        (await Enrolment(placed[2].Id)).GetProperty("equipment").GetProperty("connection").GetBoolean().ShouldBeTrue();
        foreach (var (id, held) in placed)
            Held(await Enrolment(id)).ShouldContain(held);
        await see.Page("left");

        // One is ticked: that one, and the other stays.
        await page.Locator("input[name=accept]").First.CheckAsync();
        await carry.ClickAsync();
        await Again(page, script, async () => await page.Locator("input[name=accept]").CountAsync() == 1);
        (await Enrolment(placed[0].Id)).GetProperty("wishes").GetArrayLength().ShouldBe(1);
        await Eventually.Is(() => Enrolment(placed[0].Id), e => !Held(e).Contains(placed[0].Held));
        Held(await Enrolment(placed[1].Id)).ShouldContain(placed[1].Held);
        await see.Page("done");

        Task<System.Text.Json.JsonElement> Enrolment(Guid id) => house.Api(HttpMethod.Get, $"/api/enrolments/{id}");
    }

    private static string[] Held(System.Text.Json.JsonElement enrolment) =>
        [
            .. enrolment
                .GetProperty("placements")
                .EnumerateArray()
                .Where(p => p.GetProperty("status").GetString() is "offered" or "confirmed")
                .Select(p => p.GetProperty("wish").GetString()!),
        ];

    private static Task Choose(IPage page, string list) =>
        page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "liste.csv",
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(list),
            }
        );

    /// <summary>The page reads itself anew; without scripts the browser does by a header that the driver does not wait for.</summary>
    private static Task Again(IPage page, bool script, Func<Task<bool>> holds) =>
        Eventually.True(
            async () =>
            {
                try
                {
                    if (await holds())
                        return true;
                    if (!script)
                        await page.GotoAsync(page.Url);
                }
                catch (PlaywrightException)
                {
                    // One page gives way to the next at this very moment.
                }
                return false;
            },
            TimeSpan.FromMinutes(3)
        );

    private static string Letters(int n) =>
        string.Concat(n.ToString("000", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('a' + (d - '0'))));

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
