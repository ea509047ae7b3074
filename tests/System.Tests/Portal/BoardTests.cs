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
    public async Task a_session_that_is_dragged_shows_every_slot_it_could_go_to_and_moves_and_the_other_coordinator_sees_it_at_once()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stages = await house.DraftTimetable(campaign);
        var (stage, module, date, start) = await Possible(stages);
        var mine = await Board(campaign, house.Coordinator);
        var theirs = await Board(campaign, house.Colleague);
        await theirs.Locator("#board[data-live=yes]").WaitForAsync();

        var block = await Block(mine, stage, module);
        await block.ScrollIntoViewIfNeededAsync();
        var from = (await block.BoundingBoxAsync())!;
        await mine.Mouse.MoveAsync(from.X + 10, from.Y + 8);
        await mine.Mouse.DownAsync();
        await mine.Mouse.MoveAsync(from.X + 18, from.Y + 12, new() { Steps = 3 });
        // Before the hand is over any of them: every other slot of the week is green or says why not, and so is the other week.
        await mine.Locator("#board[data-judged=yes]").WaitForAsync();
        (await mine.Locator(".slot.yes, .slot.no").CountAsync()).ShouldBe(await mine.Locator(".slot").CountAsync() - 1);
        (await mine.Locator("button[data-week]:is(.yes, .no)").CountAsync()).ShouldBe(1);
        foreach (var words in await mine.Locator(".slot.no .slot-verdict").AllInnerTextsAsync())
            words.Length.ShouldBeInRange(4, 60, words);
        foreach (var words in await mine.Locator(".slot.yes .slot-verdict").AllInnerTextsAsync())
            words.ShouldContain("possible");
        var slot = mine.Locator($".slot.yes[data-date='{date}'][data-start='{start}']");
        await slot.ScrollIntoViewIfNeededAsync();
        var to = (await slot.BoundingBoxAsync())!;
        await mine.Mouse.MoveAsync(to.X + 10, to.Y + 10, new() { Steps = 4 });
        // The browser tells the page where the hand is with the movement after the one that came there.
        await mine.Mouse.MoveAsync(to.X + 18, to.Y + 12, new() { Steps = 4 });
        await mine.Locator(".slot.yes.over").WaitForAsync();
        await Picture(mine, "drag");
        await mine.Mouse.UpAsync();

        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{stage}"), s => Modules(s).Any(m => m == (date, start)));
        await mine.Locator($".slot[data-date='{date}'][data-start='{start}'] [data-module='{module}']").WaitForAsync();
        (await mine.Locator(".yes, .no, .slot .verdict:not(:empty)").CountAsync()).ShouldBe(0, "no mark outlives the drag");
        await theirs.Locator("[data-said]:has-text('Camille Martin')").WaitForAsync();
        await Picture(theirs, "told");
        await mine.ClickAsync("[data-undo]");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{stage}"), s => !Modules(s).Any(m => m == (date, start)));
    }

    [Fact]
    public async Task a_pupil_is_dragged_out_of_a_stage_and_into_it_again_and_one_key_undoes_it()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        // Who leaves leaves a group that is large enough.
        var stage = (await house.DraftTimetable(campaign)).GetProperty("items").EnumerateArray().MaxBy(s => Pupils(s).Count());
        var (id, subject) = (stage.GetProperty("id").GetString()!, stage.GetProperty("subject").GetString());
        var pupil = Pupils(stage).First();
        var page = await Board(campaign, house.Coordinator);
        var waiting = page.Locator($".wish[data-pupil='{pupil}'][data-subject='{subject}']");

        await (await Block(page, id)).ClickAsync();
        await page.Locator($"[data-chosen] [data-pupil='{pupil}']").DragToAsync(page.Locator("#board-unplaced"));
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !Pupils(s).Contains(pupil));
        await waiting.DragToAsync(await Block(page, id));
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => Pupils(s).Contains(pupil));
        await waiting.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("Control+z");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !Pupils(s).Contains(pupil));
        await waiting.WaitForAsync();
        await page.SetViewportSizeAsync(390, 740);
        await Picture(page, "phone-in-view");
    }

    [Fact]
    public async Task a_pupil_dragged_from_one_stage_to_another_comes_back_and_neither_stage_is_locked()
    {
        // Enough for two groups of one subject and level.
        var campaign = await house.Campaign(22, $"Vacances {Tag()}");
        var (from, to, pupil) = await Exchange(await house.DraftTimetable(campaign));
        var page = await Board(campaign, house.Coordinator);
        await (await Block(page, from)).ClickAsync();
        var chip = page.Locator($"[data-chosen] [data-pupil='{pupil}']");
        await chip.HoverAsync();
        await page.Mouse.DownAsync();
        // The other stage may lie in the other week: whoever rests on its tab is brought there.
        var target = await Below(page, to);
        await page.Locator($".block.yes[data-id='{to}']").First.WaitForAsync();
        await Picture(page, "drag-pupil");
        await Drop(page, target);
        await Are(from, to, pupil, isMoved: true);

        // Undone and made again, by either stage; and both still take every other command.
        await page.Locator("[data-undo]:not([disabled])").WaitForAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Are(from, to, pupil, isMoved: false);
        await (await Block(page, from)).ClickAsync();
        var again = page.Locator($"[data-chosen] [data-pupil='{pupil}']");
        await again.HoverAsync();
        await page.Mouse.DownAsync();
        target = await Below(page, to);
        await Drop(page, target);
        await Are(from, to, pupil, isMoved: true);
        foreach (var id in new[] { from, to })
        {
            await (await Block(page, id)).FocusAsync();
            await page.Keyboard.PressAsync("p");
            await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => s.GetProperty("pinned").GetBoolean());
            await page.Keyboard.PressAsync("Control+z");
            await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !s.GetProperty("pinned").GetBoolean());
        }
        await page.Keyboard.PressAsync("Control+z");
        await Are(from, to, pupil, isMoved: false);
        (await page.InnerTextAsync("[data-said]")).ShouldNotContain("Votre geste attend");
    }

    [Fact]
    public async Task the_table_says_the_same_is_remembered_and_does_everything_by_keyboard()
    {
        // Enough for two groups of one subject and level.
        var campaign = await house.Campaign(22, $"Vacances {Tag()}");
        var (from, to, pupil) = await Exchange(await house.DraftTimetable(campaign));
        var page = await Board(campaign, house.Coordinator);
        await page.TabTo("button[data-view=table]");
        await page.Keyboard.PressAsync("Enter");
        var stages = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages")).GetProperty("items");
        (await page.Locator("[data-twin] tr[data-id]").CountAsync()).ShouldBe(stages.GetArrayLength());
        foreach (var stage in stages.EnumerateArray())
        {
            var row = page.Locator($"[data-twin] tr[data-id='{stage.GetProperty("id").GetString()}']");
            (await row.InnerTextAsync()).ShouldContain(stage.GetProperty("teacherName").GetString()!);
            (await row.Locator("td li").CountAsync()).ShouldBe(stage.GetProperty("modules").GetArrayLength());
        }
        await page.LooksWell("the board");
        await Picture(page, "table");

        // Remembered: a board that is opened anew is a table.
        await page.ReloadAsync();
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        (await page.Locator("[data-twin]").IsVisibleAsync()).ShouldBeTrue();

        // One stop of the Tab key leads into the rows, arrows to the stage, P pins it.
        await page.TabTo("[data-twin] tr[data-id] button");
        await page.Keyboard.PressAsync("Home");
        for (var i = 0; i < stages.GetArrayLength() && !await IsIn(page, from); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await IsIn(page, from)).ShouldBeTrue();
        await page.Keyboard.PressAsync("p");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{from}"), s => s.GetProperty("pinned").GetBoolean());
        await page.Locator($"tr[data-id='{from}']:has-text('épinglé')").WaitForAsync();
        (await IsIn(page, from)).ShouldBeTrue("who is in a row stays there");
        // Enter opens the form, where the pupil goes to the other stage.
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog[open]").WaitForAsync();
        var menu = page.Locator($"dialog [data-field='pupil {pupil}'] select");
        await Tab(page, menu);
        await menu.SelectOptionAsync(to);
        await page.Locator("dialog [data-notes]:has-text('Possible')").WaitForAsync();
        await page.LooksWell("the board");
        await Tab(page, page.Locator("dialog button[type=submit]"));
        await page.Keyboard.PressAsync("Enter");
        await Are(from, to, pupil, isMoved: true);
        await page.Locator($"tr[data-id='{from}'] button:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Are(from, to, pupil, isMoved: false);
        await page.Keyboard.PressAsync("Control+z");
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{from}"), s => !s.GetProperty("pinned").GetBoolean());
    }

    [Fact]
    public async Task the_form_of_a_stage_says_beside_each_choice_what_stands_against_it()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stage = (await house.DraftTimetable(campaign)).GetProperty("items")[0];
        var id = stage.GetProperty("id").GetString()!;
        var modules = stage.GetProperty("modules").EnumerateArray().ToArray();
        var page = await Board(campaign, house.Coordinator, "en-GB");
        await (await Block(page, id)).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var moved = page.Locator($"dialog [data-field='module {modules[0].GetProperty("id").GetString()}']");
        // Where another session of the same stage is.
        await moved
            .Locator("select")
            .SelectOptionAsync($"{modules[1].GetProperty("date").GetString()} {modules[1].GetProperty("start").GetString()}");
        await page.Locator("dialog [data-notes]:has-text('refused')").WaitForAsync();
        (await moved.Locator(".error").InnerTextAsync()).ShouldContain("same slot");
        (await page.Locator("dialog [aria-invalid=true]").CountAsync()).ShouldBe(1);
        (await page.Locator("dialog button:has-text('Apply')").CountAsync()).ShouldBe(1);
        await page.LooksWell("the board");
        await Picture(page, "form-en");
        // Whoever applies it all the same is brought to what stands against it, and nothing has changed.
        await page.ClickAsync("dialog button[type=submit]");
        await page.Locator("dialog select[aria-invalid=true]:focus").WaitForAsync();
        Modules(await house.Api(HttpMethod.Get, $"/api/stages/{id}")).ShouldBe(Modules(stage));
    }

    [Fact]
    public async Task several_choices_of_one_form_are_made_and_undone_together()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var (id, module, date, start) = await Possible(await house.DraftTimetable(campaign));
        var before = await house.Api(HttpMethod.Get, $"/api/stages/{id}");
        var pupil = Pupils(before).Last();
        var page = await Board(campaign, house.Coordinator);
        await (await Block(page, id)).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.SelectOptionAsync($"dialog [data-field='module {module}'] select", $"{date} {start}");
        await page.SelectOptionAsync($"dialog [data-field='pupil {pupil}'] select", "-");
        await page.Locator("dialog [data-notes]:has-text('Possible')").WaitForAsync();
        await page.ClickAsync("dialog button[type=submit]");

        var after = await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => !Pupils(s).Contains(pupil));
        Modules(after).ShouldContain((date, start));
        after.GetProperty("version").GetInt64().ShouldBe(before.GetProperty("version").GetInt64() + 1, "all of it in one step");
        await page.Locator("[data-undo]:not([disabled])").WaitForAsync();
        await page.Keyboard.PressAsync("Control+z");
        var again = await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{id}"), s => Pupils(s).Contains(pupil));
        Modules(again).ShouldBe(Modules(before), ignoreOrder: true);
        Pupils(again).ShouldBe(Pupils(before), ignoreOrder: true);
        await page.Locator("[data-undo][disabled]").WaitForAsync();
    }

    [Fact]
    public async Task what_breaks_a_rule_is_found_by_the_filter_and_says_why()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var stages = (await house.DraftTimetable(campaign)).GetProperty("items").EnumerateArray().ToArray();
        var page = await Board(campaign, house.Coordinator);
        await page.ClickAsync("button[data-view=table]");
        await page.ClickAsync("summary:has-text('Filtres')");
        await page.SelectOptionAsync("select[name=status]", "trouble");
        await page.Locator("[data-twin] td:has-text('Rien ici')").First.WaitForAsync();

        var offer = stages[0].GetProperty("teacherOfferId").GetString();
        var teacher = (await house.Api(HttpMethod.Get, $"/api/offers/{offer}")).GetProperty("teacher").GetProperty("email").GetString();
        await house.Api(HttpMethod.Post, $"/api/offers/{offer}/withdraw", new { }, "teacher", teacher);
        string?[] theirs =
        [
            .. stages.Where(s => s.GetProperty("teacherOfferId").GetString() == offer).Select(s => s.GetProperty("id").GetString()),
        ];
        foreach (var id in theirs)
            await page.Locator($"tr[data-id='{id}'] .trouble").WaitForAsync();
        (await page.Locator("[data-twin] tr[data-id]").CountAsync()).ShouldBe(theirs.Length);
        await page.ClickAsync("button[data-view=grid]");
        await page.ClickAsync($"button[data-week='{stages[0].GetProperty("week").GetString()}']");
        await page.Locator(".block.trouble").First.WaitForAsync();
        (await page.Locator(".block:not(.trouble)").CountAsync()).ShouldBe(0);
        await Picture(page, "trouble");
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(360, 740)]
    public async Task the_first_sessions_are_in_the_first_screenful_and_no_list_scrolls_within_the_page_of_a_phone(int width, int height)
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        await house.DraftTimetable(campaign);
        foreach (var language in new[] { "fr-FR", "en-GB" })
        {
            var page = await house.Browser(width, height, language: language);
            await house.SignIn(page, house.NewCoordinator(), "coordinator");
            await page.GotoAsync($"/coordination/{campaign}/tableau");
            await page.Locator("#board[data-ready=yes]").WaitForAsync();
            await page.Picture(house.Artifacts, $"board-first-{width}-{language}");
            var tops = await page.Locator(".block").EvaluateAllAsync<double[]>("all => all.map(b => b.getBoundingClientRect().bottom)");
            tops.ShouldNotBeEmpty();
            tops.Min().ShouldBeLessThan(width == 360 ? 0.67 * height : 0.35 * height);
            var within = await page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('#board *')]
                  .filter(e => e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(e).overflowY))
                  .map(e => e.className)
                """
            );
            if (width == 360)
                within.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task of_two_who_change_one_stage_the_second_sees_what_happened_and_does_the_move_again()
    {
        var campaign = await house.Campaign(12, $"Vacances {Tag()}");
        var (stage, module, date, start) = await Possible(await house.DraftTimetable(campaign));
        var first = await Board(campaign, house.Colleague);
        var second = await Board(campaign, house.Coordinator);
        var at = Modules(await house.Api(HttpMethod.Get, $"/api/stages/{stage}")).ToList();

        // The second has the panel of the stage open and has chosen; everything by keyboard from here on.
        await (await Block(second, stage)).FocusAsync();
        await second.Keyboard.PressAsync("Enter");
        await second.Locator("dialog[open]").WaitForAsync();
        var menu = second.Locator($"dialog [data-field='module {module}'] select");
        await Tab(second, menu);
        await menu.SelectOptionAsync($"{date} {start}");
        await second.Locator("dialog [data-notes]:has-text('Possible')").WaitForAsync();
        // Meanwhile the first approves it, by keyboard as well.
        await (await Block(first, stage)).FocusAsync();
        await first.Keyboard.PressAsync("v");
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/stages/{stage}"),
            s => s.GetProperty("status").GetString() == "approved"
        );
        await second.Locator("dialog [data-notes]:has-text('Dominique Roy vient de modifier')").WaitForAsync();
        await Picture(second, "panel-told");
        await Tab(second, second.Locator("dialog button[type=submit]"));
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
            await page.LooksWell(address);
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

    private async Task<IPage> Board(Guid campaign, string email, string language = "fr-FR")
    {
        var page = await house.Browser(1280, 800, language: language);
        await house.SignIn(page, email, "coordinator");
        await page.GotoAsync($"/coordination/{campaign}/tableau");
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        return page;
    }

    /// <summary>A session of the stage, or its first one, in the week where it is.</summary>
    private async Task<ILocator> Block(IPage page, string stage, string? module = null)
    {
        var week = (await house.Api(HttpMethod.Get, $"/api/stages/{stage}")).GetProperty("week").GetString();
        await page.ClickAsync($"button[data-week='{week}']");
        return page.Locator(module is null ? $".block[data-id='{stage}']" : $".block[data-module='{module}']").First;
    }

    /// <summary>The same with a pupil in the hand, who cannot click.</summary>
    private async Task<ILocator> Below(IPage page, string stage)
    {
        var week = (await house.Api(HttpMethod.Get, $"/api/stages/{stage}")).GetProperty("week").GetString();
        var tab = page.Locator($"button[data-week='{week}']");
        await tab.HoverAsync();
        await tab.HoverAsync(
            new()
            {
                Position = new() { X = 12, Y = 12 },
            }
        );
        var block = page.Locator($".block[data-id='{stage}']").First;
        await block.WaitForAsync();
        return block;
    }

    /// <summary>Two moves over it, as a hand makes: a browser tells of the target at the second.</summary>
    private static async Task Drop(IPage page, ILocator target)
    {
        await target.HoverAsync();
        await target.HoverAsync(
            new()
            {
                Position = new() { X = 20, Y = 8 },
            }
        );
        await page.Mouse.UpAsync();
    }

    private async Task Are(string from, string to, string pupil, bool isMoved)
    {
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{to}"), s => Pupils(s).Contains(pupil) == isMoved);
        await Eventually.Is(() => house.Api(HttpMethod.Get, $"/api/stages/{from}"), s => Pupils(s).Contains(pupil) != isMoved);
    }

    private static Task<bool> IsIn(IPage page, string stage) =>
        page.EvaluateAsync<bool>("id => document.activeElement.closest('tr')?.dataset.id === id", stage);

    /// <summary>A pupil who can go from one stage to another, and back.</summary>
    private async Task<(string From, string To, string Pupil)> Exchange(JsonElement stages)
    {
        foreach (var from in stages.GetProperty("items").EnumerateArray())
        foreach (var pupil in Pupils(from).OfType<string>())
        {
            var (id, campaign) = (from.GetProperty("id").GetString()!, from.GetProperty("campaignId").GetString());
            var subject = from.GetProperty("subject").GetString();
            var targets = await house.Api(
                HttpMethod.Get,
                $"/api/campaigns/{campaign}/stages/targets?enrolmentId={pupil}&subject={subject}&from={id}"
            );
            foreach (var target in targets.GetProperty("stages").EnumerateArray())
                if (target.GetProperty("conflicts").GetArrayLength() == 0)
                    return (id, target.GetProperty("stageId").GetString()!, pupil);
        }
        throw new InvalidOperationException("No pupil of this timetable can go to another stage.");
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
