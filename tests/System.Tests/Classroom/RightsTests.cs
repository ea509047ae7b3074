using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A second adult who visits leads the class when its teacher gives them the rights to, over two copies of the service.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class RightsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_visitor_leads_the_class_while_the_teacher_lets_them()
    {
        await using var world = await ClassroomWorld.Create("rights", mediaServers: 0, copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var (claire, camille) = (await browser.Person("Claire"), await browser.Person("Camille"));
        ClassPage[] all = [claire, camille];
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            using var lina = await SignallingClient.Enter(
                http,
                world.Address,
                lesson.ModuleId,
                await world.Link(lesson, "family", lesson.Pupils[0].Parent)
            );
            await camille.Open(await world.Link(lesson, "coordinator", "c@example.org", copy: 1), camera: false);
            await camille.SeesText("#people", "Lina");
            (await camille.Page.Locator("#myClass").IsVisibleAsync()).ShouldBeFalse();
            (await Try(camille, "CallEyes")).ShouldBe("teacher-only");
            (await Try(camille, "GiveRights", await Id(camille), true)).ShouldBe("teacher-only");
            (await lina.Call("GiveRights", lina.ParticipantId, true)).GetProperty("code").GetString().ShouldBe("teacher-only");

            await claire.Click("#people button:has-text('Donner les droits')");
            await camille.SeesText("#status", "vous donne ses droits");
            await camille.Sees("#myClass:visible");
            await claire.SeesText("#people li", "droits d’enseignant");
            foreach (var (one, name) in all.Zip(["teacher", "visitor"]))
            {
                await one.Screenshot(world, name);
                await one.Page.ReadsWell(name);
            }
            // What a teacher does at the desk and at the door, and what a child says to the teacher alone.
            await camille.Click("#see-board");
            await claire.Sees("#board:visible");
            (await Try(camille, "Mute", lina.ParticipantId, "audio")).ShouldBeNull();
            (await Try(camille, "Lock", true)).ShouldBeNull();
            (await Try(camille, "GiveRights", lina.ParticipantId, true)).ShouldBe("teacher-only");
            await lina.Call("Say", "au secours", "teacher");
            await camille.SeesText("#chat li", "au secours");
            (await Try(camille, "AskToRecord")).ShouldBe("teacher-only");

            // They are theirs after a reload as well, until they are taken back.
            await camille.Page.ReloadAsync();
            await camille.Sees("#myClass:visible");
            await claire.Click("#people button:has-text('Reprendre les droits')");
            await camille.SeesText("#status", "plus les droits");
            (await camille.Page.Locator("#myClass").IsVisibleAsync()).ShouldBeFalse();
            (await Try(camille, "Lock", false)).ShouldBe("teacher-only");
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    private static Task<string> Id(ClassPage one) => one.Page.EvaluateAsync<string>("() => classroom.me");

    /// <summary>The code of the refusal, or null.</summary>
    private static async Task<string?> Try(ClassPage one, string act, params object[] values)
    {
        var reply = await one.Page.EvaluateAsync<JsonElement>(
            "([act, values]) => classroom.hub.call(act, ...values)",
            new object[] { act, values }
        );
        return reply.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
