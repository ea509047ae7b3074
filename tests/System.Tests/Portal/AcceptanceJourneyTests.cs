using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>A teacher whom nobody knows: they offer and wait, a coordinator accepts them from the queue, and they are paired.</summary>
public sealed class AcceptanceJourneyTests(Shared<House> shared) : Journey(shared)
{
    private readonly House house = shared.One;

    [Theory]
    [InlineData(360, 740, true)]
    [InlineData(360, 740, false, Explicit = true)]
    [InlineData(1280, 800, true, Explicit = true)]
    public async Task a_stranger_waits_is_accepted_and_paired(int width, int height, bool script)
    {
        var campaign = await house.Campaign(6, $"Vacances {Tag()}");
        var known = await Offers(campaign, "");
        foreach (var offer in known)
            await house.Api(HttpMethod.Post, $"/api/offers/{Id(offer)}/withdraw", new { });
        var stranger = $"lou-{Tag()}@nobody.example";
        var kind = $"acceptance-{width}{(script ? "" : "-without-script")}";

        var teacher = await house.Browser(width, height, script);
        var teachers = new Look(house, teacher, kind + "-teacher", script);
        await house.SignIn(teacher, stranger, "teacher");
        await teacher.GotoAsync($"/enseignant/proposition/{campaign}");
        await teacher.FillAsync("input[name=firstName]", "Lou");
        await teacher.FillAsync("input[name=lastName]", "Vasseur");
        foreach (var level in House.Levels)
            await teacher.CheckAsync($"input[name='teach.MA'][value='{level}']");
        foreach (var week in new[] { "A", "B" })
            await teacher.CheckAsync($"input[name='fill.{week}'][value=morning]");
        await teacher.SelectOptionAsync("select[name=stagesPerWeek]", "2");
        await teacher.ClickAsync("main form button[type=submit]");
        await teacher.Arrives("**/enseignant");
        (await teacher.InnerTextAsync("main")).ShouldContain("attend l’accord de la coordination");
        await teachers.Page("waiting");
        var waiting = (await Offers(campaign, "&acceptance=waiting")).ShouldHaveSingleItem();
        (await StagesAfterPairing(campaign)).ShouldBe(0, "nobody is paired who is not accepted");

        var coordinator = await house.Browser(width, height, script);
        var coordinators = new Look(house, coordinator, kind + "-queue", script);
        await house.SignIn(coordinator, house.NewCoordinator(), "coordinator");
        await coordinator.GotoAsync($"/coordination/{campaign}");
        await coordinator.ClickAsync("text=1 enseignant attend d’être accepté.");
        await coordinator.Arrives("**/acceptation");
        await coordinators.Page("waiting");
        await coordinator.ClickAsync("text=Lou Vasseur");
        await coordinator.Arrives("**/acceptation/*");
        await coordinators.Page("person");
        await coordinator.ClickAsync("button:text-is('Accepter')");
        await coordinator.Locator(".note.bad").WaitForAsync();
        await coordinators.Page("no-reason");
        await coordinator.CheckAsync("input[name=identity]");
        await coordinator.FillAsync("input[name=checked]", "2026-09-01");
        await coordinator.FillAsync("textarea[name=why]", "Enseigne au collège Les Oliviers, confirmé par sa direction");
        await coordinator.ClickAsync("button:text-is('Accepter')");
        await coordinator.Arrives("**/acceptation");
        (await coordinator.InnerTextAsync("main")).ShouldContain("Personne n’attend dans votre territoire.");
        await coordinators.Page("empty");

        await teacher.GotoAsync("/enseignant");
        (await teacher.InnerTextAsync("main")).ShouldNotContain("attend l’accord");
        (await StagesAfterPairing(campaign)).ShouldBeGreaterThan(0);
        await house.Mailbox.GetsOne(stranger, "teacher-accepted");

        await coordinator.GotoAsync($"/coordination/{campaign}/acceptation/{Id(waiting)}");
        await coordinator.ClickAsync("summary:text-is('Retirer l’acceptation')");
        await coordinator.FillAsync("textarea[name=reason]", "Plainte d’une famille");
        await coordinators.Page("taking-back");
        await coordinator.ClickAsync("button:text-is('Retirer l’acceptation')");
        await coordinator.Arrives("**/acceptation");
        await teacher.GotoAsync($"/enseignant/propositions/{Id(waiting)}");
        (await teacher.InnerTextAsync("main")).ShouldContain("Plainte d’une famille");
        await teachers.Page("refused");
        var stages = (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages")).GetProperty("items").EnumerateArray().ToArray();
        stages.ShouldAllBe(s => s.GetProperty("needsTeacher").GetBoolean());
    }

    private async Task<JsonElement[]> Offers(Guid campaign, string filter) =>
        [.. (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/offers?limit=100{filter}")).GetProperty("items").EnumerateArray()];

    private static Guid Id(JsonElement offer) => offer.GetProperty("id").GetGuid();

    private async Task<int> StagesAfterPairing(Guid campaign)
    {
        var run = (await house.Api(HttpMethod.Post, $"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 1, keep = "none" }))
            .GetProperty("id")
            .GetGuid();
        await Eventually.Is(
            () => house.Api(HttpMethod.Get, $"/api/pairings/{run}?summary=true"),
            r => r.GetProperty("status").GetString() == "done",
            TimeSpan.FromMinutes(2)
        );
        await house.Api(HttpMethod.Post, $"/api/pairings/{run}/adopt", new { });
        return (await house.Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages")).GetProperty("items").GetArrayLength();
    }

    private static string Tag() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];
}
