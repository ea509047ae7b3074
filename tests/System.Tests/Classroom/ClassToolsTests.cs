using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Documents, blurred background, recording; and the page itself: by keyboard alone, for axe, on a telephone and a desk.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ClassToolsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_class_reads_a_document_softens_a_room_and_records_only_when_all_agree()
    {
        await using var world = await ClassroomWorld.Create("tools");
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        await AllowRecording(world, lesson);
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        ClassPage[] all = [claire, lina];
        try
        {
            await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Page.Locator("#advice li").Nth(2).WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            // Asked at the door already, since this campaign allows it; not answered there.
            await lina.Sees("#recordDoor:visible");
            await Look(world, lina, "1-check-phone");
            await lina.Page.CheckAsync("#wantCam");
            await lina.Page.CheckAsync("#wantBlur");
            await lina.Sees("#blurNote:visible");
            await lina.Click("#enter");
            await lina.Sees("#waiting:visible");
            await Look(world, lina, "2-waiting-phone");
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await claire.Hears(1);
            await lina.Hears(1);

            await Blur(world, claire, lina);
            await Document(world, claire, lina);
            await Record(world, lesson, claire, lina);
            foreach (var (tab, i) in new[] { "people", "chat", "notes", "documents", "poll" }.Select((t, i) => (t, i)))
            {
                await claire.Click("#tab-" + tab);
                await Look(world, claire, $"9-{i}-{tab}-desktop");
            }
            foreach (var tab in new[] { "chat", "notes", "people" })
            {
                await lina.Click("#tab-" + tab);
                await Look(world, lina, $"9-{tab}-phone");
            }
            await claire.Click("#see-board");
            await Look(world, claire, "9-board-desktop");
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>A teacher who never touches the mouse opens the class, writes, asks, turns pages and sends somebody out.</summary>
    [Fact]
    public async Task a_class_is_led_by_keyboard_alone()
    {
        await using var world = await ClassroomWorld.Create("keyboard");
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var lina = await SignallingClient.Enter(
            http,
            world.Address,
            lesson.ModuleId,
            await world.Link(lesson, "family", lesson.Pupils[0].Parent)
        );
        await claire.Page.GotoAsync(await world.Link(lesson, "teacher", lesson.Teacher));
        await claire.Page.Locator("#advice li").Nth(2).WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        // No sign of a recording anywhere, in a campaign that does not allow it.
        (await claire.Page.Locator("#recordDoor").IsVisibleAsync()).ShouldBeFalse();
        await To(claire, "#enter");
        await claire.Page.Keyboard.PressAsync("Enter");
        await claire.SeesText("#people", "Lina");
        (await claire.Page.Locator("#recordBox").IsVisibleAsync()).ShouldBeFalse();
        await To(claire, "#begin");
        await claire.Page.Keyboard.PressAsync("Enter");
        await lina.Admitted.WaitAsync(TimeSpan.FromSeconds(20));

        await To(claire, "#tab-chat");
        await claire.Page.Keyboard.PressAsync("Enter");
        await To(claire, "#line");
        await claire.Page.Keyboard.TypeAsync("Bonjour Lina");
        await claire.Page.Keyboard.PressAsync("Enter");
        await claire.SeesText("#chat li", "Bonjour Lina");

        await To(claire, "#myClass");
        await claire.Page.Keyboard.PressAsync("Enter");
        await To(claire, "#lock");
        var locked = await claire.Page.IsCheckedAsync("#lock");
        await claire.Page.Keyboard.PressAsync("Space");
        await Eventually.True(async () => await claire.Page.IsCheckedAsync("#lock") != locked);
        await claire.Page.Keyboard.PressAsync("Escape");
        await claire.HasFocus("#myClass");
        await To(claire, "#tab-people");
        await claire.Page.Keyboard.PressAsync("Enter");
        await To(claire, "#people button:has-text('Faire sortir')");
        // What others do meanwhile takes nobody's place on the page away: the list is drawn anew by each of these.
        await lina.Call("RaiseHand", true);
        await claire.SeesText("#people li", "main levée");
        await claire.HasFocus("#people button:has-text('Faire sortir')");
        await lina.Call("RaiseHand", false);
        await claire.Page.Locator("#people button:has-text('Baisser')").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await claire.HasFocus("#people button:has-text('Faire sortir')");
        await claire.Page.Keyboard.PressAsync("Enter");
        await claire.Sees("#removeDialog[open]");
        await claire.Page.Keyboard.PressAsync("Escape");
        await claire.Page.Locator("#removeDialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        lina.Closed.IsCompleted.ShouldBeFalse("Escape sends nobody out");
        await To(claire, "#closePanel");
        await claire.Page.Keyboard.PressAsync("Enter");
        await claire.HasFocus("#tab-people");
        await To(claire, "#see-board");
        await claire.Page.Keyboard.PressAsync("Space");
        await claire.Sees("#board:visible");
        await claire.HasFocus("#see-board");

        // The model behind the blurred background runs under the page's own policy; how well is a matter of the device.
        (
            await claire.Page.EvaluateAsync<int>(
                """
                async () => {
                  const { load } = await classroom.blur();
                  const picture = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
                  picture.getContext('2d').fillRect(0, 0, 64, 36);
                  return (await (await load())(picture)).width;
                }
                """
            )
        ).ShouldBeGreaterThan(0);
    }

    /// <summary>Tabs forward until the element has the focus, which must be seen there.</summary>
    private static async Task To(ClassPage one, string selector)
    {
        var wanted = one.Page.Locator(selector).First;
        for (var i = 0; i < 80; i++)
        {
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                (await wanted.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle")).ShouldNotBe(
                    "none",
                    $"{selector} shows that it has the focus"
                );
                return;
            }
            await one.Page.Keyboard.PressAsync("Tab");
        }
        throw new ShouldAssertException($"{selector} is not reached by the Tab key");
    }

    private async Task Look(ClassroomWorld world, ClassPage one, string name)
    {
        await one.Screenshot(world, name);
        await one.Page.ReadsWell(name);
        (await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(
            $"{name} scrolls sideways"
        );
    }

    /// <summary>The sharpest edge in the picture that goes out: the largest step between two neighbouring points, of 255.</summary>
    private static Task<double> Sharpness(ClassPage one) =>
        one.Page.EvaluateAsync<double>(
            """
            async () => {
              const video = document.createElement('video');
              video.muted = true;
              video.srcObject = new MediaStream([classroom.media.camera]);
              await video.play();
              const x = new OffscreenCanvas(320, 180).getContext('2d');
              x.drawImage(video, 0, 0, 320, 180);
              const d = x.getImageData(0, 0, 320, 180).data;
              let sharpest = 0;
              for (let i = 4; i < d.length; i += 4) if ((i / 4) % 320) sharpest = Math.max(sharpest, Math.abs(d[i + 1] - d[i - 3]));
              return sharpest;
            }
            """
        );

    private async Task Blur(ClassroomWorld world, ClassPage claire, ClassPage lina)
    {
        var soft = await Sharpness(lina);
        var sharp = await Sharpness(claire);
        output.WriteLine(
            $"sharpest edge of what is sent: {sharp:0} of 255 without, {soft:0} with the blur "
                + $"({await lina.Page.EvaluateAsync<string>("() => classroom.media.camera.blur.kind")})"
        );
        soft.ShouldBeLessThan(sharp / 2);
        await claire.Screenshot(world, "3-blurred-desktop");
        await claire.Click("#blur");
        await claire.Sees("#blur[aria-pressed=true]");
        await Eventually.True(async () => await Sharpness(claire) < sharp / 2);
        await lina.Hears(1);
        await claire.Click("#blur");
        await claire.Sees("#blur[aria-pressed=false]");
        await Eventually.True(async () => await Sharpness(claire) > sharp / 2);
    }

    private async Task Document(ClassroomWorld world, ClassPage claire, ClassPage lina)
    {
        (
            await lina.Page.EvaluateAsync<int>(
                "() => performance.getEntriesByType('resource').filter(r => /pdf|send-/.test(r.name)).length"
            )
        ).ShouldBe(0);
        await claire.Click("#tab-documents");
        await claire.Page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = "photo.pdf",
                MimeType = "application/pdf",
                Buffer = "GIF89a no document at all"u8.ToArray(),
            }
        );
        await claire.SeesText("#fileState", "pas un PDF");
        await claire.Page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = "Les verbes.pdf",
                MimeType = "application/pdf",
                Buffer = SamplePdf.Of("Le verbe", "Le sujet", "Exercices"),
            }
        );
        await claire.SeesText("#documents li", "Les verbes", 90);
        await lina.SeesText("#pageNumber", "Page 1 sur 3");
        (await lina.Page.Locator("#nextPage").IsVisibleAsync()).ShouldBeFalse();
        await Drawn(lina);
        (await lina.Page.TextContentAsync("#pageWords")).ShouldBe("Le verbe");
        await claire.Click("#nextPage");
        await lina.SeesText("#pageNumber", "Page 2 sur 3");
        await lina.SeesText("#pageWords", "Le sujet");
        await claire.Page.FocusAsync("#pageView");
        await claire.Page.Keyboard.PressAsync("PageDown");
        await lina.SeesText("#pageWords", "Exercices");
        await Drawn(lina);
        // What is written on a page goes with that page.
        await claire.Click("#writeOnPage");
        var page = (await claire.Page.Locator("#pageInk").BoundingBoxAsync())!;
        await claire.Page.Mouse.MoveAsync(page.X + 50, page.Y + 50);
        await claire.Page.Mouse.DownAsync();
        await claire.Page.Mouse.MoveAsync(page.X + 150, page.Y + 90, new() { Steps = 5 });
        await claire.Page.Mouse.UpAsync();
        await lina.Sees("#pageInk[aria-label*='1 élément']");
        await claire.Click("#previousPage");
        await lina.Sees("#pageInk[aria-label*='rien encore']");
        await claire.Click("#nextPage");
        await lina.Sees("#pageInk[aria-label*='1 élément']");
        await lina.Click("#pageLarger");
        await Look(world, lina, "4-document-phone");
        await Look(world, claire, "4-document-desktop");
        // Who comes back sees the page that is shown, and needs no reader for it.
        await lina.CutSignalling();
        await lina.SeesText("#pageNumber", "Page 3 sur 3");
        (
            await lina.Page.EvaluateAsync<int>(
                "() => performance.getEntriesByType('resource').filter(r => /pdf|send-/.test(r.name)).length"
            )
        ).ShouldBe(0);
        await claire.Click("#closePage");
        await lina.Page.Locator("#pagePane").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    /// <summary>There is ink on the page.</summary>
    private static Task Drawn(ClassPage one) =>
        Eventually.True(() =>
            one.Page.EvaluateAsync<bool>(
                """
                () => {
                  const page = document.querySelector('#page');
                  if (!page.naturalWidth) return false;
                  const x = new OffscreenCanvas(200, 280).getContext('2d');
                  x.drawImage(page, 0, 0, 200, 280);
                  const d = x.getImageData(0, 0, 200, 280).data;
                  let dark = 0;
                  for (let i = 0; i < d.length; i += 4) if (d[i] < 128) dark++;
                  return dark > 20 && dark < 20000;
                }
                """
            )
        );

    private async Task Record(ClassroomWorld world, Lesson lesson, ClassPage claire, ClassPage lina)
    {
        await claire.Click("#tab-people");
        await claire.Click("#record");
        await lina.Sees("#recordDialog[open]");
        // A child alone cannot agree.
        (await lina.Page.IsDisabledAsync("#recordYes")).ShouldBeTrue();
        await Look(world, lina, "5-consent-phone");
        await lina.Page.ClickAsync("#recordDialog button[value=no]");
        await claire.SeesText("#people li", "enregistrement : non");
        (await claire.Page.IsDisabledAsync("#record")).ShouldBeTrue();
        (await claire.Page.EvaluateAsync<JsonElement>("() => classroom.hub.call('StartRecording')"))
            .GetProperty("code")
            .GetString()
            .ShouldBe("not-everyone-agrees");

        await lina.Click("#recordMine");
        await lina.Page.CheckAsync("#guardian");
        await lina.Click("#recordYes");
        await claire.Page.Locator("#record:not([disabled])").WaitForAsync();
        await claire.Click("#record");
        foreach (var one in new[] { claire, lina })
            await one.Sees("#recording:visible");
        await Look(world, lina, "6-recorded-phone");
        await Look(world, claire, "6-recorded-desktop");
        var recording = await Eventually.Is(
            () => Recordings(world, lesson),
            r => r.GetArrayLength() == 1 && r[0].GetProperty("bytes").GetInt64() > 20_000,
            TimeSpan.FromSeconds(60),
            "pieces of the recording are kept"
        );

        // Taken back: it stops for all, and the server takes no further piece, whatever the teacher's page sends.
        await lina.Click("#recordMine");
        await claire.Page.Locator("#recording").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        var id = recording[0].GetProperty("id").GetString();
        (
            await claire.Page.EvaluateAsync<int>(
                $$"""
                async () => {
                  const seat = JSON.parse(sessionStorage.getItem('class-{{lesson.ModuleId}}')).participantId;
                  const address = '/classroom/recordings/{{id}}/999?module={{lesson.ModuleId}}&seat=' + seat;
                  return (await fetch(address, { method: 'POST', body: 'x' })).status;
                }
                """
            )
        ).ShouldBe((int)HttpStatusCode.Conflict);
        using var film = await world.Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/recordings/{id}", "teacher", lesson.Teacher);
        film.Content.Headers.ContentType!.MediaType.ShouldBe("video/webm");
        var bytes = await film.Content.ReadAsByteArrayAsync();
        bytes[..4].ShouldBe([0x1A, 0x45, 0xDF, 0xA3]);
        await File.WriteAllBytesAsync(Path.Combine(world.Artifacts, "recording.webm"), bytes);
        output.WriteLine($"recorded: {bytes.Length / 1024} KiB of WebM");
        (
            await world.Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/recordings/{id}", "family", lesson.Pupils[0].Parent)
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (
            await world.Ask(HttpMethod.Delete, $"/api/modules/{lesson.ModuleId}/recordings/{id}", "teacher", lesson.Teacher)
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Recordings(world, lesson)).GetArrayLength().ShouldBe(0);
    }

    private static async Task<JsonElement> Recordings(ClassroomWorld world, Lesson lesson)
    {
        using var answer = await world.Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/recordings", "teacher", lesson.Teacher);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
    }

    private static async Task AllowRecording(ClassroomWorld world, Lesson lesson) =>
        (
            await world.Ask(
                HttpMethod.Put,
                $"/api/classroom/campaigns/{lesson.CampaignId}/recording",
                "coordinator",
                "c@example.org",
                new { allowed = true, keptDays = 3 }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
}
