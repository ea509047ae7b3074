using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Whoever speaks is heard, however they came in and whatever they did with their camera.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class HeardTests(ITestOutputHelper output)
{
    /// <summary>What the network lets through takes seconds to find out, and longest where it lets little through.</summary>
    [Fact]
    public async Task who_enters_while_the_network_is_still_tried_is_heard()
    {
        await using var world = await ClassroomWorld.Create("early");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        ClassPage[] both = [claire, lina];
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Page.RouteAsync(
                "**/classroom/check?*",
                async route =>
                {
                    await slow.Task;
                    await route.ContinueAsync();
                }
            );
            await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Page.Locator("#advice li").Nth(1).WaitForAsync();
            (await lina.Page.Locator("#advice li").CountAsync()).ShouldBe(2, "microphone and camera");
            await lina.Page.ClickAsync("#enter");
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await AllHear(both, "entered while the network was tried");
            slow.SetResult();
            await lina.Page.Locator("#advice li").Nth(2).WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
            await AllHear(both, "and it has been tried since");
        }
        catch
        {
            foreach (var one in both)
                await one.Explain(world, output);
            throw;
        }
        finally
        {
            slow.TrySetResult();
        }
    }

    [Fact]
    public async Task everybody_is_heard_in_every_way_of_coming_in()
    {
        await using var world = await ClassroomWorld.Create("heard");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        ClassPage[] both = [claire, lina];
        try
        {
            // The default: no camera. And a child's hand clicks twice.
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false, clicks: 2);
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await AllHear(both, "without cameras, after a double click");

            await claire.Page.ReloadAsync();
            await AllHear(both, "the teacher has loaded the page again");
            await lina.Page.ReloadAsync();
            await AllHear(both, "the pupil has loaded the page again");

            await lina.Click("#cam");
            await AllHear(both, "the pupil has turned the camera on");
            await lina.Click("#cam");
            await AllHear(both, "the pupil has turned the camera off");
            await lina.CutSignalling();
            await AllHear(both, "the pupil is back from a cut");

            await lina.Click("#mic");
            await lina.Sees("#mic[aria-pressed=false]");
            await lina.Page.ReloadAsync();
            await lina.Sees("#mic[aria-pressed=false]");
            await lina.Hears(1, pictures: false);
            (await lina.Page.EvaluateAsync<bool>("() => classroom.media.mic === null")).ShouldBeTrue("muted before, muted after");
            await lina.Click("#mic");
            await AllHear(both, "the pupil speaks again after having been mute");

            var again = await lina.Page.Context.NewPageAsync();
            var second = new ClassPage(again, "Lina");
            await second.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await lina.Sees("#out:visible");
            await AllHear([claire, second], "the pupil has changed to another tab");
        }
        catch
        {
            foreach (var one in both)
                await one.Explain(world, output);
            throw;
        }
    }

    [Fact]
    public async Task who_has_no_microphone_is_told_to_tap_where_the_browser_holds_sound_back()
    {
        await using var world = await ClassroomWorld.Create("tap");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        // Chromium lets a page that is loaded again go on; Safari and Firefox want a tap first, which is what this says.
        await lina.Page.AddInitScriptAsync(
            """
            navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
            let touched = false;
            addEventListener('pointerdown', () => { touched = true; }, true);
            const play = HTMLMediaElement.prototype.play;
            Object.defineProperty(HTMLMediaElement.prototype, 'autoplay', { set() {} });
            HTMLMediaElement.prototype.play = function () {
              return touched ? play.call(this) : Promise.reject(new DOMException('tap first', 'NotAllowedError'));
            };
            """
        );
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
        await claire.SeesText("#people", "Lina");
        await claire.Click("#begin");
        await lina.PlaysVoices(1);
        // Loaded again, nobody has touched the page yet.
        await lina.Page.ReloadAsync();
        await lina.Sees("#hear:visible");
        await lina.Screenshot(world, "tap-phone");
        await lina.Click("#hear");
        await lina.Page.Locator("#hear").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await lina.PlaysVoices(1);
    }

    [Fact]
    public async Task who_answers_the_browsers_question_late_is_heard_and_what_was_not_wanted_is_let_go()
    {
        await using var world = await ClassroomWorld.Create("late");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        await lina.Page.AddInitScriptAsync(
            """
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            window.given = [];
            const answered = new Promise((answer) => { window.answer = answer; });
            navigator.mediaDevices.getUserMedia = async (wish) => {
              await answered;
              const stream = await ask(wish);
              window.given.push(...stream.getTracks());
              return stream;
            };
            """
        );
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await lina.Click("#enter");
        await claire.SeesText("#people", "Lina");
        await claire.Click("#begin");
        await lina.Sees("#mic[aria-pressed=false]");
        await lina.Page.EvaluateAsync("() => window.answer()");
        await lina.Sees("#mic[aria-pressed=true]");
        await AllHear([claire, lina], "the pupil has allowed the microphone in class");
        await Eventually.Is(
            () => lina.Page.EvaluateAsync<string[]>("() => given.filter((t) => t.readyState === 'live').map((t) => t.kind)"),
            live => live is ["audio"]
        );

        // Firefox asks again each time: nobody sits before an empty page until they have seen the question.
        await lina.Page.ReloadAsync();
        await lina.PlaysVoices(1);
        await lina.Sees("#mic[aria-pressed=false]");
        await lina.Page.ReloadAsync();
        await lina.PlaysVoices(1);
        await lina.Page.EvaluateAsync("() => window.answer()");
        await lina.Sees("#mic[aria-pressed=true]");
        await AllHear([claire, lina], "the pupil has loaded the page again, twice, before the microphone was allowed");
    }

    /// <summary>A first answer that never comes costs nobody the class.</summary>
    [Fact]
    public async Task a_ticket_outlives_a_network_that_is_away()
    {
        await using var world = await ClassroomWorld.Create("ticket", mediaServers: 0);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var lina = await browser.Person("Lina", phone: true);
        var tries = 0;
        await lina.Page.RouteAsync(
            "**/classroom/enter",
            route =>
                ++tries switch
                {
                    1 => route.AbortAsync(),
                    2 => route.FulfillAsync(new() { Status = 502 }),
                    3 => Swallow(route),
                    _ => route.ContinueAsync(),
                }
        );
        await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await lina.SeesText("#status", "réessayons");
        await lina.Sees("#check:visible");
        tries.ShouldBe(4);
        lina.Page.Url.ShouldNotContain("#");

        // The service has given the seat, and nobody hears of it.
        static async Task Swallow(IRoute route)
        {
            (await route.FetchAsync()).Status.ShouldBe(200);
            await route.AbortAsync();
        }
    }

    /// <summary>What a connection was doing when it was closed never comes to an end, and everything behind it would wait.</summary>
    [Fact]
    public async Task who_is_cut_off_in_the_midst_of_an_answer_hears_again()
    {
        await using var world = await ClassroomWorld.Create("midst");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        await using var browser = await ClassBrowser.Start();
        var (claire, lina, noah) = (await browser.Person("Claire"), await browser.Person("Lina"), await browser.Person("Noah"));
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await claire.Sees("#begin:visible");
        await claire.Click("#begin");
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
        await lina.PlaysVoices(1);

        await lina.Page.EvaluateAsync(
            """
            () => {
              const answer = RTCPeerConnection.prototype.createAnswer;
              RTCPeerConnection.prototype.createAnswer = function () {
                RTCPeerConnection.prototype.createAnswer = answer;
                window.isStuck = true;
                return new Promise(() => {});
              };
            }
            """
        );
        await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
        await lina.Page.WaitForFunctionAsync("() => window.isStuck");
        await lina.CutSignalling();
        await lina.PlaysVoices(2);
    }

    private async Task AllHear(ClassPage[] people, string state)
    {
        foreach (var one in people)
        {
            var after = await one.Hears(people.Length - 1, pictures: false);
            await one.PlaysVoices(people.Length - 1);
            output.WriteLine($"{state}: {one.Name} hears after {after.TotalSeconds:0.0} s");
        }
    }
}
