using System.Text.Json;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>Two campaigns of one fortnight, écoles and collèges say, with the same teacher and the same children.</summary>
public sealed class OtherCampaignsTests(SchedulingService service)
{
    private readonly string teacher = $"two.{Some.NewId():N}@example.org";

    private readonly Guid[] children = [.. Enumerable.Range(0, 4).Select(_ => Some.NewId())];

    [Fact]
    public async Task who_is_in_class_in_one_campaign_is_free_for_nothing_at_that_time_in_the_other()
    {
        var (first, second) = (await Campaign(), await Campaign());
        (await service.PublishedTimetable(first)).Length.ShouldBe(1);
        var proposed = await service.Adopt(second, await service.Pair(second));
        proposed.ShouldBeEmpty("nobody of the second campaign is free at these hours");
        (await Hours()).ShouldBeUnique();
    }

    [Fact]
    public async Task what_was_drafted_for_both_is_shown_as_a_conflict_before_it_is_approved_or_published()
    {
        var (first, second) = (await Campaign(), await Campaign());
        (await service.Adopt(first, await service.Pair(first))).Length.ShouldBe(1);
        var drafted = (await service.Adopt(second, await service.Pair(second))).ShouldHaveSingleItem();
        await service.PublishedTimetable(first);

        using var coordinator = service.Coordinator();
        var conflicts = await coordinator.GetFromJsonAsync<JsonElement>($"/api/stages/{drafted.GetProperty("id")}/conflicts");
        Codes(conflicts.GetProperty("items")).ShouldBe(["pupil-elsewhere", "teacher-elsewhere"]);
        var refused = await coordinator.PostAsJsonAsync($"/api/campaigns/{second}/stages/approve", new { });
        (await refused.Content.ReadAsStringAsync()).ShouldContain("teacher-elsewhere");
        (await service.StagesOf(second, "?status=approved")).ShouldBeEmpty();
        (await Hours()).ShouldBeUnique();
    }

    private async Task<Guid> Campaign()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, teacher, Some.Mornings);
        await service.Enrol(campaign, [.. children.Select(child => Some.Enrolment(campaign) with { Child = child })]);
        return campaign;
    }

    private static IEnumerable<string> Codes(JsonElement conflicts) =>
        conflicts.EnumerateArray().Select(c => c.GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal);

    private async Task<string[]> Hours()
    {
        using var client = service.Teacher(teacher);
        var mine = await client.GetFromJsonAsync<JsonElement>("/api/me/modules");
        return [.. mine.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("startsAt").GetString()!)];
    }
}
