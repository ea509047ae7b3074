using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Formulas in messages and notes, in real browsers and under the page's own policy.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class MathsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task what_stands_between_two_signs_is_read_as_a_formula()
    {
        await using var world = await ClassroomWorld.Create("maths", mediaServers: 0);
        var lesson = await world.Publish(startsInMinutes: -1, lastsMinutes: 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var (claire, lina) = (await browser.Person("Claire"), await browser.Person("Lina", phone: true));
        ClassPage[] all = [claire, lina];
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
            await claire.SeesText("#people", "Lina");

            await Says(claire, "Le cahier coûte 5 $ et le stylo 2 $");
            await lina.SeesText("#chat li", "coûte 5 $ et");
            foreach (var one in all)
                (await Loaded(one)).ShouldBe(0, "nobody loads what nobody wrote");
            await Says(claire, "Combien font $\\frac{1}{2} + \\frac{1}{4}$ ?");
            await lina.Click("#tab-chat");
            await lina.Page.Locator("#chat li math mfrac").Nth(1).WaitForAsync();
            (await lina.Page.Locator("#chat li:has(math)").InnerTextAsync()).ShouldContain("Combien font");
            (await lina.Page.Locator("#chat math mfrac").First.BoundingBoxAsync())!.Height.ShouldBeGreaterThan(
                20,
                "drawn, and not written"
            );

            // Whatever somebody writes stays where it was written.
            string[] hostile =
            [
                "$\\text{<img src=x onerror=alert(1)>}$",
                "$\\href{javascript:alert(1)}{x}$",
                "$\\raisebox{100em}{\\rule{100em}{100em}}$",
                "$\\def\\a{\\a\\a}\\a$",
                $"${new string('{', 140)}{new string('}', 140)}$",
                "$\\frac{$",
            ];
            foreach (var line in hostile)
                await Says(claire, line);
            await lina.SeesText("#chat li", "$\\frac{$");
            (await lina.Page.Locator("#chat img, #chat a, #chat [style]").CountAsync()).ShouldBe(0);
            (await lina.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

            // Who does not know how finds it, with the keyboard too.
            await lina.Page.FocusAsync("#maths");
            await lina.Page.Keyboard.PressAsync("Enter");
            await lina.Sees("#mathsDialog[open] math");
            await lina.Screenshot(world, "help-phone");
            await lina.Page.ClickAsync("#mathsDialog button[aria-label*='racine']");
            await Eventually.Is(() => lina.Page.InputValueAsync("#line"), line => line == "$\\sqrt{2}$");
            await lina.HasFocus("#line");
            await lina.Page.Keyboard.PressAsync("Enter");
            await claire.Page.Locator("#chat math msqrt").WaitForAsync();
            await lina.Screenshot(world, "chat-phone");

            foreach (var one in all)
            {
                await one.Click("#tab-notes");
                await one.Sees("#notesTools button");
            }
            await claire.Writes("Pythagore : $a^2+b^2=c^2$ voilà");
            foreach (var one in all)
            {
                await one.Page.Locator("#notes .formula math msup").Nth(2).WaitForAsync();
                await one.ReadsInNotes("Pythagore : " + await one.Page.Locator("#notes .formula").TextContentAsync() + " voilà");
            }
            await claire.Screenshot(world, "notes-desktop");
            // A click makes it text again, for all; it is one once more when one has written on.
            await claire.Page.Locator("#notes .formula math").ClickAsync();
            await lina.ReadsInNotes("Pythagore : $a^2+b^2=c^2$ voilà");
            await claire.Page.Keyboard.TypeAsync("+0");
            await claire.Page.FocusAsync("#tab-notes");
            await lina.Page.Locator("#notes .formula math mn:has-text('0')").WaitForAsync();

            all.SelectMany(p => p.Log)
                .Where(l =>
                    l.Contains("ERROR", StringComparison.Ordinal) || l.Contains("Content Security Policy", StringComparison.Ordinal)
                )
                .ShouldBeEmpty();
        }
        catch
        {
            foreach (var one in all)
                await one.Explain(world, output);
            throw;
        }
    }

    private static async Task Says(ClassPage one, string text)
    {
        await one.Click("#tab-chat");
        await one.Page.FillAsync("#line", text);
        await one.Page.PressAsync("#line", "Enter");
        await Eventually.Is(() => one.Page.InputValueAsync("#line"), left => left.Length == 0);
    }

    /// <summary>How many of the files with which formulas are drawn.</summary>
    private static Task<int> Loaded(ClassPage one) =>
        one.Page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').filter((r) => /\\/(show|help)-/.test(r.name)).length");
}
