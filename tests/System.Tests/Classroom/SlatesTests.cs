using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Ardoises: each pupil writes on their own, the teacher sees all at once and puts one before the class.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class SlatesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task everybody_writes_on_a_slate_of_their_own_and_the_teacher_shows_one()
    {
        await using var world = await ClassroomWorld.Create("slates", mediaServers: 0);
        world.Level = "CE2";
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            await lina.Sees("body[data-view=faces] #class:visible");
            (await lina.Page.Locator("#see-slates").IsVisibleAsync()).ShouldBeFalse("there are none yet");

            // Handed out, and a question: by the keyboard.
            await claire.Click("#see-slates");
            await lina.SeesText("#slateTitle", "Ton ardoise");
            await claire.Page.FillAsync("#slateQuestion", "une moitié, en fraction ?");
            await claire.Page.PressAsync("#slateQuestion", "Enter");
            await lina.SeesText("#slateTitle", "Ton ardoise\u00a0: une moitié, en fraction\u202f?");
            await noah.SeesText("#slateTitle", "Your slate: une moitié");
            await lina.SeesText("#status", "Ardoises");

            // Lina draws; the teacher sees it while it is drawn and when it stands, Noah never.
            var (linas, noahs) = ($"slate/{await Me(lina)}", $"slate/{await Me(noah)}");
            await Draw(lina);
            await Count(claire, linas, 1);
            await claire.SeesText(".thumbs li:has-text('Lina')", "écrit");
            await Count(noah, linas, 0);
            await claire.SeesText("#slatesShown", "0 sur 2");
            foreach (var (whose, code) in new[] { (linas, "not-permitted"), (noahs, null) })
                (
                    await noah.Page.EvaluateAsync<string?>("async (s) => (await classroom.hub.call('ReadSheet', s)).code ?? null", whose)
                ).ShouldBe(code);
            (
                await noah.Page.EvaluateAsync<string>(
                    "async (s) => (await classroom.hub.call('Draw', s, { id: crypto.randomUUID(), kind: 'pen', points: [1, 1, 50], "
                        + "colour: '#102030', width: 4 })).code",
                    linas
                )
            ).ShouldBe("not-permitted");

            // By the keyboard alone.
            await noah.Page.Locator("#slate-text").FocusAsync();
            await noah.Page.Keyboard.PressAsync("Enter");
            await noah.HasFocus("#slateLine");
            await noah.Page.Keyboard.TypeAsync("1/2");
            await noah.Page.Keyboard.PressAsync("Enter");
            await noah.Page.Locator("#slate[aria-label*='1/2']").WaitForAsync();
            await Count(claire, noahs, 1);
            (await claire.Page.Locator(".thumbs li:has-text('Noah')").TextContentAsync())!.ShouldContain("1/2");

            // "Montrer mon ardoise": nothing is written on it any more, and it stays so over F5.
            await lina.Click("#slateHold");
            await lina.SeesText("#slateHold", "Reprendre mon ardoise");
            await claire.SeesText("#slatesShown", "1 sur 2");
            await claire.SeesText(".thumbs li.done", "Lina");
            await lina.Page.ReloadAsync();
            await lina.SeesText("#slateHold", "Reprendre mon ardoise");
            await lina.SeesText("#slateState", "L’enseignant voit ton ardoise");
            await Count(lina, linas, 1);
            (await lina.Page.Locator("#slateTools").IsVisibleAsync()).ShouldBeFalse();
            await Sizes(world, claire, "slates-teacher");
            await Sizes(world, lina, "slates-shown", few: true);
            await lina.Click("#slateHold");
            await lina.Sees("#slateTools:visible");
            await Sizes(world, lina, "slates-pupil");
            await lina.Click("#slateHold");

            // Before the class: Noah sees it now, and his own at a click.
            await claire.Click(".thumbs li:has-text('Lina') button");
            await noah.SeesText("#slateTitle", "Lina’s slate");
            await Count(noah, linas, 1);
            await lina.SeesText("#slateState", "Toute la classe voit ton ardoise");
            (await noah.Page.Locator("#slateHold").IsVisibleAsync()).ShouldBeFalse();
            await noah.Click("#slateTurn");
            await noah.SeesText("#slateTitle", "Your slate");
            await noah.Click("#slateTurn");
            await noah.SeesText("#slateTitle", "Lina’s slate");
            await Sizes(world, noah, "slates-stage-english", few: true);
            await claire.Page.ReloadAsync();
            await claire.SeesText("#slateTitle", "L’ardoise de Lina");
            await Count(claire, linas, 1);
            await claire.Click("#slatesBack");
            await noah.SeesText("#slateTitle", "Your slate");
            await Count(noah, linas, 0);

            // The next question: clean slates.
            await claire.Page.FillAsync("#slateQuestion", "Un quart ?");
            await claire.Click("#slateAsk");
            await noah.SeesText("#slateTitle", "Your slate: Un quart");
            foreach (var one in new[] { claire, lina, noah })
                await Eventually.Is(() => one.Page.EvaluateAsync<int>("() => classroom.board?.count ?? -1"), count => count == 0);
            await lina.SeesText("#slateHold", "Montrer mon ardoise");
            await claire.Click("#see-faces");
            await lina.Sees("body[data-view=faces]");
            claire.Log.Concat(lina.Log).Concat(noah.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in new[] { claire, lina, noah })
                await one.Explain(world, output);
            throw;
        }
    }

    private static Task<string> Me(ClassPage one) => one.Page.EvaluateAsync<string>("() => classroom.me");

    private static async Task Count(ClassPage one, string sheet, int marks) =>
        await Eventually.Is(
            () => one.Page.EvaluateAsync<int>("(s) => classroom.board?.of(s).length ?? -1", sheet),
            count => count == marks,
            TimeSpan.FromSeconds(20),
            $"{one.Name} sees {marks} on {sheet}"
        );

    private static async Task Draw(ClassPage one)
    {
        var box = (await one.Page.Locator("#slate").BoundingBoxAsync())!;
        await one.Page.Mouse.MoveAsync(box.X + (box.Width / 3), box.Y + (box.Height / 4));
        await one.Page.Mouse.DownAsync();
        for (var i = 1; i < 12; i++)
            await one.Page.Mouse.MoveAsync(box.X + (box.Width / 3) + (i % 4 * 9), box.Y + (box.Height / 4) + (i * 9));
        await one.Page.Mouse.UpAsync();
    }

    private static async Task Sizes(ClassroomWorld world, ClassPage one, string name, bool few = false)
    {
        var before = one.Page.ViewportSize!;
        (int, int)[] sizes = few ? [(1280, 800), (360, 740)] : [(1280, 800), (768, 1024), (740, 360), (320, 640), (360, 740)];
        foreach (var (width, height) in sizes)
        {
            await one.Page.SetViewportSizeAsync(width, height);
            await one.Page.Picture(world.Artifacts, $"{name}-{width}");
            await one.Page.LooksWell($"{name} at {width}");
            (await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(
                $"{name} scrolls sideways at {width}"
            );
        }
        await one.Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
