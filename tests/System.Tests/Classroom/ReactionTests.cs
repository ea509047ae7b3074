using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>What pupils say without a word, and whose turn it is to speak.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ReactionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task reactions_are_seen_by_all_and_the_floor_is_given()
    {
        await using var world = await ClassroomWorld.Create("reactions", mediaServers: 0);
        // Small children are spoken to as such.
        world.Level = "CM1";
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");
        ClassPage[] all = [claire, lina, noah];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");

            await lina.Click("#react");
            await lina.HasFocus("#react-understood");
            await lina.Screenshot(world, "react-phone");
            await lina.Page.LooksWell("reactions on a telephone");
            await lina.Click("#react-done");
            await lina.HasFocus("#react");
            await noah.SeesText(".tile .reaction:visible", "I have finished");
            await claire.SeesText(".tile .reaction:visible", "J’ai fini");
            await claire.SeesText("#reactionsSeen", "1 sur 2");
            // By keyboard, and put away again by it.
            await noah.Page.FocusAsync("#react");
            await noah.Page.Keyboard.PressAsync("Enter");
            await noah.HasFocus("#react-understood");
            await noah.Screenshot(world, "react-desktop-english");
            await noah.Page.LooksWell("reactions in English");
            await noah.Page.Keyboard.PressAsync("Escape");
            await noah.HasFocus("#react");
            await noah.Page.Keyboard.PressAsync("Enter");
            await noah.Click("#react-done");
            await claire.SeesText("#reactionsSeen", "2 sur 2");
            // One a second, whatever the page sends.
            (
                await noah.Page.EvaluateAsync<string[]>(
                    "async () => (await Promise.all(['bravo', 'bravo', 'boo'].map((k) => classroom.hub.call('React', k))))"
                        + ".map((r) => r.code)"
                )
            )
                .TakeLast(2)
                .ShouldBe(["too-fast", "not-valid"]);
            // Something new to look at: nobody has finished that yet.
            await claire.Click("#see-board");
            await claire.Page.Locator("#reactionsSeen .done").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await lina
                .Page.Locator(".tile .reaction:visible", new() { HasText = "J’ai fini" })
                .WaitForAsync(new() { State = WaitForSelectorState.Detached });

            // The floor: over whatever the class sees, also where pupils may not speak.
            await claire.Check("#may-microphone", on: false);
            await lina.Sees("#mic[disabled]");
            await claire.Page.Keyboard.PressAsync("Escape");
            await lina.Click("#hand");
            await noah.Click("#hand");
            await claire.SeesText("#hands", "2. Noah");
            await claire.Click("#hands button:has-text('Donner la parole à Lina')");
            await lina.SeesText("#hands", "C’est à toi de parler");
            await lina.Screenshot(world, "floor-pupil-phone");
            await lina.Page.LooksWell("the floor, for who has it");
            await lina.Click("#hands button:has-text('Ouvrir mon micro')");
            await lina.Sees("#mic[aria-pressed=true]");
            await noah.Sees("#mic[disabled]");
            await claire.SeesText("#hands", "Lina a la parole");
            await claire.SeesText("#hands", "1. Noah");
            await claire.Screenshot(world, "floor-teacher-desktop");
            await claire.Page.LooksWell("the floor, for the teacher");
            await claire.Click("#hands button:has-text('Reprendre la parole')");
            await lina.Sees("#mic[aria-pressed=false][disabled]");
            await English(world, claire, noah);
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>The same page for who reads English, a teacher and a pupil, at a desk and on a telephone.</summary>
    private static async Task English(ClassroomWorld world, ClassPage claire, ClassPage noah)
    {
        await noah.Page.SetViewportSizeAsync(360, 740);
        await noah.Click("#more");
        await noah.Screenshot(world, "english-more-phone");
        await noah.Page.LooksWell("More on a telephone, in English");
        await claire.Page.GotoAsync(claire.Page.Url.Split('?')[0] + "?lang=en");
        await claire.SeesText("#viewLegend", "The class sees");
        await claire.SeesText("#people li", "Noah");
        await claire.Screenshot(world, "english-teacher-desktop");
        await claire.Page.LooksWell("a class in English, for its teacher");
        await claire.Click("#myClass");
        await claire.Screenshot(world, "english-myclass-desktop");
        await claire.Page.LooksWell("My class, in English");
    }
}
