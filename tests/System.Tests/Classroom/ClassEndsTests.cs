using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// Leaving and ending as people do it: the teacher who quits leaves nobody alone, and who ends the class ends it for all.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class ClassEndsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task pupils_wait_outside_while_no_adult_is_there_and_a_class_ends_for_everybody()
    {
        var patience = new Dictionary<string, string>(StringComparer.Ordinal) { ["Classroom:WithoutAdult"] = "00:00:03" };
        await using var world = await ClassroomWorld.Create("ends", copies: 2, extra: patience);
        var lesson = await world.Publish(-110, 114.9, "Lina", "Noah");
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        var noah = await browser.Person("Noah", locale: "en-GB");

        try
        {
            await Play(world, lesson, claire, lina, noah);
        }
        catch
        {
            foreach (var one in (ClassPage[])[claire, lina, noah])
                await one.Explain(world, output);
            throw;
        }
    }

    private static async Task Play(ClassroomWorld world, Lesson lesson, ClassPage claire, ClassPage lina, ClassPage noah)
    {
        ClassPage[] pupils = [lina, noah];
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await claire.Sees("#begin:visible");
        await claire.Click("#begin");
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1), camera: false);
        await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false);
        foreach (var page in (ClassPage[])[claire, .. pupils])
            await page.PlaysVoices(2);
        // Less than five minutes are left, which everybody sees.
        await claire.SeesText("#hour", "Fin dans");
        await noah.SeesText("#hour", "Ends in");

        // Who quits is asked, and may stay.
        await claire.Click("#leave");
        await claire.Sees("#leaveDialog[open]");
        await claire.Page.ReadsWell("the end of a class");
        await claire.Screenshot(world, "leave-teacher");
        await claire.Page.Keyboard.PressAsync("Escape");
        await claire.PlaysVoices(2);
        await lina.Click("#leave");
        await lina.Sees("#leaveDialog[open]");
        (await lina.Page.Locator("#endAll").IsVisibleAsync()).ShouldBeFalse();
        await lina.Screenshot(world, "leave-pupil-phone");
        await lina.Click("#leaveDialog button[value=stay]");

        // Without an adult nobody is heard or seen.
        await claire.Click("#leave");
        await claire.Click("#leaveNow");
        await claire.SeesText("#outTitle", "À bientôt");
        await lina.SeesText("#waitingText", "Claire n’est plus là");
        await noah.SeesText("#waitingText", "Claire is not here any more");
        foreach (var pupil in pupils)
            (await pupil.Page.Locator("audio").CountAsync()).ShouldBe(0);
        await lina.Page.ReadsWell("the end of a class");
        await lina.Screenshot(world, "alone-phone");
        var said = await noah.Page.EvaluateAsync<string>("async () => (await classroom.hub.call('Say', 'anybody?', 'all')).code");
        said.ShouldBe("not-now");

        // Back, and on it goes without a click of anybody's else.
        await claire.Click("#again");
        foreach (var page in (ClassPage[])[claire, .. pupils])
            await page.PlaysVoices(2);

        await claire.Click("#leave");
        await claire.Click("#endAll");
        await claire.SeesText("#outTitle", "La classe est terminée");
        await claire.Sees($"#outLinks a[href='/enseignant/stages/{lesson.StageId}']");
        await claire.Sees($"#outLinks a[href='/enseignant/attestation?campagne={lesson.CampaignId}']");
        await claire.Sees($"#outLinks a[href='/enseignant/stages/{lesson.StageId}#signaler']");
        await claire.Screenshot(world, "ended-teacher");
        await lina.SeesText("#outTitle", "La classe est terminée");
        await lina.SeesText("#outNext", "C’était la dernière séance");
        await lina.Sees($"#outLinks a[href='/famille/inscriptions/{lesson.Pupils[0].EnrolmentId}/attestation']");
        await lina.Sees($"#outLinks a[href='/famille/inscriptions/{lesson.Pupils[0].EnrolmentId}#signaler']");
        await lina.Screenshot(world, "ended-phone");
        await noah.SeesText("#outTitle", "The class is over");
        await claire.Page.ReadsWell("the end of a class");
        await lina.Page.ReadsWell("the end of a class");
        foreach (var page in (ClassPage[])[claire, .. pupils])
            (await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        // Whoever comes back waits, until it is opened again.
        await lina.Return(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1));
        await lina.SeesText("#waitingText", "La classe est terminée");
        await lina.Screenshot(world, "after-the-end-phone");
        await claire.Return(await world.Link(lesson, "teacher", lesson.Teacher));
        await claire.Sees("#begin:visible");
        await claire.Click("#begin");
        await lina.PlaysVoices(1);
    }

    [Fact]
    public async Task what_the_timetable_changes_while_a_class_runs_is_seen_in_it()
    {
        await using var world = await ClassroomWorld.Create("timetable", copies: 2);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        var noah = await browser.Person("Noah", phone: true);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
            await claire.Sees("#begin:visible");
            await claire.Click("#begin");
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1), camera: false);
            await claire.PlaysVoices(1);

            // One pupil more, who has a name, and an earlier end, on both copies.
            lesson = await world.Change(lesson, endsInMinutes: 4.5, "Noah");
            await lina.SeesText("#hour", "Fin dans");
            await claire.SeesText("#hour", "Fin dans");
            await noah.Open(await world.Link(lesson, "family", lesson.Pupils[1].Parent, copy: 1), camera: false);
            await noah.SeesText("#waitingTitle", "Bonjour Noah");
            await claire.Reach("#people");
            await claire.Page.Locator("#people li", new() { HasText = "Noah" }).GetByRole(AriaRole.Button).First.ClickAsync();
            await claire.PlaysVoices(2);

            await world.Cancel(lesson);
            foreach (var page in (ClassPage[])[claire, lina, noah])
                await page.SeesText("#outTitle", "La classe est terminée");
        }
        catch
        {
            foreach (var one in (ClassPage[])[claire, lina, noah])
                await one.Explain(world, output);
            throw;
        }
    }
}
