using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// The coordinators' board in real browsers: dragged upon, driven by keyboard, by two at once; and lists brought and taken away.
/// </summary>
public sealed class BoardTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Fact]
    public async Task a_session_dragged_with_the_mouse_moves_and_the_other_coordinator_sees_it_at_once()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stages = await house.DraftTimetable(campaign);
        var (stage, module, date, start) = await Possible(stages);
        var mine = await Board(campaign, house.Coordinator);
        var theirs = await Board(campaign, house.Colleague);
        await theirs.Locator("#board[data-live=yes]").WaitForAsync();

        var chip = mine.Locator($".stage[data-id='{stage}'] [data-module='{module}']");
        await chip.ScrollIntoViewIfNeededAsync();
        var from = (await chip.BoundingBoxAsync())!;
        await mine.Mouse.MoveAsync(from.X + 10, from.Y + 8);
        await mine.Mouse.DownAsync();
        await mine.Mouse.MoveAsync(from.X + 18, from.Y + 14, new() { Steps = 3 });
        var cell = mine.Locator($".mini [data-date='{date}'][data-start='{start}']");
        await cell.ScrollIntoViewIfNeededAsync();
        var to = (await cell.BoundingBoxAsync())!;
        await mine.Mouse.MoveAsync(to.X + 10, to.Y + 10, new() { Steps = 4 });
        // The browser tells the page where the hand is with the movement after the one that came there.
        await mine.Mouse.MoveAsync(to.X + 18, to.Y + 12, new() { Steps = 4 });
        await mine.Locator($".stage.good-drop[data-id='{stage}']").WaitForAsync();
        await Picture(mine, "drag");
        await mine.Mouse.UpAsync();

        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{stage}"), s => Modules(s).Any(m => m == (date, start)));
        await theirs.Locator("[data-said]:has-text('Camille Martin')").WaitForAsync();
        await Picture(theirs, "told");
        await mine.ClickAsync("[data-undo]");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{stage}"), s => !Modules(s).Any(m => m == (date, start)));
    }

    [Fact]
    public async Task a_pupil_is_dragged_out_of_a_stage_and_into_it_again_and_one_key_undoes_it()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stage = (await house.DraftTimetable(campaign)).GetProperty("items")[0];
        var (id, subject) = (stage.GetProperty("id").GetString(), stage.GetProperty("subject").GetString());
        var pupil = stage.GetProperty("pupils")[0].GetProperty("enrolmentId").GetString();
        var page = await Board(campaign, house.Coordinator);
        var waiting = page.Locator($".wish[data-pupil='{pupil}'][data-subject='{subject}']");

        await page.Locator($".stage[data-id='{id}'] [data-pupil='{pupil}']").DragToAsync(page.Locator(".board-week.waiting h2"));
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !Pupils(s).Contains(pupil));
        await waiting.DragToAsync(page.Locator($".stage[data-id='{id}'] h3"));
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => Pupils(s).Contains(pupil));
        await waiting.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("Control+z");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !Pupils(s).Contains(pupil));
        await waiting.WaitForAsync();
        await page.SetViewportSizeAsync(390, 740);
        await page.Locator($".stage[data-id='{id}']").ScrollIntoViewIfNeededAsync();
        await Picture(page, "phone-in-view");
    }

    [Fact]
    public async Task of_two_who_change_one_stage_the_second_sees_what_happened_and_does_the_move_again()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var (stage, module, date, start) = await Possible(await house.DraftTimetable(campaign));
        var first = await Board(campaign, house.Colleague);
        var second = await Board(campaign, house.Coordinator);
        var at = Modules(await house.Api(HttpMethod.Get, $"/api/stages/{stage}")).ToList();
        var index = (await house.Api(HttpMethod.Get, $"/api/stages/{stage}"))
            .GetProperty("modules")
            .EnumerateArray()
            .Select(m => m.GetProperty("id").GetString())
            .ToList()
            .IndexOf(module);

        // The second has the panel of the stage open and has chosen; everything by keyboard from here on.
        await second.FocusAsync($".stage[data-id='{stage}']");
        await second.Keyboard.PressAsync("Enter");
        await second.Locator("dialog[open]").WaitForAsync();
        var menu = second.Locator("dialog select").Nth(index);
        await Tab(second, menu);
        await menu.SelectOptionAsync($"{date} {start}");
        await second.Locator("dialog .row").Nth(index).Locator("button:not([disabled])").WaitForAsync();
        // Meanwhile the first approves it, by keyboard as well.
        await first.FocusAsync($".stage[data-id='{stage}']");
        await first.Keyboard.PressAsync("v");
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/stages/{stage}"),
            s => s.GetProperty("status").GetString() == "approved"
        );
        await second.Locator("dialog [data-notes]:has-text('Dominique Roy vient de modifier')").WaitForAsync();
        await Picture(second, "panel-told");
        await second.Keyboard.PressAsync("Tab");
        await second.Keyboard.PressAsync("Enter");

        await second.Locator("[data-said]:has-text('Votre geste attend')").WaitForAsync();
        (await second.InnerTextAsync("[data-said]")).ShouldContain("Validé");
        await Picture(second, "overtaken");
        var untouched = await house.Api(HttpMethod.Get, $"/api/stages/{stage}");
        Modules(untouched).ShouldBe(at, "the second's move waits");
        untouched.GetProperty("status").GetString().ShouldBe("approved", "nothing of the first's is lost");
        await second.FocusAsync("[data-redo]");
        await second.Keyboard.PressAsync("Enter");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{stage}"), s => Modules(s).Any(m => m == (date, start)));
    }

    [Fact]
    public async Task a_coordinators_pages_hold_on_a_phone_and_axe_finds_nothing()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        await house.DraftTimetable(campaign);
        var page = await house.Browser(360, 740);
        await house.SignIn(page, house.Coordinator, "coordinator");
        var stage = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetString();
        string[] rooms =
        [
            "",
            "appariements",
            "tableau",
            "stages",
            $"stages/{stage}",
            "attente",
            "publication",
            "inscriptions",
            "inscrire",
            "propositions",
            "historique",
            "direct",
            "reglages",
            "importer/inscriptions",
            "importer/propositions",
        ];
        foreach (
            var address in rooms
                .Select(r => $"/coordination/{campaign}/{r}")
                .Append("/administration/personnes")
                .Append("/administration/territoires")
                .Append("/administration/journal")
        )
        {
            await page.GotoAsync(address.TrimEnd('/'));
            if (address.EndsWith("tableau", StringComparison.Ordinal))
                await page.Locator("#board[data-ready=yes]").WaitForAsync();
            await Picture(page, "360-" + address.Replace('/', '-')[^Math.Min(22, address.Length)..]);
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1")).ShouldBeTrue(
                $"{address} is wider than the screen"
            );
            await page.ReadsWell(address);
        }
    }

    [Fact]
    public async Task a_list_is_previewed_imported_once_and_its_faults_named_without_a_script()
    {
        var campaign = await house.Campaign(1, $"Vacances {Tag()}");
        var school = (await house.Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e"))
            .GetProperty("items")[0]
            .GetProperty("uai")
            .GetString();
        var page = await house.Browser(1280, 800, script: false);
        await house.SignIn(page, house.Coordinator, "coordinator");
        var list = System.Text.Encoding.UTF8.GetBytes(
            $"nom;prénom;niveau;UAI;vœux;semaines;téléphone\n"
                + $"Zidane;Marc;6ème;{school};Français, MA;A* B;612345678\nZola;Émile;7e;{school};Latin;A;\n"
        );

        foreach (var (created, same) in new[] { (1, 0), (0, 1) })
        {
            await page.GotoAsync($"/coordination/{campaign}/importer/inscriptions");
            await page.SetInputFilesAsync(
                "input[type=file]",
                new FilePayload
                {
                    Name = "liste.csv",
                    MimeType = "text/csv",
                    Buffer = list,
                }
            );
            await page.CheckAsync("input[name=consent]");
            await page.ClickAsync("main form button.button");
            await page.Arrives("**liste=*");
            await Work(page);
            var figures = await page.Locator(".figures strong").AllInnerTextsAsync();
            figures.ShouldBe([$"{created}", "0", $"{same}", "1"]);
            var faults = (await page.InnerTextAsync("main")).Plain();
            faults.ShouldContain("« 7e » n’est pas un niveau de cette campagne");
            faults.ShouldContain("« Latin » n’est pas une matière de cette campagne");
            await Picture(page, $"import-{same}");
            if (created == 0)
                break;
            await page.ClickAsync("button:has-text('Importer 1 ligne')");
            await Work(page);
            await page.Locator("text=C’est fait").WaitForAsync();
        }
        var found = await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/enrolments?search=zidane&sort=name");
        found.GetProperty("total").GetInt32().ShouldBe(1);
        found.GetProperty("items")[0].GetProperty("weeks").EnumerateArray().Count().ShouldBe(2);

        // The sort is a link, and what it says stands in the address.
        await page.GotoAsync($"/coordination/{campaign}/inscriptions");
        await page.ClickAsync("th a:has-text('Élève')");
        await page.Arrives("**sens=desc*");
        (await page.Locator("tbody th").First.InnerTextAsync()).ShouldContain("Zidane");
    }

    /// <summary>Until the page, which reloads itself, shows what the work has come to.</summary>
    private static Task Work(IPage page) => page.Locator(".figures").WaitForAsync();

    private async Task<IPage> Board(Guid campaign, string email)
    {
        var page = await house.Browser(1280, 800);
        await house.SignIn(page, email, "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/tableau");
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        return page;
    }

    /// <summary>A session of the timetable and another slot of its week at which every rule allows it.</summary>
    private async Task<(string Stage, string Module, string Date, string Start)> Possible(JsonElement stages)
    {
        foreach (var stage in stages.GetProperty("items").EnumerateArray())
        foreach (var module in stage.GetProperty("modules").EnumerateArray())
        foreach (
            var (date, start) in Slots(
                DateOnly.Parse(module.GetProperty("date").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            )
        )
        {
            var id = module.GetProperty("id").GetString()!;
            if (Modules(stage).Contains((date, start)))
                continue;
            var modules = stage
                .GetProperty("modules")
                .EnumerateArray()
                .Select(m =>
                    m.GetProperty("id").GetString() == id
                        ? new
                        {
                            id,
                            date,
                            start,
                        }
                        : new
                        {
                            id = m.GetProperty("id").GetString()!,
                            date = m.GetProperty("date").GetString()!,
                            start = m.GetProperty("start").GetString()!,
                        }
                );
            var answer = await house.Api(HttpMethod.Put, $"/api/stages/{stage.GetProperty("id").GetString()}?dryRun=true", new { modules });
            if (answer.GetProperty("possible").GetBoolean())
                return (stage.GetProperty("id").GetString()!, id, date, start);
        }
        throw new InvalidOperationException("No session of this timetable can be moved.");
    }

    private static IEnumerable<(string Date, string Start)> Slots(DateOnly inWeek) =>
        from day in Enumerable.Range(0, 5)
        from start in new[] { "09:00", "11:15" }
        select (
            inWeek.AddDays(day - (int)inWeek.DayOfWeek + 1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            start
        );

    private static IEnumerable<(string Date, string Start)> Modules(JsonElement stage) =>
        stage
            .GetProperty("modules")
            .EnumerateArray()
            .Select(m => (m.GetProperty("date").GetString()!, m.GetProperty("start").GetString()!));

    private static IEnumerable<string?> Pupils(JsonElement stage) =>
        stage.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("enrolmentId").GetString());

    /// <summary>With the Tab key alone, as somebody without a mouse comes there.</summary>
    private static async Task Tab(IPage page, ILocator to)
    {
        for (var i = 0; i < 40; i++)
        {
            if (await to.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException("Forty times Tab did not come there.");
    }

    private Task Picture(IPage page, string name) => page.Picture(house.Artifacts, $"board-{name}", whole: page.ViewportSize?.Width == 360);

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
