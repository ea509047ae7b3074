using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>The board: pages that all have before them, lines that are seen while they are drawn, a teacher's that stay.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class LightBoardTests(ITestOutputHelper output)
{
    [Fact]
    public async Task the_class_writes_on_the_teachers_page()
    {
        await using var world = await ClassroomWorld.Create("board", mediaServers: 0);
        world.Level = "CE2";
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            var link = await world.Link(lesson, "family", lesson.Pupils[1].Parent);
            using var noah = await SignallingClient.Enter(http, world.Address, lesson.ModuleId, link);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            await claire.Click("#see-board");
            await lina.Sees("body[data-view=board] #board:visible");

            // A line is seen before it is finished.
            var box = (await claire.Page.Locator("#board").BoundingBoxAsync())!;
            await claire.Page.Mouse.MoveAsync(box.X + 80, box.Y + 80);
            await claire.Page.Mouse.DownAsync();
            for (var i = 1; i < 10; i++)
                await claire.Page.Mouse.MoveAsync(box.X + 80 + (i * 20), box.Y + 80);
            await lina.Page.WaitForFunctionAsync("() => classroom.board?.wetOn('page/1')[0]?.points.length >= 12");
            await Marks(lina, "page/1", 0);
            await claire.Page.Mouse.UpAsync();
            await Marks(lina, "page/1", 1);
            (await lina.Page.EvaluateAsync<int>("() => classroom.board.wetOn('page/1').length")).ShouldBe(0);

            // The teacher's is safe from the pupil's eraser, and from a page that only says so.
            await lina.Page.ClickAsync("#board-eraser");
            var hers = (await lina.Page.Locator("#board").BoundingBoxAsync())!;
            var scale = hers.Width / box.Width;
            await lina.Page.Mouse.ClickAsync(hers.X + (160 * scale), hers.Y + (80 * scale));
            var id = await lina.Page.EvaluateAsync<string>("() => classroom.board.of('page/1')[0].id");
            (await lina.Page.EvaluateAsync<string>("async (id) => (await classroom.hub.call('Erase', id)).code", id)).ShouldBe(
                "not-permitted"
            );
            await Marks(claire, "page/1", 1);

            // By the keyboard: each line under the one before, and read aloud.
            await claire.Page.Locator("#board-text").FocusAsync();
            await claire.Page.Keyboard.PressAsync("Enter");
            foreach (var text in new[] { "Le verbe", "s’accorde" })
            {
                await claire.Page.Keyboard.TypeAsync(text);
                await claire.Page.Keyboard.PressAsync("Enter");
            }
            await lina.Page.Locator("#board[aria-label*='Le verbe s’accorde']").WaitForAsync();
            (await lina.Page.Locator("#boardPane ol li").AllTextContentsAsync()).ShouldBe(["Le verbe", "s’accorde"]);

            // Undo takes back one's own.
            await lina.Page.ClickAsync("#board-pen");
            await lina.Page.Mouse.MoveAsync(hers.X + 20, hers.Y + 100);
            await lina.Page.Mouse.DownAsync();
            await lina.Page.Mouse.MoveAsync(hers.X + 90, hers.Y + 130, new() { Steps = 5 });
            await lina.Page.Mouse.UpAsync();
            await Marks(claire, "page/1", 4);
            await lina.Page.ClickAsync("#board-undo");
            await Marks(claire, "page/1", 3);
            (await lina.Page.Locator("#board-undo").IsDisabledAsync()).ShouldBeTrue();
            await lina.Page.ClickAsync("#board-redo");
            await Marks(claire, "page/1", 4);
            (await lina.Page.Locator("#board-redo").IsDisabledAsync()).ShouldBeTrue();
            await lina.Page.ClickAsync("#board-undo");
            await Marks(claire, "page/1", 3);

            // Another page, ruled; all have it before them, who loads the page again too.
            await claire.Page.SelectOptionAsync("#ruling", "seyes");
            await claire.Click("#addPage");
            await lina.SeesText("#boardPage", "Page 2 sur 2");
            await claire.Page.SelectOptionAsync("#ruling", "squares");
            await noah.Draw("page/2", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 100, 100, 50, 500, 300, 50);
            await noah.Draw("page/3", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 100, 100, 50, 500, 300, 50);
            await Marks(lina, "page/2", 1);
            await lina.Page.ReloadAsync();
            await lina.SeesText("#boardPage", "Page 2 sur 2");
            await Marks(lina, "page/2", 1);
            await Marks(lina, "page/3", 0);
            await claire.Page.Locator("#boardPages button[aria-label='Page 1']").ClickAsync();
            await lina.SeesText("#boardPage", "Page 1 sur 2");
            await Sizes(world, claire, "board-teacher");
            await Sizes(world, lina, "board-pupil");

            // To take away.
            var saved = await claire.Page.RunAndWaitForDownloadAsync(() => claire.Page.ClickAsync("#savePicture"));
            saved.SuggestedFilename.ShouldEndWith("1.png");
            var bytes = await File.ReadAllBytesAsync((await saved.PathAsync())!);
            bytes.Take(4).ShouldBe(new byte[] { 0x89, 0x50, 0x4e, 0x47 });

            // Groups: a board of their own, at a glance for the teacher, and back together.
            await claire.Click("#formPairs");
            await lina.SeesText("#groupTitle", "Tableau de ton groupe");
            await noah.Draw("group/0", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 100, 100, 50, 500, 300, 50);
            await Marks(lina, "group/0", 1);
            await claire.Page.Keyboard.PressAsync("Escape");
            await claire.SeesText("#boardPane .thumbs", "Lina");
            await claire.Page.Picture(world.Artifacts, "groups-teacher");
            await claire.Page.ClickAsync("#boardPane .thumbs button");
            await claire.SeesText("#groupTitle", "Tableau du groupe");
            await claire.Click("#myClass");
            await claire.Page.FillAsync("#groupsLine", "Encore deux minutes");
            await claire.Page.PressAsync("#groupsLine", "Enter");
            await lina.SeesText("#status", "Encore deux minutes");
            await claire.Page.LooksWell("my class with groups");
            await claire.Page.Picture(world.Artifacts, "groups-myclass");
            await claire.Page.ClickAsync("#endPairs");
            await lina.SeesText("#boardPage", "Page 1 sur 2");
            await Marks(lina, "group/0", 0);
            claire.Log.Concat(lina.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in new[] { claire, lina })
                await one.Explain(world, output);
            throw;
        }
    }

    private static async Task Marks(ClassPage one, string sheet, int marks) =>
        await Eventually.Is(
            () => one.Page.EvaluateAsync<int>("(s) => classroom.board?.of(s).length ?? -1", sheet),
            count => count == marks,
            TimeSpan.FromSeconds(20),
            $"{one.Name} sees {marks} on {sheet}"
        );

    private static async Task Sizes(ClassroomWorld world, ClassPage one, string name)
    {
        var before = one.Page.ViewportSize!;
        foreach (var (width, height) in new[] { (1280, 800), (740, 360), (320, 640), (360, 740) })
        {
            await one.Page.SetViewportSizeAsync(width, height);
            await one.Page.Picture(world.Artifacts, $"{name}-{width}");
            await one.Page.LooksWell($"{name} at {width}");
        }
        await one.Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
