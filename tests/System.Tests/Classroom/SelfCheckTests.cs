using Shouldly;
using Stages.SystemTests.Portal;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// Days before a class: whether sound will pass on this network, what one's own voice is like, and the page kept for the day.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class SelfCheckTests(ITestOutputHelper output)
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

        var campaign = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var set = await world.Ask(
            HttpMethod.Put,
            $"/api/classroom/campaigns/{campaign}/help",
            "coordinator",
            "c@example.org",
            new { phone = "04 67 00 00 01" }
        );
        set.EnsureSuccessStatusCode();
        var claire = await browser.Person("Claire");
        await claire.Page.GotoAsync(check);
        await Eventually.Is(
            () => claire.Page.Locator("#advice").InnerTextAsync(),
            t => t.Contains("Le son passe bien", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)
        );
        (await claire.Page.IsVisibleAsync("#tellAcademie")).ShouldBeFalse();
        (await claire.Page.IsVisibleAsync("#helpLine")).ShouldBeFalse();
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
        // Who helps then: the coordinators, by a click, and somebody to call.
        (await noah.Page.GetAttributeAsync("#tellAcademie", "href")).ShouldBe("/verification/pannes?pannes=sound");
        await noah.SeesText("#helpLine", "04\u00A067\u00A000\u00A000\u00A001");
        await noah.Screenshot(world, "check-nothing-phone-english");
        await noah.Page.LooksWell("the self-check where nothing passes");

        // The same at the door of a class, and said to a child as to a child.
        var lesson = await world.Publish(-1, 120, "Ines");
        var ines = await browser.Person("Ines", phone: true);
        await ines.Page.AddInitScriptAsync(Without("udp|tcp"));
        await ines.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await ines.SeesText("#helpLine", "04\u00A067\u00A000\u00A000\u00A001");
        (await ines.Page.GetAttributeAsync("#tellAcademie", "href")).ShouldBe("/verification/pannes?pannes=sound");
        await ines.Screenshot(world, "door-nothing-phone");
        await ines.Page.LooksWell("the door where nothing passes");
    }

    [Fact]
    public async Task ones_own_voice_goes_to_the_media_server_and_back_and_what_is_chosen_there_is_used_in_class()
    {
        await using var world = await ClassroomWorld.Create("check-echo", weakNetwork: true);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var lina = await browser.Person("Lina", phone: true);
        await lina.Page.GotoAsync(new Uri(world.Address, "/classroom/check").ToString());
        // Impatient: asked again while the first answer is still on its way.
        await lina.Page.ClickAsync("#again");
        await lina.Page.ClickAsync("#again");
        await lina.SeesText("#advice", "allée au serveur de classe et en est revenue");
        await lina.SeesText("#stored", "a gardé la page de la classe");
        var told = await lina.Page.Locator("#advice li").AllInnerTextsAsync();
        output.WriteLine(string.Join("\n", told));
        told.Distinct().Count().ShouldBe(told.Count);
        told.ShouldContain(line => line.Contains("porte la voix et les images", StringComparison.Ordinal));
        // Nobody's test room stands any longer than it is needed.
        await lina.Page.WaitForFunctionAsync("() => connections.every((c) => c.connectionState === 'closed')");

        await lina.Page.ClickAsync("#deviceChoice summary");
        var other = await lina.Page.Locator("#choose-audioinput option").Last.GetAttributeAsync("value");
        other.ShouldNotBeNullOrEmpty();
        await lina.Screenshot(world, "check-devices-phone");
        await lina.Page.LooksWell("the self-check with its devices");
        world.Shape(150_000, 0);
        await lina.Page.SelectOptionAsync("#choose-audioinput", other);
        await lina.SeesText("#advice li.bad", "kbit/s");
        output.WriteLine(string.Join("\n", await lina.Page.Locator("#advice li").AllInnerTextsAsync()));
        await lina.Screenshot(world, "check-weak-phone");
        world.Shape(0, 0);

        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        var used = await lina.Page.EvaluateAsync<string>("() => localStorage.getItem('device-audioinput')");
        used.ShouldBe(other);

        // Where no test room is, nothing is said of it.
        world.KillMedia(0);
        var noah = await browser.Person("Noah", locale: "en-GB");
        await noah.Page.GotoAsync(new Uri(world.Address, "/classroom/check").ToString());
        await noah.SeesText("#stored", "has kept the class page");
        (await noah.Page.Locator("#advice").InnerTextAsync()).ShouldNotContain("kbit/s");
        await noah.Screenshot(world, "check-desktop-english");
    }

    [Fact]
    public async Task what_is_kept_opens_without_a_network_and_is_mended_when_it_is_old_or_half_written()
    {
        await using var world = await ClassroomWorld.Create("stored-again", mediaServers: 0);
        await using var browser = await ClassBrowser.Start();
        var lina = await browser.Person("Lina");
        var page = lina.Page;
        await page.GotoAsync(new Uri(world.Address, "/classroom/check").ToString());
        await lina.SeesText("#stored", "a gardé la page de la classe");
        var wanted = await page.EvaluateAsync<string[]>("async () => (await fetch('/classroom/files/stored.json')).json()");
        wanted.Length.ShouldBeGreaterThan(5);

        // As a build before this one left it, and a device that was switched off meanwhile: one file too many, half of the others missing.
        await page.EvaluateAsync(
            """
            async () => {
              const store = await caches.open('files');
              await store.put('/classroom/files/class-0ldBu1ld.js', new Response('old'));
              for (const [i, key] of (await store.keys()).entries()) if (i % 2 && !/0ldBu1ld/.test(key.url)) await store.delete(key);
            }
            """
        );
        (await Kept(page)).Length.ShouldBeLessThan(wanted.Length);
        await page.ReloadAsync();
        await lina.SeesText("#stored", "a gardé la page de la classe");
        (await Kept(page)).ShouldBe(wanted, ignoreOrder: true);

        // Not one byte comes over the network for them.
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Network.clearBrowserCache");
        await page.Context.SetOfflineAsync(true);
        var opened = await page.EvaluateAsync<int>(
            """
            async () => {
              const names = (await (await caches.open('files')).keys()).map((r) => r.url);
              const got = await Promise.all(names.map((name) => fetch(name)));
              return got.filter((answer) => answer.ok).length;
            }
            """
        );
        opened.ShouldBe(wanted.Length);
        // What is not kept is not there: the network is truly away.
        (await page.EvaluateAsync<bool>("() => fetch('/classroom/check').then(() => true, () => false)")).ShouldBeFalse();
    }

    private static Task<string[]> Kept(Microsoft.Playwright.IPage page) =>
        page.EvaluateAsync<string[]>("async () => (await (await caches.open('files')).keys()).map((r) => new URL(r.url).pathname)");

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
