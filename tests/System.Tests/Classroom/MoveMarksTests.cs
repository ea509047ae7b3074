using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>What stands on the board is moved, made larger and rubbed out: by hand, by keys, by buttons; for all, and for good.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class MoveMarksTests(ITestOutputHelper output)
{
    [Fact]
    public async Task who_leads_moves_what_stands_and_pupils_their_own()
    {
        await using var world = await ClassroomWorld.Create("move-marks", mediaServers: 0);
        world.Level = "CE2";
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var claire = await browser.Person("Claire", locale: "en-GB");
        var lina = await browser.Person("Lina", phone: true);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await claire.Click("#see-board");
            await lina.Sees("body[data-view=board] #board:visible");
            await claire.Page.ClickAsync("#board-box");
            await Drag(claire, (100, 100), (300, 200));
            await Write(claire, "Le verbe");
            await lina.Page.ClickAsync("#board-line");
            await Drag(lina, (600, 300), (800, 400));
            var (box, text, line) = (await Id(claire, "box"), await Id(claire, "text"), await Id(claire, "line"));

            await ByHand(claire, lina, box);
            await ByKeys(claire, lina, text, box);
            await OnlyOnesOwn(claire, lina, box, line);
            await Formulas(claire, lina);
            await Pictures(world, claire, lina);
            await Sizes(world, claire, "move-teacher");
            await Sizes(world, lina, "move-pupil");

            // It is there for who loads the page again, and for who comes late.
            var places = await Places(claire);
            await lina.Page.ReloadAsync();
            await lina.Sees("body[data-view=board] #board:visible");
            await Eventually.Is(() => Places(lina), all => all == places);
            var link = await world.Link(lesson, "family", lesson.Pupils[1].Parent);
            using var noah = await SignallingClient.Enter(http, world.Address, lesson.ModuleId, link);
            var strokes = (await noah.Welcome.WaitAsync(TimeSpan.FromSeconds(20))).GetProperty("strokes").EnumerateArray().ToList();
            strokes.Select(Place).Order().ShouldBe(JsonSerializer.Deserialize<string[]>(places)!);
            claire.Log.Concat(lina.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in new[] { claire, lina })
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>Dragged, seen as an outline meanwhile; larger by a corner; undone and redone.</summary>
    private static async Task ByHand(ClassPage claire, ClassPage lina, string box)
    {
        await claire.Page.ClickAsync("#board-move");
        await claire.Page.Mouse.MoveAsync(await X(claire, 100), await Y(claire, 150));
        await claire.Page.Mouse.DownAsync();
        await claire.Page.Mouse.MoveAsync(await X(claire, 300), await Y(claire, 200), new() { Steps = 12 });
        await lina.Page.WaitForFunctionAsync("() => classroom.board.wetOn('page/1')[0]?.points.length >= 12");
        (await Points(lina, box)).ShouldBe([100, 100, 300, 200]);
        await claire.Page.Mouse.UpAsync();
        await Is(lina, box, 300, 150, 500, 250);
        (await lina.Page.EvaluateAsync<int>("() => classroom.board.wetOn('page/1').length")).ShouldBe(0);
        await Drag(claire, (506, 256), (706, 356));
        await Is(lina, box, 300, 150, 700, 350);
        await claire.Page.ClickAsync("#board-undo");
        await Is(lina, box, 300, 150, 500, 250);
        await claire.Page.ClickAsync("#board-undo");
        await Is(lina, box, 100, 100, 300, 200);
        await claire.Page.ClickAsync("#board-redo");
        await Is(lina, box, 300, 150, 500, 250);
    }

    private static async Task ByKeys(ClassPage claire, ClassPage lina, string text, string box)
    {
        var keys = claire.Page.Keyboard;
        await claire.Page.FocusAsync("#board");
        // What was dragged is still chosen.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Tab");
        await claire.SeesText("#boardPane .moving .state", "Rectangle, 1 of 3");
        await keys.PressAsync("Tab");
        await claire.SeesText("#boardPane .moving .state", "Text “Le verbe”, 2 of 3");
        var before = await Points(claire, text);
        for (var i = 0; i < 4; i++)
            await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowRight");
        await Is(lina, text, before[0] + 10, before[1] + 40);
        await claire.SeesText("#boardPane .moving .state", "% from the left");
        await keys.PressAsync("+");
        await Eventually.Is(
            () => lina.Page.EvaluateAsync<int>("(id) => classroom.board.find(id).width", text),
            width => width == 40,
            TimeSpan.FromSeconds(20),
            "the letters are larger"
        );
        // Let go, and past the last one on to what comes next on the page.
        await keys.PressAsync("Escape");
        await claire.Page.WaitForFunctionAsync("() => document.querySelector('#boardPane .moving .state').textContent === ''");
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Tab");
        (await claire.Page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldNotBe("board");

        await claire.Page.FocusAsync("#board");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Delete");
        await Eventually.Is(() => lina.Page.EvaluateAsync<int>("() => classroom.board.of('page/1').length"), count => count == 2);
        await claire.HasFocus("#board");
        // Without dragging.
        await claire.Page.ClickAsync("#boardPane .moving [data-key=moveNext]");
        await claire.Page.ClickAsync("#boardPane .moving [data-key=moveUp]");
        await Is(lina, box, 300, 140, 500, 240);
    }

    private static async Task OnlyOnesOwn(ClassPage claire, ClassPage lina, string box, string line)
    {
        await lina.Page.ClickAsync("#board-move");
        await Drag(lina, (300, 200), (400, 300));
        await lina.SeesText("#status", "Ce dessin est à quelqu’un d’autre.");
        // A page that only says so changes nothing, and is told where it is.
        var answer = await lina.Page.EvaluateAsync<string>(
            "async (id) => (await classroom.hub.call('MoveMark', id, [1, 1, 50, 9, 9, 50], 4, 9)).code",
            box
        );
        answer.ShouldBe("not-permitted");
        await Drag(lina, (700, 350), (600, 450));
        await Is(claire, line, 500, 400, 700, 500);
        await Is(claire, box, 300, 140, 500, 240);
        // The teacher moves hers too.
        await Drag(claire, (600, 450), (500, 350));
        await Is(lina, line, 400, 300, 600, 400);
    }

    /// <summary>Written as everywhere, between two dollar signs; read aloud as MathML; moved and taken away like all else.</summary>
    private static async Task Formulas(ClassPage claire, ClassPage lina)
    {
        await Write(claire, "On a $\\frac{1}{2}+x^2$");
        var formula = await Id(claire, "formula");
        await lina.Page.Locator("#boardPane ol li math mfrac").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await lina.Page.Locator("#board[aria-label*='On a']").WaitForAsync();
        await claire.Page.ClickAsync("#board-move");
        var at = await Points(claire, formula);
        // Painted, and not as it was written: by then its box is as wide as what is seen.
        await Drag(claire, (at[0] + 20, at[1] + 25), (at[0] + 320, at[1] + 125));
        await Is(lina, formula, at[0] + 300, at[1] + 100);
        // What is painted is let out of the canvas again.
        var saved = await claire.Page.RunAndWaitForDownloadAsync(() => claire.Page.ClickAsync("#savePicture"));
        (await File.ReadAllBytesAsync((await saved.PathAsync())!)).Length.ShouldBeGreaterThan(5000);
        (await claire.Page.Locator("#status").TextContentAsync()).ShouldNotBe(
            "This browser puts no formulas into a picture: they are there as they were written."
        );
    }

    /// <summary>Chosen, with words for who does not see it; what its file says of its maker stays at home.</summary>
    private static async Task Pictures(ClassroomWorld world, ClassPage claire, ClassPage lina)
    {
        var drawn = await claire.Page.EvaluateAsync<string>(
            """
            () => {
              const c = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
              const to = c.getContext('2d');
              to.fillStyle = '#2a7';
              to.fillRect(0, 0, 2400, 1200);
              to.fillStyle = '#fc0';
              to.arc(600, 500, 300, 0, 7);
              to.fill();
              return c.toDataURL('image/jpeg').split(',')[1];
            }
            """
        );
        var bytes = Convert.FromBase64String(drawn);
        byte[] made = [.. bytes[..2], 0xFF, 0xE1, 0x00, 0x10, .. "Exif\0\0Secretzz"u8, .. bytes[2..]];
        await claire.Page.SetInputFilesAsync(
            "#boardTools input[type=file]",
            new FilePayload
            {
                Name = "soleil.jpg",
                MimeType = "image/jpeg",
                Buffer = made,
            }
        );
        await claire.Page.FillAsync("#pictureWords", "Un soleil");
        await claire.Page.LooksWell("the words of a picture");
        await claire.Screenshot(world, "picture-words");
        await claire.Page.PressAsync("#pictureWords", "Enter");
        var image = await Id(claire, "image");
        await Is(lina, image, 200, 163, 800, 463);
        (await lina.Page.Locator("#boardPane ol li").AllTextContentsAsync()).ShouldContain("Un soleil");
        await lina.Page.WaitForFunctionAsync(
            "(id) => performance.getEntriesByType('resource').some((e) => e.name.includes(classroom.board.find(id).picture))",
            image
        );
        var got = await lina.Page.EvaluateAsync<string>(
            """
            async (id) => {
              const { picture } = classroom.board.find(id);
              const asked = performance.getEntriesByType('resource').find((one) => one.name.includes(picture)).name;
              return new TextDecoder('latin1').decode(await (await fetch(asked)).arrayBuffer());
            }
            """,
            image
        );
        (got.Length is > 500 and < 300 * 1024, got.Contains("Secretzz", StringComparison.Ordinal)).ShouldBe((true, false));
        await claire.Page.ClickAsync("#board-move");
        await Drag(claire, (700, 450), (800, 550));
        await Is(lina, image, 300, 263, 900, 563);
        // Painted where it is, on the pupil's screen as well.
        await Eventually.Is(
            () =>
                lina.Page.EvaluateAsync<int[]>(
                    "() => [...document.getElementById('boardSheet').getContext('2d').getImageData(1700, 1000, 1, 1).data]"
                ),
            pixel => pixel[0] < 90 && pixel[1] > 130,
            TimeSpan.FromSeconds(20),
            "the picture is there"
        );
    }

    private static async Task Write(ClassPage one, string text)
    {
        await one.Page.ClickAsync("#board-text");
        await one.Page.FillAsync("#boardLine", text);
        await one.Page.PressAsync("#boardLine", "Enter");
    }

    private static async Task Drag(ClassPage one, (int X, int Y) from, (int X, int Y) to)
    {
        await one.Page.Mouse.MoveAsync(await X(one, from.X), await Y(one, from.Y));
        await one.Page.Mouse.DownAsync();
        await one.Page.Mouse.MoveAsync(await X(one, to.X), await Y(one, to.Y), new() { Steps = 6 });
        await one.Page.Mouse.UpAsync();
    }

    private static async Task<float> X(ClassPage one, int x) =>
        (await one.Page.Locator("#board").BoundingBoxAsync())! is var at ? at.X + (at.Width * x / 1000) : 0;

    private static async Task<float> Y(ClassPage one, int y) =>
        (await one.Page.Locator("#board").BoundingBoxAsync())! is var at ? at.Y + (at.Height * y / 625) : 0;

    private static Task<string> Id(ClassPage one, string kind) =>
        Eventually.Is(
            () => one.Page.EvaluateAsync<string>("(kind) => classroom.board.of('page/1').find((m) => m.kind === kind)?.id ?? ''", kind),
            id => id.Length > 0
        );

    /// <summary>Where it is, without how hard the pen was pressed.</summary>
    private static Task<int[]> Points(ClassPage one, string id) =>
        one.Page.EvaluateAsync<int[]>("(id) => (classroom.board.find(id)?.points ?? []).filter((_, i) => i % 3 < 2)", id);

    /// <summary>A screen's points are not the sheet's: up to one or two beside it.</summary>
    private static async Task Is(ClassPage one, string id, params int[] points) =>
        await Eventually.Is(
            () => Points(one, id),
            now => now.Length == points.Length && now.Zip(points).All(p => Math.Abs(p.First - p.Second) <= 8),
            TimeSpan.FromSeconds(20),
            $"{one.Name} sees it at {string.Join(' ', points)}"
        );

    private static Task<string> Places(ClassPage one) =>
        one.Page.EvaluateAsync<string>(
            "() => JSON.stringify((classroom.board?.of('page/1') ?? []).map((m) => `${m.id} ${m.points} ${m.moved ?? 0}`).sort())"
        );

    private static string Place(JsonElement mark)
    {
        var points = mark.GetProperty("points").EnumerateArray().Select(p => p.GetInt32());
        var moved = mark.TryGetProperty("moved", out var times) ? times.GetInt32() : 0;
        return $"{mark.GetProperty("id").GetString()} {string.Join(',', points)} {moved}";
    }

    private static async Task Sizes(ClassroomWorld world, ClassPage one, string name)
    {
        var before = one.Page.ViewportSize!;
        await one.Page.ClickAsync("#boardPane .moving [data-key=moveNext]");
        foreach (var (width, height) in new[] { (1280, 900), (740, 360), (320, 640), (360, 740) })
        {
            await one.Page.SetViewportSizeAsync(width, height);
            await one.Page.Picture(world.Artifacts, $"{name}-{width}");
            await one.Page.LooksWell($"{name} at {width}");
        }
        await one.Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
