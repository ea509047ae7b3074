using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// Days before a class: whether sound will pass on this network, what one's own voice is like, and the page kept for the day.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class SelfCheckTests
{
    /// <summary>The relay's address over UDP becomes one at which nobody answers; over TCP too where nothing is to pass.</summary>
    private static string Without(string transports) =>
        $$"""
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(c) {
                const dead = (url) => (/transport=({{transports}})/.test(url) ? url.replace(/:\d+\?/, ':9?') : url);
                super({ ...c, iceServers: c?.iceServers?.map((s) => ({ ...s, urls: [s.urls].flat().map(dead) })) });
              }
            };
            """;

    [Fact]
    public async Task the_check_tells_by_which_way_sound_passes_and_lets_one_hear_oneself()
    {
        await using var world = await ClassroomWorld.Create("check", relay: true);
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var check = new Uri(world.Address, "/classroom/check").ToString();

        var claire = await browser.Person("Claire");
        await claire.Page.GotoAsync(check);
        await Eventually.Is(
            () => claire.Page.Locator("#advice").InnerTextAsync(),
            t => t.Contains("Le son passe bien", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)
        );
        await claire.Page.ClickAsync("#playVoice");
        await claire.SeesText("#voiceState", "Parlez");
        await claire.SeesText("#voiceState", "Voici votre voix");
        await claire.SeesText("#voiceState", "Vous ne vous êtes pas entendu");
        await claire.Screenshot(world, "check-desktop");
        await claire.Page.LooksWell("the self-check");

        var lina = await browser.Person("Lina", phone: true);
        await lina.Page.AddInitScriptAsync(Without("udp"));
        await lina.Page.GotoAsync(check);
        await lina.SeesText("#advice li.bad", "bloque le chemin le plus rapide du son");
        await lina.Screenshot(world, "check-relay-phone");

        var noah = await browser.Person("Noah", phone: true, locale: "en-GB");
        await noah.Page.AddInitScriptAsync(Without("udp|tcp"));
        await noah.Page.GotoAsync(check);
        await noah.SeesText("#advice li.bad", "does not get through this network");
        await noah.Screenshot(world, "check-nothing-phone-english");
        await noah.Page.LooksWell("the self-check where nothing passes");
    }

    [Fact]
    public async Task who_has_made_the_check_loads_none_of_the_pages_files_on_the_day()
    {
        await using var world = await ClassroomWorld.Create("stored", mediaServers: 0);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var lina = await browser.Person("Lina", phone: true);
        await lina.Page.GotoAsync(new Uri(world.Address, "/classroom/check").ToString());
        await lina.SeesText("#stored", "a gardé la page de la classe");

        // The browser's own store is emptied: what is there still is what the check has kept.
        var devTools = await lina.Page.Context.NewCDPSessionAsync(lina.Page);
        await devTools.SendAsync("Network.clearBrowserCache");
        await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await lina.Sees("#enter");
        var loaded = await lina.Page.EvaluateAsync<string[]>(
            """
            () => performance.getEntriesByType('resource')
              .filter((e) => /\.(js|css)$/.test(e.name)).map((e) => `${e.name.split('/').at(-1)} ${e.transferSize}`)
            """
        );
        loaded.ShouldNotBeEmpty();
        loaded.ShouldAllBe(file => file.EndsWith(" 0", StringComparison.Ordinal));
        // Of what is anybody's nothing was kept.
        var kept = await lina.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
              return (await Promise.all(stores.map((store) => store.keys()))).flat().map((r) => r.url);
            }
            """
        );
        kept.ShouldAllBe(url => url.StartsWith(new Uri(world.Address, "/classroom/files/").ToString(), StringComparison.Ordinal));
        kept.ShouldNotContain(url => url.Contains(".html", StringComparison.Ordinal));
    }
}
