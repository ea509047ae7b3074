using System.Diagnostics;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A teacher and two pupils in real browsers, through the real service and the real media server.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ClassroomTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_teacher_and_two_pupils_have_a_class()
    {
        await using var world = await ClassroomWorld.Create("class");
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");
        ClassPage[] all = [claire, lina, noah];
        try
        {
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Sees("#waiting:visible");
            var came = TimeProvider.System.GetUtcNow();
            await lina.Screenshot(world, "1-waiting-phone");
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await claire.SeesText("#people", "Lina");
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent));
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            foreach (var one in all)
                output.WriteLine($"{one.Name} hears and sees both others after {(await one.Hears(2)).TotalSeconds:0.0} s");
            // Complete, so nobody else comes in without being asked.
            await claire.Sees("#lock:checked");

            await SteadySound(all);
            await OverOtherWindows(lina, claire);
            await Together(world, claire, lina, noah);
            await Pairs(all, claire, lina);
            await Mute(claire, lina, noah);
            await Reconnect(world, all);
            await Attendance(world, lesson, came);
            await Remove(world, lesson, claire, lina, noah);
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>Through two copies, with browsers; each day's class is cut off above, and random steps cut six people off.</summary>
    [Fact(Explicit = true)]
    public async Task who_is_cut_off_comes_back_by_themselves()
    {
        await using var world = await ClassroomWorld.Create("reconnection", copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        var noah = await browser.Person("Noah");
        ClassPage[] all = [claire, lina, noah];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            // Noah comes in through another copy of the service.
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent, copy: 1));
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            foreach (var one in all)
                await one.Hears(2);
            await noah.Click("#hand");
            await claire.SeesText("#people li", "main levée");
            await Reconnect(world, all);
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>The picture of the teacher, in a window that stays over all others.</summary>
    private static async Task OverOtherWindows(ClassPage one, ClassPage teacher)
    {
        if (!await one.Page.EvaluateAsync<bool>("() => document.pictureInPictureEnabled"))
            return;
        await one.Click("#pictureInPicture");
        await one.Page.WaitForFunctionAsync("() => document.pictureInPictureElement?.videoWidth > 0");
        (await one.Page.EvaluateAsync<string>("() => document.pictureInPictureElement.closest('.tile').dataset.id")).ShouldBe(
            await teacher.Page.EvaluateAsync<string>("() => classroom.me")
        );
        await one.Click("#pictureInPicture");
        await one.Page.WaitForFunctionAsync("() => !document.pictureInPictureElement");
    }

    private async Task SteadySound(ClassPage[] all)
    {
        var before = await Task.WhenAll(all.Select(p => p.Received()));
        await Steadily.Do(
            3,
            TimeSpan.FromSeconds(2),
            async _ =>
            {
                var now = await Task.WhenAll(all.Select(p => p.Received()));
                for (var p = 0; p < all.Length; p++)
                    foreach (var stream in now[p].Where(s => s.Participant.Length > 0))
                    {
                        var was = before[p].First(s => s.Participant == stream.Participant && s.Kind == stream.Kind);
                        stream.Packets.ShouldBeGreaterThan(was.Packets, $"{all[p].Name} receives {stream.Kind}");
                        if (stream.Kind == "video")
                            stream.Frames.ShouldBeGreaterThan(was.Frames, $"{all[p].Name} sees");
                        else
                            stream.Energy.ShouldBeGreaterThan(was.Energy);
                    }
                before = now;
            }
        );
        output.WriteLine(
            "six seconds: "
                + string.Join(
                    "; ",
                    before
                        .SelectMany(x => x)
                        .Select(s => $"{s.Kind} {s.Packets:0} packets, {s.Lost:0} lost, {s.Frames:0} frames of width {s.Width:0}")
                )
        );
    }

    private static async Task Together(ClassroomWorld world, ClassPage claire, ClassPage lina, ClassPage noah)
    {
        await lina.Click("#tab-chat");
        await lina.Page.FillAsync("#line", "Bonjour tout le monde");
        await lina.Page.PressAsync("#line", "Enter");
        await noah.Click("#tab-chat");
        await noah.SeesText("#chat li", "Bonjour tout le monde");
        await lina.Page.CheckAsync("#toTeacher");
        await lina.Page.FillAsync("#line", "je n’entends pas bien");
        await lina.Page.PressAsync("#line", "Enter");
        await claire.Click("#tab-chat");
        await claire.SeesText("#chat li", "je n’entends pas bien");
        (await noah.Page.Locator("#chat li").CountAsync()).ShouldBe(1);

        await noah.Click("#hand");
        await claire.Click("#tab-people");
        await claire.SeesText("#people li", "main levée");

        await claire.Click("#tab-poll");
        await claire.Page.FillAsync("#question", "Qui a compris ?");
        await claire.Page.FillAsync("#answers", "Oui\nNon");
        await claire.Page.SelectOptionAsync("#rightAnswer", "Oui");
        await claire.Click("#askPoll button");
        await claire.SeesText("#poll", "Pas encore répondu : Lina, Noah");
        await lina.Page.ClickAsync("#poll button:has-text('Oui')");
        await claire.SeesText("#poll", "Pas encore répondu : Noah");
        await claire.Screenshot(world, "quiz-teacher");
        (await noah.Page.InnerTextAsync("#poll")).ShouldNotContain("bonne réponse");
        await noah.Page.ClickAsync("#poll button:has-text('Non')");
        await claire.SeesText("#poll", "2 réponses");
        await claire.Click("#poll button");
        await lina.SeesText("#poll", "Oui : 1 (bonne réponse, votre réponse)");
        await lina.Screenshot(world, "quiz-pupil");

        await claire.Click("#see-board");
        await noah.Sees("#board:visible");
        var box = (await claire.Page.Locator("#board").BoundingBoxAsync())!;
        await claire.Page.Mouse.MoveAsync(box.X + 60, box.Y + 60);
        await claire.Page.Mouse.DownAsync();
        for (var i = 1; i < 20; i++)
            await claire.Page.Mouse.MoveAsync(box.X + 60 + (i * 15), box.Y + 60 + (float)(30 * Math.Sin(i / 2.0)));
        await claire.Page.Mouse.UpAsync();
        await noah.Page.WaitForFunctionAsync("() => classroom.board?.count === 1");
        await claire.Screenshot(world, "2-board-desktop");

        await claire.Click("#tab-notes");
        await lina.Click("#tab-notes");
        await claire.Writes("Le verbe s’accorde");
        await lina.ReadsInNotes("Le verbe s’accorde");
        await lina.Writes(" avec son sujet", at: "End");
        await claire.Writes("Rappel : ", at: "Home");
        foreach (var one in new[] { claire, lina })
            await one.ReadsInNotes("Rappel : Le verbe s’accorde avec son sujet");
        await lina.Sees("#carets .caret");
        await claire.Click("#see-faces");
        await noah.Page.Locator("#board").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        await claire.Screenshot(world, "3-class-desktop");
        await lina.Click("#tab-people");
        await lina.Screenshot(world, "4-class-phone");
        await claire.Click("#tab-people");
    }

    private static async Task Pairs(ClassPage[] all, ClassPage claire, ClassPage lina)
    {
        // One pair of two pupils: the teacher hears them; when visiting nobody else is shut out.
        await claire.Click("#formPairs");
        await lina.SeesText("#status", "Noah");
        await lina.Hears(2);
        await claire.Click("#endPairs");
        foreach (var one in all)
            await one.Hears(2);
    }

    private static async Task Mute(ClassPage claire, ClassPage lina, ClassPage noah)
    {
        await claire.Click("#people li:has-text('Lina') button:has-text('Couper')");
        await lina.Sees("#mic[aria-pressed=false]");
        var before = await SoundOfLina(noah);
        await Eventually.True(async () =>
        {
            var now = await SoundOfLina(noah);
            var still = now <= before;
            before = now;
            return still;
        });
        await lina.Click("#mic");
        await Eventually.True(async () => await SoundOfLina(noah) > before);
        // A lock cannot be talked round: the server drops what the browser would send.
        await claire.Check("#may-microphone", false);
        await lina.Sees("#mic[aria-pressed=false][disabled]");
        await lina.Page.EvaluateAsync(
            "async () => { await classroom.media.setMic((await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks()[0]); }"
        );
        await Eventually.True(async () =>
        {
            var now = await SoundOfLina(noah);
            var still = now <= before;
            before = now;
            return still;
        });
        await claire.Check("#may-microphone");
        await lina.Page.EvaluateAsync("async () => classroom.media.setMic(null)");
        await lina.Page.Locator("#mic:not([disabled])").WaitForAsync();
        // The lock closed every pupil's microphone; each opens their own again.
        await lina.Click("#mic");
        await noah.Click("#mic");
        await Eventually.True(async () => await SoundOfLina(noah) > before);
    }

    private static async Task<double> SoundOfLina(ClassPage noah)
    {
        var id = await noah.Page.Locator(".tile", new() { HasText = "Lina" }).GetAttributeAsync("data-id");
        var packets = (await noah.Received()).Where(s => s.Participant == id && s.Kind == "audio").Sum(s => s.Energy);
        // Two readings a second apart tell sound from silence.
        await Steadily.Do(1, TimeSpan.FromSeconds(1), _ => Task.CompletedTask);
        return packets;
    }

    private async Task Reconnect(ClassroomWorld world, ClassPage[] all)
    {
        var back = Stopwatch.StartNew();
        await Task.WhenAll(all.Select(p => p.CutSignalling()));
        await Task.WhenAll(all.Select(p => p.Hears(2)));
        output.WriteLine($"after the signalling was cut: back after {back.Elapsed.TotalSeconds:0.0} s");

        world.KillMedia(0);
        await world.StartMedia(0);
        back.Restart();
        await Task.WhenAll(all.Select(p => p.Hears(2)));
        output.WriteLine($"after SIGKILL of the media server: all hear and see one another after {back.Elapsed.TotalSeconds:0.0} s");

        await world.Copies[0].Kill();
        world.Copies[0].Start();
        back.Restart();
        await world.Copies[0].Ready();
        var ready = back.Elapsed;
        await Task.WhenAll(all.Select(p => p.Hears(2)));
        output.WriteLine(
            $"after SIGKILL of our service: ready again after {ready.TotalSeconds:0.0} s, "
                + $"all hear and see one another {(back.Elapsed - ready).TotalSeconds:0.0} s later"
        );
    }

    private static async Task Remove(ClassroomWorld world, Lesson lesson, ClassPage claire, ClassPage lina, ClassPage noah)
    {
        await claire.Click("#people li:has-text('Noah') button:has-text('Faire sortir')");
        await claire.Page.FillAsync("#removeReason", "crie");
        await claire.Screenshot(world, "5-remove-desktop");
        await claire.Click("#removeDialog button[value=remove]");
        await noah.Sees("#out:visible");
        await lina.Hears(1);
        var before = (await noah.Received()).Sum(s => s.Packets);
        (await noah.Received()).Sum(s => s.Packets).ShouldBe(before);
        using var refused = await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", lesson.Pupils[1].Parent);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("\"removed\"");
        await noah.Page.ReloadAsync();
        await noah.Sees("#out:visible");
    }

    private async Task Attendance(ClassroomWorld world, Lesson lesson, DateTimeOffset came)
    {
        var now = TimeProvider.System.GetUtcNow();
        var attendance = await world.Attendance(lesson);
        var lina = attendance.GetProperty("pupils").EnumerateArray().First(p => p.GetProperty("firstName").GetString() == "Lina");
        var stays = lina.GetProperty("stays")
            .EnumerateArray()
            .Select(s =>
                (
                    From: s.GetProperty("from").GetDateTimeOffset(),
                    To: s.GetProperty("to").ValueKind == System.Text.Json.JsonValueKind.Null ? now : s.GetProperty("to").GetDateTimeOffset()
                )
            )
            .ToList();
        var measured = stays.Sum(s => (s.To - s.From).TotalSeconds);
        var expected = (now - came).TotalSeconds;
        output.WriteLine($"attendance of Lina: {measured:0.0} s of {expected:0.0} s since she came, in {stays.Count} stays");
        lina.GetProperty("presentNow").GetBoolean().ShouldBeTrue();
        // Her network was cut for a moment, our service was killed once: the outage of ours does not count against her.
        measured.ShouldBe(expected, 5);
    }
}
