using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>
/// Somebody is reported, by keyboard alone, by a family and by a teacher, in both languages: the coordinator is told by letter, follows
/// it and reads what was said; nobody else does.
/// </summary>
public sealed class ReportJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    private static readonly SemaphoreSlim Once = new(1);
    private static Published? published;

    private const string Send = "form:has(textarea[name=report]) button";

    [Theory]
    [InlineData("fr-FR", 360, false)]
    [InlineData("en-GB", 360, true, Explicit = true)]
    [InlineData("fr-FR", 1280, true, Explicit = true)]
    public async Task a_family_reports_somebody_and_the_coordinator_reads_it(string language, int width, bool script)
    {
        var stage = await Class();
        var page = await house.Browser(width, 780, script, language);
        await house.SignIn(page, stage.Parent, "family");
        await page.GotoAsync($"/famille/inscriptions/{stage.Pupil}");
        await Report(page, new Look(house, page, $"report-family-{width}-{language}", script), language, "family", stage);
    }

    [Theory]
    [InlineData("fr-FR", 1280, true, Explicit = true)]
    [InlineData("en-GB", 360, true)]
    [InlineData("fr-FR", 360, false, Explicit = true)]
    public async Task a_teacher_reports_somebody_and_the_coordinator_reads_it(string language, int width, bool script)
    {
        var stage = await Class();
        var page = await house.Browser(width, 780, script, language);
        await house.SignIn(page, stage.Teacher, "teacher");
        await page.GotoAsync($"/enseignant/stages/{stage.Id}");
        await Report(page, new Look(house, page, $"report-teacher-{width}-{language}", script), language, "teacher", stage);
    }

    /// <summary>Days before a class somebody who cannot be heard says so, and the coordinator reads who is to be called.</summary>
    [Theory]
    [InlineData("fr-FR", 360, false)]
    [InlineData("en-GB", 1280, true, Explicit = true)]
    public async Task a_family_tells_what_its_check_found_broken(string language, int width, bool script)
    {
        var french = language == "fr-FR";
        var stage = await Class();
        var page = await house.Browser(width, 780, script, language);
        var see = new Look(house, page, $"trouble-{width}-{language}", script);
        await house.SignIn(page, stage.Parent, "family");
        await page.GotoAsync("/verification/pannes");
        await see.Page("nothing");
        // What stands in the address and is no fault is not told.
        await page.GotoAsync("/verification/pannes?pannes=microphone,sound,Jabra");
        (await page.Locator("main li").AllInnerTextsAsync()).Count.ShouldBe(2);
        await see.Page("asked");
        await page.TabTo("main form button");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main > [role=status]").WaitForAsync();
        await see.Page("sent");

        var coordinator = await house.Browser(width, 780, script, language);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        await coordinator.GotoAsync($"/coordination/{stage.Campaign}/direct");
        var told = await coordinator.InnerTextAsync("section[aria-labelledby=troubles]");
        told.ShouldContain(french ? "le micro ne marche pas" : "the microphone does not work");
        told.ShouldNotContain("Jabra");
        await new Look(house, coordinator, $"trouble-read-{width}-{language}", script).Page("live");
        await coordinator.GotoAsync($"/coordination/{stage.Campaign}/classe");
        await coordinator.FillAsync("input[name=phone]", "04 67 00 00 01");
        await coordinator.TabTo("form:has(input[name=phone]) button");
        await coordinator.Keyboard.PressAsync("Enter");
        await coordinator.Locator("main > [role=status]").WaitForAsync();
        (await coordinator.InputValueAsync("input[name=phone]")).ShouldBe("+33467000001");
        await new Look(house, coordinator, $"trouble-number-{width}-{language}", script).Page("classroom");
    }

    private async Task Report(IPage page, Look see, string language, string who, Published stage)
    {
        var french = language == "fr-FR";
        var (address, words) = (page.Url, $"Il s’est moqué d’elle, {who} {language} {page.ViewportSize!.Width}.");
        (await page.Locator("details:has(textarea[name=report]) summary").InnerTextAsync()).ShouldBe(
            french ? "Signaler quelqu’un" : "Report somebody"
        );
        await page.TabTo("details:has(textarea[name=report]) > summary");
        await page.Keyboard.PressAsync("Enter");
        // Nothing said yet: refused in words, beside the field, and the form is open as it was left.
        await page.TabTo(Send);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("form:has(textarea[name=report]) .field.refused").WaitForAsync();
        await see.Page("refused");
        if (await page.Locator("select[name=where]").CountAsync() > 0)
        {
            (await page.InnerTextAsync(".field.refused")).ShouldContain(french ? "Choisissez la classe." : "Choose the class.");
            await page.TabTo("select[name=where]");
            await page.Keyboard.PressAsync("ArrowDown");
        }
        await page.TabTo("select[name=about]");
        await page.Keyboard.TypeAsync(french ? "un" : "a p");
        (await page.InputValueAsync("select[name=about]")).ShouldBe("pupil");
        await page.TabTo("textarea[name=report]");
        await page.Keyboard.TypeAsync(words);
        await see.Page("typed");
        await page.TabTo(Send);
        var letter = await house.Mailbox.Caused(house.Colleague, "person-reported", () => page.Keyboard.PressAsync("Enter"));
        await page.Locator("main > [role=status]").WaitForAsync();
        (await page.InnerTextAsync("main > [role=status]")).ShouldBe(
            french ? "Merci. La coordination est prévenue." : "Thank you. The coordinators are told."
        );
        page.Url.ShouldBe(address);
        await see.Page("sent");

        // The letter says that, and where; not what, nor of whom.
        letter.Subject!.Split(' ')[0].ShouldBeOneOf("SIGNALEMENT", "REPORT");
        (letter.TextBody + letter.HtmlBody).ShouldNotContain("moqué");
        var link = letter.TextBody!.Split().Single(w => w.Contains("/direct", StringComparison.Ordinal));
        var coordinator = await house.Browser(page.ViewportSize.Width, 780, language: language);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        await coordinator.GotoAsync(new Uri(link).PathAndQuery);
        (await coordinator.InnerTextAsync("section[aria-labelledby=reports]")).ShouldContain(words);
        await new Look(house, coordinator, $"report-read-{who}-{page.ViewportSize.Width}-{language}", script: true).Page("live");

        // The teacher and the family of the class see nothing of it on their own pages.
        foreach (var (email, role, at) in stage.Others(who))
        {
            var other = await house.Browser(1280, 800);
            await house.SignIn(other, email, role);
            await other.GotoAsync(at);
            (await other.ContentAsync()).ShouldNotContain("moqué");
        }
    }

    private sealed record Published(Guid Campaign, Guid Id, Guid Pupil, string Parent, string Teacher)
    {
        public IEnumerable<(string Email, string Role, string At)> Others(string who) =>
            who == "teacher" ? [(Parent, "family", $"/famille/inscriptions/{Pupil}")] : [(Teacher, "teacher", $"/enseignant/stages/{Id}")];
    }

    /// <summary>A published class, made once: a report leaves it as it was.</summary>
    private async Task<Published> Class()
    {
        await Once.WaitAsync();
        try
        {
            return published ??= await Publish();
        }
        finally
        {
            Once.Release();
        }
    }

    private static Guid Module(JsonElement stage) => stage.GetProperty("modules")[0].GetProperty("id").GetGuid();

    private async Task<Published> Publish()
    {
        var campaign = await house.Campaign(6, "Vacances de signalement");
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var stages = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published")).GetProperty("items");
        // Classes are known to Classroom, with their families, in its own time.
        foreach (var one in stages.EnumerateArray())
            await Eventually.Is(
                () => house.Api(HttpMethod.Get, $"/api/modules/{Module(one)}/attendance"),
                a => a.ValueKind == JsonValueKind.Object
            );
        var stage = stages[0];
        var pupil = stage.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}"),
            e => e.GetProperty("placements").EnumerateArray().Any(p => p.GetProperty("status").GetString() == "offered")
        );
        var parent = enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!;
        await Eventually.Is(
            () =>
                house.Api(
                    HttpMethod.Post,
                    $"/api/modules/{Module(stage)}/reports",
                    new { text = "Bruit.", about = "other" },
                    "family",
                    parent
                ),
            _ => true
        );
        await house.Mailbox.Gets(house.Colleague, 1, "person-reported");
        var offer = await house.Api(HttpMethod.Get, $"/api/offers/{stage.GetProperty("teacherOfferId").GetGuid()}");
        return new(
            campaign,
            stage.GetProperty("id").GetGuid(),
            pupil,
            parent,
            offer.GetProperty("teacher").GetProperty("email").GetString()!
        );
    }
}
