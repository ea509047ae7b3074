using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// Each state of the class page, in both languages, on the narrowest screen, at twice the size, in the dark and in colours of one's own:
/// axe finds nothing and nothing scrolls sideways. All of it is minutes, so the suite has a few states of it, and the rest is Explicit.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class EveryStateTests(ITestOutputHelper output)
{
    /// <param name="Teacher">Whose page it is; else the pupil's.</param>
    /// <param name="Show">What brings it about.</param>
    /// <param name="Hide">What ends it; by default the key that closes what lies above the page.</param>
    private sealed record State(string Name, bool Teacher, Func<Scene, Task> Show, Func<Scene, Task>? Hide = null);

    private sealed record Scene(ClassPage Claire, ClassPage Lina);

    private sealed record Mode(string Name, int Width, int Height, bool Dark = false, bool Forced = false);

    private static readonly Mode[] Modes =
    [
        new("320 px", 320, 640),
        new("200 %", 640, 400),
        new("dark", 1280, 800, Dark: true),
        new("forced colours", 1280, 800, Forced: true),
    ];

    /// <summary>In the order in which a class has them.</summary>
    private static readonly State[] States =
    [
        new("faces, teacher", true, _ => Task.CompletedTask),
        new("faces, pupil", false, _ => Task.CompletedTask),
        new("hand, teacher", true, s => s.Lina.Click("#hand")),
        new("hand, pupil", false, _ => Task.CompletedTask),
        new("floor, teacher", true, s => s.Claire.Click("#hands button.main")),
        new("floor, pupil", false, _ => Task.CompletedTask, s => s.Claire.Click("#hands .floor button")),
        new("reactions, pupil", false, s => s.Lina.Click("#react"), s => s.Lina.Page.Keyboard.PressAsync("Escape")),
        new("more, teacher", true, s => s.Claire.Click("#more"), s => s.Claire.Page.Keyboard.PressAsync("Escape")),
        new("more, pupil", false, s => s.Lina.Click("#more"), s => s.Lina.Page.Keyboard.PressAsync("Escape")),
        new("one large, pupil", false, s => s.Lina.Click("#speakerView"), s => s.Lina.Click("#speakerView")),
        new("my class, teacher", true, s => s.Claire.Click("#myClass")),
        new("devices, pupil", false, s => s.Lina.Click("#devices")),
        new("keys, teacher", true, s => s.Claire.Click("#shortcuts")),
        new("report, pupil", false, s => s.Lina.Click("#report")),
        new("leave, teacher", true, s => s.Claire.Click("#leave")),
        new("leave, pupil", false, s => s.Lina.Click("#leave")),
        new("people, teacher", true, s => s.Claire.Click("#tab-people"), Closed),
        new("people, pupil", false, s => s.Lina.Click("#tab-people"), Closed),
        new("chat, teacher", true, Chat, Closed),
        new("chat, pupil", false, s => s.Lina.Click("#tab-chat"), Closed),
        new("notes, teacher", true, s => s.Claire.Click("#tab-notes"), Closed),
        new("documents, teacher", true, s => s.Claire.Click("#tab-documents"), Closed),
        new("question to ask, teacher", true, s => s.Claire.Click("#tab-poll"), Closed),
        new("quiz, pupil", false, Quiz),
        new("quiz, teacher", true, s => s.Claire.Click("#tab-poll"), s => s.Claire.Click("#poll button")),
        new("quiz over, pupil", false, s => s.Lina.Sees("#poll .right"), s => s.Claire.Click("#poll button")),
        new("board, teacher", true, s => s.Claire.Click("#see-board")),
        new("board, pupil", false, s => s.Lina.Sees("#board:visible")),
        new("back, pupil", false, s => s.Lina.Click("#see-faces"), s => s.Lina.Click("#back")),
        new("slates, teacher", true, s => s.Claire.Click("#see-slates")),
        new("slate, pupil", false, s => s.Lina.Sees("#slate:visible")),
        new("slate shown, pupil", false, s => s.Lina.Click("#slateHold")),
        new("slate on stage, teacher", true, s => s.Claire.Click(".thumbs li button")),
        new("groups, teacher", true, Groups),
        new("group, pupil", false, s => s.Lina.Sees("#board:visible"), EndGroups),
        new("ended, teacher", true, End),
        new("ended, pupil", false, s => s.Lina.Sees("#out:visible")),
    ];

    [Theory(Explicit = true)]
    [InlineData("fr-FR")]
    [InlineData("en-GB")]
    public Task every_state_is_for_everybody(string locale) => Look(locale, States);

    /// <summary>Other ones each day: in a month all of them have been looked at.</summary>
    [Fact]
    public Task some_states_are_for_everybody()
    {
        var day = TimeProvider.System.GetUtcNow().DayOfYear;
        // What comes later needs what came before.
        var last = 3 + (day % (States.Length - 4));
        return Look(day % 2 == 0 ? "fr-FR" : "en-GB", States[..(last + 1)], from: last - 2);
    }

    private async Task Look(string locale, State[] states, int from = 0)
    {
        await using var world = await ClassroomWorld.Create($"states-{locale[..2]}-{states.Length}", mediaServers: 0);
        world.Level = "CE2";
        var lesson = await world.Publish(-1, 120, "Lina", "Noah", "Zoé");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var scene = new Scene(await browser.Person("Claire", locale: locale), await browser.Person("Lina", locale: locale));
        var others = new List<SignallingClient>();
        List<string> found = [];
        try
        {
            await scene.Lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await scene.Lina.Page.Locator("#advice li").Nth(3).WaitForAsync(new() { Timeout = 60_000 });
            if (from == 0)
                await Check(world, scene.Lina, "door, pupil", found);
            await scene.Lina.Page.ClickAsync("#enter");
            await scene.Lina.Sees("#waiting:visible");
            if (from == 0)
                await Check(world, scene.Lina, "waiting, pupil", found);
            await scene.Claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            foreach (var pupil in lesson.Pupils.Skip(1))
                others.Add(
                    await SignallingClient.Enter(http, world.Address, lesson.ModuleId, await world.Link(lesson, "family", pupil.Parent))
                );
            await scene.Claire.SeesText("#people", "Zoé");
            if (from == 0)
                await Check(world, scene.Claire, "lobby, teacher", found);
            await scene.Claire.Click("#begin");
            await scene.Lina.Page.WaitForFunctionAsync("() => document.querySelectorAll('.tile').length === 4");
            foreach (var (state, i) in states.Select((s, i) => (s, i)))
            {
                await state.Show(scene);
                var page = state.Teacher ? scene.Claire : scene.Lina;
                if (i >= from)
                    await Check(world, page, state.Name, found);
                if (state.Hide is { } hide)
                    await hide(scene);
                else if (await page.Page.Locator("dialog[open]").CountAsync() > 0)
                    await page.Page.Keyboard.PressAsync("Escape");
            }
            found.ShouldBeEmpty();
        }
        catch
        {
            await scene.Claire.Explain(world, output);
            await scene.Lina.Explain(world, output);
            throw;
        }
        finally
        {
            foreach (var one in others)
                one.Dispose();
        }
    }

    private static async Task Check(ClassroomWorld world, ClassPage one, string name, List<string> found)
    {
        var file = name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');
        foreach (var mode in Modes)
        {
            await one.Page.SetViewportSizeAsync(mode.Width, mode.Height);
            await one.Page.EmulateMediaAsync(
                new()
                {
                    ColorScheme = mode.Dark ? ColorScheme.Dark : ColorScheme.Light,
                    ForcedColors = mode.Forced ? ForcedColors.Active : ForcedColors.None,
                    ReducedMotion = ReducedMotion.Reduce,
                }
            );
            await one.Screenshot(
                world,
                $"{file}-{mode.Name.Replace(" ", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal)}"
            );
            try
            {
                await one.Page.ReadsWell($"{name}, {mode.Name}");
            }
            catch (ShouldAssertException e)
            {
                found.Add(e.Message);
            }
            if (!await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"))
                found.Add($"{name}, {mode.Name}: scrolls sideways");
        }
        await one.Page.EmulateMediaAsync(
            new()
            {
                ColorScheme = ColorScheme.Light,
                ForcedColors = ForcedColors.None,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        await one.Page.SetViewportSizeAsync(1280, 800);
        foreach (var (width, height) in new[] { (360, 740), (1280, 800) })
        {
            if (!PageChecks.Pictures)
                break;
            await one.Page.SetViewportSizeAsync(width, height);
            await one.Screenshot(world, $"{file}-{width}");
        }
    }

    private static async Task Closed(Scene scene)
    {
        foreach (var one in new[] { scene.Claire, scene.Lina })
            if (await one.Page.Locator("#side").IsVisibleAsync())
                await one.Page.ClickAsync("#closePanel");
    }

    private static async Task Chat(Scene scene)
    {
        await scene.Lina.Click("#tab-chat");
        await scene.Lina.Page.CheckAsync("#toTeacher");
        await scene.Lina.Page.FillAsync("#line", "Je ne comprends pas");
        await scene.Lina.Page.PressAsync("#line", "Enter");
        await scene.Claire.Click("#tab-chat");
        await scene.Claire.Click("#lines .answer");
        await scene.Claire.Page.FillAsync("#line", "Regarde la page 2");
        await scene.Claire.Page.PressAsync("#line", "Enter");
        await scene.Lina.SeesText("#lines", "page 2");
    }

    private static async Task Quiz(Scene scene)
    {
        await scene.Claire.Click("#tab-poll");
        await scene.Claire.Page.FillAsync("#question", "2 + 2");
        await scene.Claire.Page.FillAsync("#answers", "4\n5\n22");
        await scene.Claire.Page.SelectOptionAsync("#rightAnswer", "4");
        await scene.Claire.Click("#askPoll button");
        await scene.Lina.Click("#poll button");
        await scene.Lina.Sees("#poll button[aria-pressed=true]");
    }

    private static async Task Groups(Scene scene)
    {
        await scene.Claire.Click("#see-board");
        await scene.Claire.Click("#formPairs");
        await scene.Claire.Page.Locator("#groups button").First.WaitForAsync();
    }

    private static async Task EndGroups(Scene scene)
    {
        await scene.Claire.Click("#endPairs");
        await scene.Claire.Page.Keyboard.PressAsync("Escape");
    }

    private static async Task End(Scene scene)
    {
        await scene.Claire.Click("#leave");
        await scene.Claire.Click("#endAll");
        await scene.Claire.Sees("#out:visible");
    }
}
