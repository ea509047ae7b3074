using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A pupil reports somebody from the class page, by keyboard, on a telephone; the coordinator reads it.</summary>
public sealed class ReportFromClassTests
{
    [Fact]
    public async Task a_pupil_reports_from_the_class_page_and_the_coordinator_reads_it()
    {
        await using var world = await ClassroomWorld.Create("report");
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start(bypassPolicy: true);
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await claire.Sees("#begin:visible");
        await claire.Click("#begin");
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
        await lina.SeesText("#people", "Claire");

        await lina.Reach("#report");
        await lina.Page.FocusAsync("#report");
        await lina.Page.Keyboard.PressAsync("Enter");
        await lina.Sees("#reportDialog[open]");
        await lina.Screenshot(world, "report-phone");
        await lina.Page.ReadsWell("reporting somebody");
        (await lina.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await lina.Click("#reportSend");
        await lina.SeesText("#reportFault", "Écris ce qui s’est passé.");
        await lina.Page.SelectOptionAsync("#reportWhom", new SelectOptionValue { Label = "Claire" });
        await lina.Page.FillAsync("#reportText", "Elle m’a insultée.");
        await lina.Page.FocusAsync("#reportSend");
        await lina.Page.Keyboard.PressAsync("Enter");
        await lina.Page.Locator("#reportDialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        using var read = await world.Ask(
            HttpMethod.Get,
            $"/api/classroom/reports?campaign={lesson.CampaignId}",
            "coordinator",
            "camille@example.org"
        );
        var told = (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0];
        told.GetProperty("text").GetString().ShouldBe("Elle m’a insultée.");
        told.GetProperty("about").GetString().ShouldBe("teacher");
        told.GetProperty("byEnrolment").GetGuid().ShouldBe(lesson.Pupils[0].EnrolmentId);
        (await claire.Page.InnerTextAsync("body")).ShouldNotContain("insultée");
    }
}
