using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>The library on its pages, in both languages, with and without a script: proposed, decided on, found, opened.</summary>
public sealed class LibraryJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    private static readonly SemaphoreSlim Once = new(1);
    private static Published? published;

    [Theory]
    [InlineData("fr-FR", 360, false)]
    [InlineData("en-GB", 1280, true)]
    [InlineData("fr-FR", 1280, true, Explicit = true)]
    [InlineData("en-GB", 360, true, Explicit = true)]
    public async Task a_teacher_proposes_a_coordinator_decides_and_a_family_finds(string language, int width, bool script)
    {
        var (french, stage) = (language == "fr-FR", await Class());
        var (height, kind) = (width == 360 ? 740 : 900, $"{width}-{language}");
        var (good, bad) = ($"Réviser l’été {kind}", $"À refuser {kind}");

        var teacher = await house.Browser(width, height, script, language);
        var see = new Look(house, teacher, $"library-teacher-{kind}", script);
        await house.SignIn(teacher, stage.Teacher, "teacher");
        await teacher.GotoAsync($"/enseignant/stages/{stage.Id}");
        await teacher.ClickAsync($"a[href='/enseignant/ressources/{stage.Campaign}']");
        await teacher.Arrives("**/enseignant/ressources/*");
        await teacher.ClickAsync("main form button");
        await teacher.Locator(".field.refused").First.WaitForAsync();
        await see.Page("refused");
        await Propose(good, "https://www.lumni.example/reviser");
        await Propose(bad, "https://example.org/");
        (await teacher.Locator(".resources .tag.warn").CountAsync()).ShouldBeGreaterThanOrEqualTo(2);
        await see.Page("proposed");

        var desk = await house.Browser(width, height, script, language);
        see = new Look(house, desk, $"coordinator-library-{kind}", script);
        await house.SignIn(desk, house.NewCoordinator(), "coordinator");
        await desk.GotoAsync($"/coordination/{stage.Campaign}");
        await desk.ClickAsync($".note.warn a[href='/coordination/{stage.Campaign}/ressources']");
        await desk.Arrives("**/ressources");
        await see.Page("queue");
        await Of(desk, bad).Locator("summary").ClickAsync();
        await Of(desk, bad).Locator("button.bad").ClickAsync();
        await desk.Locator(".field.refused").WaitForAsync();
        await see.Page("reason");
        await Of(desk, bad).Locator("textarea").FillAsync("Hors programme");
        await Of(desk, bad).Locator("button.bad").ClickAsync();
        await desk.Locator("main > [role=status]").WaitForAsync();
        await Of(desk, good).Locator("form button").First.FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        await desk.Locator("main > [role=status]").WaitForAsync();
        await Of(desk, good).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await teacher.ReloadAsync();
        (await Of(teacher, bad).InnerTextAsync()).ShouldContain("Hors programme");
        (await Of(teacher, good).Locator(".tag.good").CountAsync()).ShouldBe(1);
        await new Look(house, teacher, $"library-decided-{kind}", script).Page("mine");

        var family = await house.Browser(width, height, script, language);
        see = new Look(house, family, $"library-family-{kind}", script);
        await house.SignIn(family, stage.Parent, "family");
        await family.GotoAsync($"/famille/inscriptions/{stage.Pupil}");
        (await family.ContentAsync()).ShouldNotContain(bad);
        await see.Page("stage");
        await family.GotoAsync($"/ressources/{stage.Campaign}");
        await family.FillAsync("input[name=mots]", $"REVISER ete {kind}");
        await family.Keyboard.PressAsync("Enter");
        await family.Arrives("**?mots=*");
        (await Of(family, good).InnerTextAsync()).ShouldContain(french ? "jamais consultée" : "never consulted");
        await see.Page("found");
        // The address is nobody's: that the browser is led there is what counts.
        await family.RunAndWaitForRequestAsync(
            () => Of(family, good).Locator("a").ClickAsync(),
            request => request.Url == "https://www.lumni.example/reviser"
        );
        await family.GotoAsync($"/ressources/{stage.Campaign}?mots=reviser {kind}");
        (await Of(family, good).InnerTextAsync()).ShouldContain(french ? "consultée 1 fois" : "consulted once");
        await family.GotoAsync($"/ressources/{stage.Campaign}?mots=introuvable");
        await see.Page("nothing");

        async Task Propose(string title, string link)
        {
            await teacher.FillAsync("input[name=title]", title);
            await teacher.FillAsync("textarea[name=about]", "Des exercices courts, à faire seul");
            await teacher.SelectOptionAsync("select[name=subject]", stage.Subject);
            foreach (var level in House.Levels)
                await teacher.CheckAsync($"input[name=levels][value='{level}']");
            await teacher.FillAsync("input[name=link]", link);
            await teacher.ClickAsync("form:has(input[name=title]) button");
            await Of(teacher, title).WaitForAsync();
        }
    }

    private static ILocator Of(IPage page, string title) => page.Locator($"li:has(strong:text-is('{title}'))");

    private sealed record Published(Guid Campaign, Guid Id, string Subject, Guid Pupil, string Parent, string Teacher);

    /// <summary>A published class, and a family of it that has confirmed; made once.</summary>
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

    private async Task<Published> Publish()
    {
        var campaign = await house.Campaign(6, "Vacances de lecture");
        await house.DraftTimetable(campaign);
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/stages/approve", new { });
        await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/publish", new { });
        var stage = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages?status=published")).GetProperty("items")[0];
        var id = stage.GetProperty("id").GetGuid();
        var wish = stage.GetProperty("subject").GetString()!;
        // Classroom hears of it in its own time.
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/classroom/stages/{id}/resources"),
            a => a.ValueKind == JsonValueKind.Object
        );
        var pupil = stage.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
        var enrolment = await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/enrolments/{pupil}"),
            e => e.GetProperty("placements").EnumerateArray().Any(p => p.GetProperty("status").GetString() == "offered")
        );
        var parent = enrolment.GetProperty("guardians")[0].GetProperty("email").GetString()!;
        await house.Api(HttpMethod.Post, $"/api/enrolments/{pupil}/confirm", new { stageId = id }, "family", parent);
        var offer = await house.Api(HttpMethod.Get, $"/api/offers/{stage.GetProperty("teacherOfferId").GetGuid()}");
        return new(campaign, id, wish, pupil, parent, offer.GetProperty("teacher").GetProperty("email").GetString()!);
    }
}
