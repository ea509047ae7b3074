using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A school's network that lets no WebSocket through still gives a class, over several copies of the service.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class BlockedNetworkTests(ITestOutputHelper output)
{
    [Fact]
    public async Task who_is_let_no_websocket_through_is_in_class_by_requests()
    {
        await using var world = await ClassroomWorld.Create("blocked", copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        await using var portal = await Gateway(world);
        // Some networks refuse a WebSocket, others swallow it: nothing listens at the first address, nobody answers at the second.
        using var swallows = new TcpListener(IPAddress.Loopback, 0);
        swallows.Start();
        await using var browser = await ClassBrowser.Start();
        var (claire, lina, noah) = (
            await browser.Person("Claire"),
            await browser.Person("Lina", phone: true),
            await browser.Person("Noah")
        );
        ClassPage[] all = [claire, lina, noah];
        await Block(lina, ServiceProcess.FreePort());
        await Block(noah, ((IPEndPoint)swallows.LocalEndpoint).Port);
        try
        {
            await lina.Page.GotoAsync(new Uri(portal.Address, "/classroom/check").ToString());
            await lina.SeesText("#advice li.bad", "bloque les liaisons directes");
            await lina.Screenshot(world, "check-phone");

            await claire.Open(await Link("teacher", lesson.Teacher), camera: false);
            await lina.Open(await Link("family", lesson.Pupils[0].Parent), camera: false);
            await noah.Open(await Link("family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Lina");
            await claire.SeesText("#people", "Noah");
            await claire.Click("#begin");
            foreach (var one in all)
                await one.PlaysVoices(2);
            (await Way(claire)).ShouldBe("socket");
            (await Way(lina)).ShouldBe("requests");
            (await Way(noah)).ShouldBe("requests");
            await Says(claire, "Bonjour à tous", all);
            await Says(lina, "Je suis là", all);

            // A copy that dies takes nobody's class away: whoever was on it comes back through the other one.
            await world.Copies[0].Kill();
            await Eventually.True(async () => (await Task.WhenAll(all.Select(Open))).All(open => open));
            await Says(noah, "Moi aussi", all);
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }

        async Task<string> Link(string role, string email) =>
            (await world.Link(lesson, role, email)).Replace(world.Address.Authority, portal.Address.Authority, StringComparison.Ordinal);
    }

    private static async Task<ServiceProcess> Gateway(ClassroomWorld world)
    {
        var settings = new Dictionary<string, string>(world.Realm.Settings, StringComparer.Ordinal);
        foreach (var service in new[] { "Enrolment", "Scheduling", "Notification", "Classroom" })
            settings[$"Services:{service}"] = world.Address.ToString().TrimEnd('/');
        settings["Copies:Classroom"] = string.Join(';', world.Copies.Select(c => c.Address.ToString().TrimEnd('/')));
        settings["Services:Portal"] = "http://localhost";
        var portal = new ServiceProcess("services/Portal", "Stages.Portal", settings, world.Artifacts);
        portal.Start();
        await portal.Ready(TimeSpan.FromSeconds(120));
        return portal;
    }

    /// <summary>Every WebSocket of this person goes there instead.</summary>
    private static Task Block(ClassPage one, int port) =>
        one.Page.AddInitScriptAsync(
            $"window.WebSocket = class extends WebSocket {{ constructor() {{ super('ws://127.0.0.1:{port}/'); }} }};"
        );

    private static Task<string> Way(ClassPage one) => one.Page.EvaluateAsync<string>("() => classroom.hub.way");

    private static Task<bool> Open(ClassPage one) => one.Page.EvaluateAsync<bool>("() => classroom.hub.isOpen");

    private static async Task Says(ClassPage one, string text, ClassPage[] all)
    {
        await one.Click("#tab-chat");
        await one.Page.FillAsync("#line", text);
        // What could not be said stays in its field, to be sent again: a connection may just be breaking.
        await Eventually.True(async () =>
        {
            await one.Page.PressAsync("#line", "Enter");
            return (await one.Page.InputValueAsync("#line")).Length == 0;
        });
        foreach (var other in all)
            await other
                .Page.Locator("#chat li", new() { HasText = text })
                .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
