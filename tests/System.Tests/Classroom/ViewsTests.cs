using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>How each looks at the class for themselves: one face large, the whole screen, keys; and a word between two.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ViewsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task one_face_is_large_keys_do_what_buttons_do_and_a_word_stays_between_two()
    {
        await using var world = await ClassroomWorld.Create("views", mediaServers: 0);
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        var noah = await browser.Person("Noah", phone: true, locale: "en-GB");
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            foreach (var one in new[] { claire, lina, noah })
                await one.Page.WaitForFunctionAsync("() => document.querySelectorAll('.tile').length === 3");

            await Large(world, lina, noah);
            await WholeScreen(lina);
            await Keys(lina);
            await BetweenTwo(world, claire, lina, noah);
            await Blocked(lina);
            claire.Log.Concat(lina.Log).Concat(noah.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in new[] { claire, lina, noah })
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>Who is pinned, before who speaks, before the teacher; each sees their own.</summary>
    private static async Task Large(ClassroomWorld world, ClassPage lina, ClassPage noah)
    {
        await lina.Click("#speakerView");
        await Is(lina, "#speakerView[aria-pressed=true]");
        await lina.SeesText(".tile.large", "Claire");
        await lina.Page.Locator(".tile:has-text('Noah') .pin").FocusAsync();
        await lina.Page.Keyboard.PressAsync("Enter");
        await lina.SeesText(".tile.large", "Noah");
        await lina.Sees(".tile.large .pin[aria-pressed=true]");
        (await lina.Page.Locator(".tile.large").CountAsync()).ShouldBe(1);
        (await noah.Page.Locator(".tile.large").CountAsync()).ShouldBe(0);
        await lina.Screenshot(world, "large-desktop");
        await lina.Page.LooksWell("one large");
        await noah.Click("#speakerView");
        await noah.SeesText(".tile.large", "Claire");
        await noah.Screenshot(world, "large-phone");
        await noah.Page.LooksWell("one large on a telephone");
        await lina.Click(".tile.large .pin");
        await lina.SeesText(".tile.large", "Claire");
        await lina.Click("#speakerView");
        (await lina.Page.Locator(".tile.large").CountAsync()).ShouldBe(0);
    }

    /// <summary>Whether it is seen or folded away.</summary>
    private static Task Is(ClassPage one, string selector) =>
        one.Page.Locator(selector).WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });

    private static async Task WholeScreen(ClassPage one)
    {
        await one.Click("#fullScreen");
        await one.Page.WaitForFunctionAsync("() => document.fullscreenElement === document.documentElement");
        await Is(one, "#fullScreen[aria-pressed=true]");
        await one.Click("#fullScreen");
        await one.Page.WaitForFunctionAsync("() => !document.fullscreenElement");
        // Nobody shows a picture: it says so.
        if (await one.Page.EvaluateAsync<bool>("() => document.pictureInPictureEnabled"))
        {
            await one.Click("#pictureInPicture");
            await one.SeesText("#status", "Personne ne montre d’image");
        }
        else
            (await one.Page.Locator("#pictureInPicture").GetAttributeAsync("hidden")).ShouldNotBeNull();
    }

    /// <summary>One key each; never while somebody writes, and not at all once they are turned off (WCAG 2.1.4).</summary>
    private static async Task Keys(ClassPage one)
    {
        await one.Page.FocusAsync("#stage");
        await one.Page.Keyboard.PressAsync("m");
        await one.Sees("#mic[aria-pressed=false]");
        await one.Page.Keyboard.PressAsync("m");
        await one.Sees("#mic[aria-pressed=true]");
        await one.Page.Keyboard.PressAsync("Control+m");
        await one.Page.Keyboard.PressAsync("h");
        await one.Sees("#hand[aria-pressed=true]");
        await one.Page.Keyboard.PressAsync("h");
        await one.Sees("#hand[aria-pressed=false]");
        await one.Page.Keyboard.PressAsync("d");
        await one.Sees("#panel-chat:visible");
        await one.Page.FocusAsync("#line");
        await one.Page.Keyboard.TypeAsync("hmm ? bof");
        (await one.Page.InputValueAsync("#line")).ShouldBe("hmm ? bof");
        await one.Sees("#hand[aria-pressed=false]");
        await one.Page.FillAsync("#line", "");
        await one.Page.FocusAsync("#stage");
        await one.Page.Keyboard.PressAsync("?");
        await one.Sees("#shortcutsDialog[open]");
        await one.SeesText("#shortcutsDialog", "Lever ou baisser la main");
        await one.Page.LooksWell("keys");
        await one.Page.UncheckAsync("#shortcutsOn");
        await one.Page.Keyboard.PressAsync("Escape");
        await one.Page.FocusAsync("#stage");
        foreach (var key in new[] { "?", "h", "m" })
            await one.Page.Keyboard.PressAsync(key);
        // A dialog would have taken it.
        await one.HasFocus("#stage");
        await one.Sees("#mic[aria-pressed=true]");
        await one.Sees("#hand[aria-pressed=false]");
        // From the button they are turned on again.
        await one.Click("#shortcuts");
        await one.Page.CheckAsync("#shortcutsOn");
        await one.Page.Keyboard.PressAsync("Escape");
        await one.Page.FocusAsync("#stage");
        await one.Page.Keyboard.PressAsync("b");
        await one.Sees("body[data-view=board]");
        await one.Click("#back");
    }

    private static async Task BetweenTwo(ClassroomWorld world, ClassPage claire, ClassPage lina, ClassPage noah)
    {
        await lina.Click("#tab-chat");
        await lina.Page.CheckAsync("#toTeacher");
        await lina.Page.FillAsync("#line", "Je ne comprends pas");
        await lina.Page.PressAsync("#line", "Enter");
        await claire.Click("#tab-chat");
        await claire.SeesText("#lines", "pour l’enseignant");
        await claire.Click("#lines li:has-text('Je ne comprends pas') .answer");
        await claire.HasFocus("#line");
        (await claire.Page.Locator("#chatTo option:checked").TextContentAsync()).ShouldBe("Lina");
        await claire.Page.Keyboard.TypeAsync("Regarde la page 2");
        await claire.Page.Keyboard.PressAsync("Enter");
        await lina.SeesText("#lines", "Regarde la page 2");
        await lina.SeesText("#lines .private", "pour vous seulement");
        await claire.SeesText("#lines .private", "pour Lina seulement");
        await claire.Screenshot(world, "between-two-teacher");
        await claire.Page.LooksWell("a word between two");
        await claire.Page.SelectOptionAsync("#chatTo", "");
        await claire.Page.FillAsync("#line", "Page 2 pour tous");
        await claire.Page.PressAsync("#line", "Enter");
        await noah.SeesText("#lines", "Page 2 pour tous");
        (await noah.Page.Locator("#lines li").CountAsync()).ShouldBe(1, "what was said between the two is not on the page");
        // Over a reload too, for the two and for the third.
        await noah.Page.ReloadAsync();
        await noah.Click("#tab-chat");
        await noah.SeesText("#lines", "Page 2 pour tous");
        (await noah.Page.Locator("#lines li").CountAsync()).ShouldBe(1);
        await lina.Page.ReloadAsync();
        await lina.Click("#tab-chat");
        await lina.SeesText("#lines", "Regarde la page 2");
    }

    /// <summary>A camera that the browser refuses: told for as long as it is so, and no longer.</summary>
    private static async Task Blocked(ClassPage one)
    {
        await one.Sees("#cam:visible");
        await one.Page.EvaluateAsync(
            """
            () => {
              window.allowed = MediaDevices.prototype.getUserMedia;
              MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
            }
            """
        );
        await one.Click("#cam");
        await one.SeesText("#notice:visible", "La caméra est bloquée");
        // What is said in passing goes; this stays, and lies over nothing.
        await one.Page.Locator("#status").WaitForAsync(new() { State = WaitForSelectorState.Hidden, Timeout = 15_000 });
        await one.Sees("#notice:visible");
        await one.Page.EvaluateAsync("() => { MediaDevices.prototype.getUserMedia = window.allowed; }");
        await one.Click("#noticeAct");
        await one.Page.Locator("#notice").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await one.Sees("#cam[aria-pressed=true]");
    }
}
