using System.Text;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Files handed out and in, in real browsers over two copies of the service.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class HandedFilesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_lesson_is_handed_out_and_the_work_comes_back()
    {
        await using var world = await ClassroomWorld.Create("files", mediaServers: 0, copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var (claire, lina, noah) = (
            await browser.Person("Claire"),
            await browser.Person("Lina", phone: true),
            await browser.Person("Noah", locale: "en-GB")
        );
        ClassPage[] all = [claire, lina, noah];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
            await claire.SeesText("#people", "Noah");

            await claire.Click("#tab-files");
            await claire.Page.SetInputFilesAsync("#filesFile", Payload("Les verbes.pdf", SamplePdf.Of("Le verbe")));
            await claire.SeesText("#filesState", "est donné");
            await claire.Page.CheckAsync("#filesToSome");
            await claire.Page.CheckAsync("#panel-files .pupils label:has-text('Noah') input");
            await claire.Page.SetInputFilesAsync("#filesFile", Payload("pour Noah.txt", "Bravo"u8.ToArray()));
            await claire.SeesText("#panel-files li", "pour Noah");

            await lina.SeesText("#status", "un fichier", 30);
            await lina.Click("#tab-files");
            await lina.SeesText("#panel-files li", "Les verbes.pdf");
            (await lina.Page.Locator("#panel-files li", new() { HasText = "pour Noah" }).CountAsync()).ShouldBe(0);
            var taken = await lina.Page.RunAndWaitForDownloadAsync(() => lina.Page.ClickAsync("#panel-files li a"));
            taken.SuggestedFilename.ShouldBe("Les verbes.pdf");
            (await File.ReadAllBytesAsync(await taken.PathAsync())).ShouldBe(SamplePdf.Of("Le verbe"));
            lina.Page.Url.ShouldNotContain("handed", customMessage: "the class is not left for it");

            // What it is called does not make a picture of it.
            await lina.Page.SetInputFilesAsync("#filesFile", Payload("dessin.png", [.. "MZ"u8, 0, 1, 2]));
            await lina.SeesText("#filesState", "il faut un PDF");
            // The network breaks while it is sent: it goes on by itself.
            var broken = 2;
            await lina.Page.RouteAsync(
                "**/classroom/handed/*",
                route => route.Request.Method == "POST" && broken-- > 0 ? route.AbortAsync("connectionreset") : route.ContinueAsync()
            );
            await lina.Page.SetInputFilesAsync("#filesFile", Payload("ma rédaction.txt", Encoding.UTF8.GetBytes("Il était une fois")));
            await lina.SeesText("#filesState", "C’est rendu");
            broken.ShouldBe(-1);
            await claire.SeesText("#panel-files li", "ma rédaction.txt");
            await claire.SeesText("#panel-files h3", "Travaux rendus : 1 sur 2");
            await claire.SeesText("#panel-files li:has-text('Noah')", "pas encore rendu");
            await lina.Page.SetInputFilesAsync("#filesFile", Payload("la même, finie.txt", "Il était deux fois"u8.ToArray()));
            await claire.SeesText("#panel-files li", "la même, finie.txt");
            (await claire.Page.Locator("#panel-files li", new() { HasText = "ma rédaction" }).CountAsync()).ShouldBe(0);

            await noah.Click("#tab-files");
            await noah.SeesText("#panel-files li", "pour Noah.txt");
            (await noah.Page.Locator("#panel-files li", new() { HasText = "la même" }).CountAsync()).ShouldBe(0);
            foreach (var (one, name) in all.Zip(["teacher", "pupil-phone", "pupil-english"]))
            {
                await one.Screenshot(world, name);
                await one.Page.ReadsWell(name);
                (await one.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(name);
            }

            // Who comes late, and who works with the keyboard.
            await noah.Return(await world.Link(lesson, "family", lesson.Pupils[1].Parent));
            await noah.Page.Locator("#tab-files .badge:visible").WaitForAsync(new() { Timeout = 40_000 });
            await noah.Page.FocusAsync("#tab-files");
            await noah.Page.Keyboard.PressAsync("Enter");
            await noah.SeesText("#panel-files li", "Les verbes.pdf");
            await noah.HasFocus("#panel-files");
            await noah.Page.Keyboard.PressAsync("Tab");
            await noah.HasFocus("#panel-files li a");
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    private static FilePayload Payload(string name, byte[] content) =>
        new()
        {
            Name = name,
            MimeType = "",
            Buffer = content,
        };
}
