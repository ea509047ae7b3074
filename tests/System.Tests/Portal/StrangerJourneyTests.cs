using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A second guardian who asked for nothing: one question, and what follows a yes and a no.</summary>
public sealed class StrangerJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Fact]
    public async Task a_second_guardian_is_asked_says_yes_and_gets_the_letters()
    {
        var (campaign, first, second) = (await house.Campaign(0, "Adresses"), "anne@example.org", "tom.oneil@example.org");
        var enrolment = await Enrol(campaign, first, second, "Zoé");
        var question = await house.Mailbox.GetsOne(second, "confirm-address");
        (question.Subject + question.TextBody).ShouldNotContain("Zoé");

        var parent = await house.Browser(390, 844);
        await house.SignIn(parent, first, "family");
        await parent.GotoAsync($"/famille/inscriptions/{enrolment}");
        await parent.GetByText("adresse pas encore confirmée").WaitForAsync();
        var seen = new Look(house, parent, "strangers-390", script: true);
        await seen.Page("status");

        // The other one's telephone, in English, where nobody is signed in.
        var stranger = await house.Browser(360, 740, language: "en-GB");
        var see = new Look(house, stranger, "strangers-360", script: true);
        var link = LinkIn(question.TextBody!);
        await stranger.GotoAsync(link);
        await see.Page("question");
        house.Mailbox.To(second).ShouldHaveSingleItem("opening the link changes nothing");
        await stranger.ClickAsync("form:first-of-type button");
        await stranger.GetByText("Thank you, noted").WaitForAsync();
        await see.Page("confirmed");
        (await house.Mailbox.GetsOne(second, "enrolment-submitted")).TextBody!.ShouldContain("Zoé");
    }

    [Fact]
    public async Task who_is_not_meant_says_so_and_the_coordinator_sees_that_nobody_is_reached()
    {
        var (campaign, first, second) = (await house.Campaign(0, "Adresses fausses"), "paul@example.org", "somebody.else@example.org");
        var enrolment = await Enrol(campaign, first, second, "Noé");
        var link = LinkIn((await house.Mailbox.GetsOne(second, "confirm-address")).TextBody!);
        var stranger = await house.Browser(1280, 800, script: false);
        var see = new Look(house, stranger, "strangers-1280", script: false);
        await stranger.GotoAsync(link);
        await see.Page("question");
        await stranger.ClickAsync("text=Non, ce n’est pas pour moi");
        await stranger.GetByText("nous n’écrirons plus ici").WaitForAsync();
        await see.Page("refused");
        (await stranger.GotoAsync("/a/000000000000"))!.Status.ShouldBe(404);

        var coordinator = await house.Browser(1280, 800);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        await coordinator.GotoAsync($"/coordination/{campaign}/inscriptions/{enrolment}");
        await coordinator.GetByText("injoignable").WaitForAsync();
        var seen = new Look(house, coordinator, "strangers-coordinator-1280", script: true);
        await seen.Page("pupil");
        house.Mailbox.To(second).ShouldHaveSingleItem();
    }

    private static string LinkIn(string text) =>
        new Uri(text.Split('\n').Single(l => l.Contains("/a/", StringComparison.Ordinal)).Trim()).AbsolutePath;

    private async Task<Guid> Enrol(Guid campaign, string first, string second, string pupil)
    {
        var school = (await house.Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e"))
            .GetProperty("items")[0]
            .GetProperty("uai");
        var body = new
        {
            pupil = new
            {
                firstName = pupil,
                lastName = "O’Neil",
                level = "6e",
                schoolUai = school.GetString(),
            },
            guardians = new[]
            {
                new
                {
                    name = "Anne L’Hérault",
                    email = first,
                    language = "fr",
                },
                new
                {
                    name = "Tom O’Neil",
                    email = second,
                    language = "fr",
                },
            },
            wishes = new[] { new { subject = "MA", rank = 1 } },
            weeks = new[] { new { label = "A", preference = 2 } },
            slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "TUE-09:00", "WED-09:00"] },
            consent = true,
        };
        var enrolled = await Eventually.Is(
            () => house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments", body, "family", first),
            e => e.TryGetProperty("id", out _)
        );
        return enrolled.GetProperty("id").GetGuid();
    }
}
