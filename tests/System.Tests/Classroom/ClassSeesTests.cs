using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>"La classe voit": the teacher chooses for everybody, and nobody stays lost elsewhere.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ClassSeesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task the_class_sees_what_its_teacher_chooses()
    {
        await using var world = await ClassroomWorld.Create("sees", mediaServers: 0);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah", "Zoé");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");
        ClassPage[] pupils = [lina, noah];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            for (var i = 0; i < pupils.Length; i++)
                await pupils[i].Open(await world.Link(lesson, "family", lesson.Pupils[i].Parent), camera: false);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            foreach (var one in pupils)
                await Look(one, "faces");

            // The teacher's board opens for everybody, and a second click leaves it so.
            await claire.Click("#see-board");
            foreach (var one in pupils)
                await Look(one, "board");
            await claire.Click("#see-board");
            await claire.Sees("#see-board[aria-pressed=true]");
            await Look(claire, "board");
            await Draw(claire);
            foreach (var one in pupils)
                await one.Page.WaitForFunctionAsync("() => classroom.board?.count === 1");

            // Looking elsewhere is one's own, over a reload of somebody else's page too; the way back is always there.
            await noah.Click("#see-faces");
            await noah.SeesText("#back:visible", "Board");
            await Look(lina, "board");
            await noah.Click("#back");
            await Look(noah, "board");
            (await noah.Page.Locator("#back").IsVisibleAsync()).ShouldBeFalse();
            await noah.Page.ReloadAsync();
            await Look(noah, "board");

            // Who comes late sees what the class sees, and so does the teacher after F5.
            await claire.Check("#lock", on: false);
            var zoe = await browser.Person("Zoé");
            await zoe.Open(await world.Link(lesson, "family", lesson.Pupils[2].Parent), camera: false);
            await Look(zoe, "board");
            await claire.Page.ReloadAsync();
            await Look(claire, "board");
            await claire.Sees("#see-board[aria-pressed=true]");

            // "Tous les regards ici": from elsewhere, and out of a panel that covers the stage.
            await noah.Click("#see-faces");
            await Look(noah, "faces");
            await lina.Click("#tab-chat");
            await lina.Sees("#panel-chat:visible");
            await claire.Click("#eyes");
            await Look(noah, "board");
            await lina.Page.Locator("#side").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await lina.SeesText("#status", "regarder ici");

            // A screen is the class's as soon as it is shown; what nobody sees any more is not sent either.
            await claire.Click("#see-screen");
            foreach (var one in pupils)
                await Look(one, "screen");
            await claire.Sees("#screenMine:visible");
            await claire.Click("#see-faces");
            foreach (var one in pupils)
                await Look(one, "faces");
            await Eventually.True(() => claire.Page.EvaluateAsync<bool>("() => classroom.media.screen === null"));

            // Without a document the choice is which.
            await claire.Click("#see-document");
            await claire.Sees("#file:visible");
            (await lina.Page.EvaluateAsync<string>("async () => (await classroom.hub.call('ChooseView', 'board')).code")).ShouldBe(
                "teacher-only"
            );
            (await claire.Page.EvaluateAsync<string>("async () => (await classroom.hub.call('ChooseView', 'moon')).code")).ShouldBe(
                "not-valid"
            );
        }
        catch
        {
            foreach (var one in pupils.Append(claire))
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>A teacher and six, at every size: nothing scrolls sideways, everybody is seen, axe finds nothing.</summary>
    [Fact(Explicit = true)]
    public async Task seven_have_their_place_at_every_size()
    {
        await using var world = await ClassroomWorld.Create("seven", mediaServers: 0);
        world.Level = "CE2";
        var lesson = await world.Publish(-1, 120, "Lina", "Malo", "Jade", "Noé", "Lou", "Adam");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var others = new List<SignallingClient>();
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            foreach (var pupil in lesson.Pupils.Skip(1))
                others.Add(
                    await SignallingClient.Enter(http, world.Address, lesson.ModuleId, await world.Link(lesson, "family", pupil.Parent))
                );
            await claire.SeesText("#people", "Adam");
            await Sizes(world, claire, "lobby-teacher");
            await claire.Click("#begin");
            foreach (var one in others)
                await one.Admitted.WaitAsync(TimeSpan.FromSeconds(30));
            await lina.Sees("#bar:visible");
            await lina.Page.WaitForFunctionAsync("() => document.querySelectorAll('.tile').length === 7");
            await Sizes(world, claire, "faces-teacher");
            await Sizes(world, lina, "faces-pupil");

            await others[0].Call("RaiseHand", true);
            await others[1].Call("RaiseHand", true);
            await claire.SeesText("#hands", "2 mains");
            await claire.Click("#see-board");
            await Look(lina, "board");
            await Draw(claire);
            await Sizes(world, claire, "board-teacher");
            await Sizes(world, lina, "board-pupil");
            // All seven below the sheet, without scrolling.
            (
                await lina.Page.EvaluateAsync<bool>(
                    "() => { const bar = document.querySelector('#bar').getBoundingClientRect().top; "
                        + "return [...document.querySelectorAll('.tile')].every((t) => t.getBoundingClientRect().bottom <= bar); }"
                )
            ).ShouldBeTrue();
            await lina.Click("#hand");
            await lina.SeesText("#hands", "Ta main est levée : tu es n°\u00a03");
            await claire.SeesText("#hands", "3. Lina");
            await lina.Click("#more");
            await Sizes(world, lina, "more-pupil");
            await lina.Page.Keyboard.PressAsync("Escape");
            await lina.HasFocus("#more");
            await lina.Click("#tab-chat");
            await Sizes(world, lina, "chat-pupil");
            await claire.Click("#more");
            await Sizes(world, claire, "more-teacher");
            await claire.Page.Keyboard.PressAsync("Escape");
            await claire.Click("#myClass");
            await Sizes(world, claire, "myclass-teacher");
            await claire.Page.Keyboard.PressAsync("Escape");
            // A message to a closed panel is counted where it is seen.
            await lina.Page.FillAsync("#line", "Bonjour");
            await lina.Page.PressAsync("#line", "Enter");
            await claire.SeesText("#tab-chat .badge", "1");
            // Who leaves takes their hand along.
            others[0].Dispose();
            await claire.SeesText("#hands", "2 mains");
            claire.Log.Concat(lina.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            await claire.Explain(world, output);
            await lina.Explain(world, output);
            throw;
        }
        finally
        {
            foreach (var one in others)
                one.Dispose();
        }
    }

    /// <summary>Looked at by axe in all of them, by people in the pictures.</summary>
    private static async Task Sizes(ClassroomWorld world, ClassPage one, string name)
    {
        foreach (var (width, height) in new[] { (1280, 800), (768, 1024), (740, 360), (320, 640), (360, 740) })
        {
            await one.Page.SetViewportSizeAsync(width, height);
            await one.Page.Picture(world.Artifacts, $"{name}-{width}");
            await one.Page.LooksWell($"{name} at {width}");
            (await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(
                $"{name} scrolls sideways at {width}"
            );
        }
        if (one.Name == "Claire")
            await one.Page.SetViewportSizeAsync(1280, 800);
    }

    private static Task Look(ClassPage one, string view) =>
        one.Page.Locator($"body[data-view={view}] #class:visible").WaitForAsync(new() { Timeout = 30_000 });

    private static async Task Draw(ClassPage one)
    {
        var box = (await one.Page.Locator("#board").BoundingBoxAsync())!;
        await one.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 4));
        await one.Page.Mouse.DownAsync();
        for (var i = 1; i < 20; i++)
            await one.Page.Mouse.MoveAsync(box.X + (box.Width / 4) + (i * 10), box.Y + (box.Height / 3) + (i % 5 * 12));
        await one.Page.Mouse.UpAsync();
    }
}
