using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Shared notes in real browsers, over two copies of the service.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class NotesTests(ITestOutputHelper output)
{
    private static readonly string[] Sentences =
    [
        "demain je lirai une histoire de pirates",
        "mon ami joue au ballon avec son frère",
        "le verbe s’accorde avec son sujet",
    ];

    [Fact]
    public async Task three_type_at_once_and_every_word_stays_whole()
    {
        await using var world = await ClassroomWorld.Create("notes", mediaServers: 0, copies: 2);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina", "Noah");
        // Without the page's own policy only because axe-core is put into the page by the test.
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var (claire, lina, noah) = (
            await browser.Person("Claire"),
            await browser.Person("Lina", phone: true),
            await browser.Person("Noah")
        );
        ClassPage[] all = [claire, lina, noah];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1), camera: false);
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent, copy: 1), camera: false);
            foreach (var one in all)
            {
                await one.Click("#tab-notes");
                await one.Sees("#notesTools button");
            }

            // A line each, then a letter each 90 ms, all at once, as children type.
            await claire.Writes("\n\n");
            await lina.ReadsInNotes("\n\n");
            await noah.ReadsInNotes("\n\n");
            await Task.WhenAll(all.Select((one, i) => Types(one, i)));
            await Eventually.Is(
                async () => await Task.WhenAll(all.Select(one => one.NotesText())),
                texts =>
                    texts.Distinct(StringComparer.Ordinal).Count() == 1
                    && Sentences.All(s => texts[0].Contains(s, StringComparison.Ordinal)),
                TimeSpan.FromSeconds(30),
                "three pages show one text"
            );
            output.WriteLine(await claire.NotesText());

            // One's own last words are taken back, and nobody else's.
            await noah.Writes(" oups");
            await claire.ReadsInNotes(Join(Sentences) + " oups");
            await lina.Writes("Bonjour. ", at: "Home");
            await noah.ReadsInNotes("Bonjour. " + Join(Sentences) + " oups");
            await noah.Page.Keyboard.PressAsync("Control+z");
            foreach (var one in all)
                await one.ReadsInNotes("Bonjour. " + Join(Sentences));

            // Looks, and a file to keep.
            await claire.Page.FocusAsync("#notes .ql-editor");
            await claire.Page.Keyboard.PressAsync("Control+Home");
            await claire.Page.ClickAsync("#notesTools button:has-text('Titre')");
            await lina.Page.Locator("#notes h2", new() { HasText = "Bonjour" }).WaitForAsync();
            await lina.Sees("#carets .caret:has-text('Claire')");
            var file = await claire.Page.RunAndWaitForDownloadAsync(() =>
                claire.Page.ClickAsync("#notesTools button:has-text('Télécharger')")
            );
            (await File.ReadAllTextAsync(await file.PathAsync())).ShouldContain("mon&nbsp;ami", Case.Sensitive, file.SuggestedFilename);
            foreach (var (one, name) in new[] { (claire, "desktop"), (lina, "phone") })
            {
                await one.Screenshot(world, $"1-notes-{name}");
                await one.Page.ReadsWell(name);
            }

            // Who reads along sees the last line under the pictures; who may not write any more is not left with words of their own.
            await lina.Page.CheckAsync("#captions");
            await lina.SeesText("#caption", "sujet");
            await claire.Click("#tab-people");
            await claire.Check("#may-notes", false);
            await lina.Sees("#notes .ql-editor[aria-readonly=true]");
            (await lina.Page.Locator("#notesTools").IsVisibleAsync()).ShouldBeFalse();

            // Whoever comes back has it all.
            await noah.Page.ReloadAsync();
            await noah.Click("#tab-notes");
            await noah.ReadsInNotes("Bonjour. " + Join(Sentences));
            all.SelectMany(p => p.Log).Where(l => l.Contains("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    private static string Join(string[] lines) => string.Join('\n', lines);

    private static async Task Types(ClassPage one, int line)
    {
        await one.Page.FocusAsync("#notes .ql-editor");
        await one.Page.Keyboard.PressAsync("Control+Home");
        for (var i = 0; i < line; i++)
            await one.Page.Keyboard.PressAsync("ArrowDown");
        await one.Page.Keyboard.TypeAsync(Sentences[line], new() { Delay = 90 });
    }
}
