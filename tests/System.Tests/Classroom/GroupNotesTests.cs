using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Notes of small groups, in real browsers and against a client that asks for others' notes, over two copies.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class GroupNotesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_group_writes_for_itself_the_teacher_reads_along_and_keeps_it_for_the_class()
    {
        await using var world = await ClassroomWorld.Create("group-notes", mediaServers: 0, copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah", "Emma", "Hugo");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var (claire, lina, noah) = (
            await browser.Person("Claire"),
            await browser.Person("Lina", phone: true),
            await browser.Person("Noah", locale: "en-GB")
        );
        ClassPage[] all = [claire, lina, noah];
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            using var emma = await Come(2);
            using var hugo = await Come(3);
            await claire.SeesText("#people", "Hugo");
            foreach (var one in all)
            {
                await one.Click("#tab-notes");
                await one.Sees("#notesTools button");
            }
            await claire.Writes("Pour tous");
            await lina.ReadsInNotes("Pour tous");

            await Together(claire, [lina, noah], [emma, hugo]);
            await lina.ReadsInNotes("");
            await lina.Writes("notre secret");
            await noah.ReadsInNotes("notre secret");
            await noah.Page.Locator("#notesBook").WaitForAsync();
            // Nobody else's page hears of it, and who asks for it is refused.
            emma.Heard("groupNoted").ShouldBeEmpty();
            foreach (var stranger in new[] { emma, hugo })
            {
                await Refused(stranger, "not-permitted", "ReadGroupNotes", 1, 0, 0);
                await Refused(stranger, "not-permitted", "WriteGroupNotes", 1, 0, "AAA=");
                await Refused(stranger, "not-permitted", "PointInGroupNotes", 1, 0, "{}");
                await Refused(stranger, "teacher-only", "KeepGroupNotes", 1, 0, 1, "AAA=");
                await Refused(stranger, "not-valid", "ReadGroupNotes", 2, 0, 0);
            }
            (await emma.Call("WriteGroupNotes", 1, 1, "AAA=")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await Eventually.True(() => Task.FromResult(hugo.Heard("groupNoted").Count == 1));

            // The teacher comes by, reads, and writes along.
            await claire.ReadsInNotes("Pour tous");
            await claire.Page.EvaluateAsync("() => classroom.hub.call('Visit', 0)");
            await claire.ReadsInNotes("notre secret");
            await claire.Writes(" bien gardé");
            await lina.ReadsInNotes("notre secret bien gardé");
            foreach (var (one, name) in all.Zip(["teacher", "pupil-phone", "pupil-english"]))
            {
                await one.Screenshot(world, name);
                await one.Page.ReadsWell(name);
            }

            // What was typed a moment before the end is not lost, nor is what another group has.
            await claire.Page.EvaluateAsync("() => classroom.hub.call('EndPairs')");
            foreach (var one in new[] { claire, lina, noah })
                await one.ReadsInNotes("Pour tous");
            (await lina.Page.Locator("#notesBook").IsVisibleAsync()).ShouldBeFalse();
            await Refused(hugo, "not-permitted", "ReadGroupNotes", 1, 1, 0);
            await claire.Page.SelectOptionAsync("#notesBook", "1/0");
            await claire.ReadsInNotes("notre secret bien gardé");
            await claire.Sees("#notes .ql-editor[aria-readonly=true]");
            await claire.Screenshot(world, "teacher-afterwards");
            await claire.Click("#notesCopy");
            await Eventually.Is(
                lina.NotesText,
                now =>
                    now.StartsWith("Pour tous\nGroupe 1", StringComparison.Ordinal)
                    && now.TrimEnd().EndsWith("notre secret bien gardé", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30),
                "the class reads what the group wrote"
            );

            // Drawn anew, the same number is other notes.
            await Together(claire, [emma, noah], [lina, hugo]);
            await noah.ReadsInNotes("");
            await Refused(emma, "not-permitted", "ReadGroupNotes", 1, 0, 0);
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }

        async Task<SignallingClient> Come(int pupil) =>
            await SignallingClient.Enter(
                http,
                world.Address,
                lesson.ModuleId,
                await world.Link(lesson, "family", lesson.Pupils[pupil].Parent)
            );
    }

    private static async Task Refused(SignallingClient who, string code, string act, params object?[] values) =>
        (await who.Call(act, values)).GetProperty("code").GetString().ShouldBe(code, act);

    /// <summary>Drawn by lot, and then as the test wants them.</summary>
    private static async Task Together(ClassPage teacher, object[] first, object[] second)
    {
        await teacher.Page.EvaluateAsync("() => classroom.hub.call('FormGroups', 2)");
        foreach (var (group, i) in new[] { first, second }.Select((g, i) => (g, i)))
        foreach (var one in group)
        {
            var id = one is ClassPage page
                ? await page.Page.EvaluateAsync<string>("() => classroom.me")
                : ((SignallingClient)one).ParticipantId.ToString();
            await teacher.Page.EvaluateAsync("([id, i]) => classroom.hub.call('MoveToGroup', id, i)", new object[] { id, i });
        }
    }
}
