using Microsoft.Playwright;
using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>One's own microphone: which one, whether it is heard, and what to do where it cannot be.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class OwnVoiceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task one_sees_that_one_is_heard_and_keeps_the_chosen_devices()
    {
        await using var world = await ClassroomWorld.Create("voice");
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            // At the door already.
            await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Page.Locator("#advice li").Nth(2).WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await lina.Page.ClickAsync("#chooseDevices");
            var wanted = await ChooseLast(lina, "audioinput");
            await lina.Page.ClickAsync("#closeDevices");
            await Eventually.True(() =>
                lina.Page.EvaluateAsync<bool>(
                    "(id) => document.querySelector('#preview').srcObject?.getAudioTracks()[0]?.getSettings().deviceId === id",
                    wanted
                )
            );
            await lina.Page.ClickAsync("#enter");
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await lina.Hears(1, pictures: false);
            (await Microphone(lina)).ShouldBe(wanted);

            // The pretended microphone beeps once a second: that it leaves is said while it does.
            await lina.Sees("#heard.on");
            await lina.SeesText("#heard", "On vous entend");
            await lina.Screenshot(world, "heard-phone");
            await lina.Click("#mic");
            await lina.Page.Locator("#heard").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await lina.Click("#mic");
            await lina.Sees("#heard.on");

            // In class: another one at once, and all of it over F5.
            await lina.Click("#devices");
            await lina.Sees("#devicesDialog[open]");
            await lina.Screenshot(world, "devices-phone");
            await lina.Page.SelectOptionAsync("#choose-audioinput", "");
            await Eventually.True(async () => await Microphone(lina) != wanted);
            wanted = await ChooseLast(lina, "audioinput");
            await Eventually.True(async () => await Microphone(lina) == wanted);
            var speaker = await ChooseLast(lina, "audiooutput");
            await Eventually.True(() => Speaks(lina, speaker));
            await lina.Page.ClickAsync("#closeDevices");
            await lina.Hears(1, pictures: false);
            await lina.Page.ReloadAsync();
            await lina.Hears(1, pictures: false);
            (await Microphone(lina)).ShouldBe(wanted);
            await Eventually.True(() => Speaks(lina, speaker));

            // Muted by the teacher, muted after F5.
            await claire.Click("#people li:has-text('Lina') button:has-text('Couper')");
            await lina.Sees("#mic[aria-pressed=false]");
            await lina.Page.ReloadAsync();
            await lina.Sees("#mic[aria-pressed=false]");
            await lina.Hears(1, pictures: false);
            (await lina.Page.EvaluateAsync<bool>("() => classroom.media.mic === null")).ShouldBeTrue();
        }
        catch
        {
            await claire.Explain(world, output);
            await lina.Explain(world, output);
            throw;
        }
    }

    [Fact]
    public async Task what_cannot_be_heard_is_said_with_its_remedy()
    {
        await using var world = await ClassroomWorld.Create("unheard");
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");
        await lina.Page.AddInitScriptAsync(
            """
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            window.refused = true;
            navigator.mediaDevices.getUserMedia = (wish) =>
              window.refused ? Promise.reject(new DOMException('no', 'NotAllowedError')) : ask(wish);
            """
        );
        // A headset whose own button is off gives no sound at all.
        await noah.Page.AddInitScriptAsync(
            """
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            window.still = true;
            navigator.mediaDevices.getUserMedia = async (wish) =>
              wish.audio && window.still ? new AudioContext().createMediaStreamDestination().stream : ask(wish);
            """
        );
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            await lina.SeesText("#notice:visible", "Le micro est bloqué");
            await lina.Screenshot(world, "blocked-phone");
            await lina.Page.LooksWell("a blocked microphone");
            await lina.Click("#noticeAct");
            await lina.SeesText("#notice:visible", "Le micro est bloqué");
            await lina.Page.EvaluateAsync("() => { window.refused = false; }");
            await lina.Click("#noticeAct");
            await lina.Sees("#mic[aria-pressed=true]");
            await lina.Page.Locator("#notice").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

            await noah.SeesText("#notice:visible", "gives no sound");
            await noah.Screenshot(world, "silent-desktop-english");
            await noah.Page.LooksWell("a silent microphone");
            await noah.Page.EvaluateAsync("() => { window.still = false; }");
            await noah.Click("#noticeAct");
            await noah.Page.Locator("#notice").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await noah.Sees("#heard.on");
        }
        catch
        {
            foreach (var one in new[] { claire, lina, noah })
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>The last of those that the browser has, which is not the one it would take by itself.</summary>
    private static async Task<string> ChooseLast(ClassPage one, string kind)
    {
        // The browser is asked for its devices before they are shown.
        await one.Page.Locator($"#choose-{kind} option").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var last = await one.Page.EvaluateAsync<string>($"() => [...document.querySelectorAll('#choose-{kind} option')].at(-1).value");
        last.ShouldNotBeEmpty();
        await one.Page.SelectOptionAsync($"#choose-{kind}", last);
        return last;
    }

    private static Task<string?> Microphone(ClassPage one) =>
        one.Page.EvaluateAsync<string?>("() => classroom.media.mic?.getSettings().deviceId ?? null");

    private static Task<bool> Speaks(ClassPage one, string speaker) =>
        one.Page.EvaluateAsync<bool>(
            "(id) => { const all = [...document.querySelectorAll('audio')]; return all.length > 0 && all.every((a) => a.sinkId === id); }",
            speaker
        );
}
