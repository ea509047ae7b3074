using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stages.Contracts.Enrolment;
using Stages.Scheduling.Timetables;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling.Tests;

/// <summary>What happens after publication, by itself or because people change their minds.</summary>
public sealed class AfterPublicationTests(SchedulingService service)
{
    [Fact]
    public async Task a_place_that_nobody_confirms_in_time_goes_to_the_next()
    {
        var (campaign, stage, pupils) = await Published("lapse@example.org");
        await service.Publish(new EnrolmentWithdrawn(pupils[0].EnrolmentId, campaign, 2));
        await service.Hears<Contract.StageChanged>(m => m.StageId == stage && m.Pupils.Any(p => p.EnrolmentId == pupils[3].EnrolmentId));

        await Follow(campaign, TimeSpan.FromHours(47));
        (await Seated(campaign)).ShouldContain(pupils[3].EnrolmentId);
        await Follow(campaign, TimeSpan.FromHours(49));
        var seated = await Seated(campaign);
        seated.ShouldNotContain(pupils[3].EnrolmentId);
        seated.ShouldContain(pupils[4].EnrolmentId);
    }

    [Fact]
    public async Task a_late_enrolment_is_told_that_it_waits_and_why()
    {
        var (campaign, _, _) = await Published("late@example.org");
        var late = Some.Enrolment(campaign);
        await service.Enrol(campaign, late);
        await Follow(campaign, TimeSpan.Zero);
        var told = await service.Hears<Contract.WishesLeftWaiting>(m => m.EnrolmentId == late.EnrolmentId);
        told.Tell.ShouldBeTrue();
        told.Wishes.ShouldHaveSingleItem().Reason.ShouldBe("outranked");
        told.Wishes[0].Position.ShouldBe(3);
        told.Wishes[0].WouldBePlacedIfFr.ShouldNotBeEmpty();
        using var coordinator = service.Coordinator();
        var unplaced = (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/unplaced?subject=FR")).GetProperty(
            "items"
        );
        unplaced.GetArrayLength().ShouldBe(3);
        unplaced[2].GetProperty("enrolmentId").GetGuid().ShouldBe(late.EnrolmentId);
    }

    [Fact]
    public async Task two_who_refresh_at_once_tell_each_family_once()
    {
        var (campaign, _, _) = await Published("twice@example.org");
        var late = Some.Enrolment(campaign);
        await service.Enrol(campaign, late);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    service.Services.GetRequiredService<WaitingListRefresh>().Run(campaign, null, TestContext.Current.CancellationToken)
                )
        );
        await service.Hears<Contract.WishesLeftWaiting>(m => m.EnrolmentId == late.EnrolmentId);
        service.Heard<Contract.WishesLeftWaiting>().Count(m => m.EnrolmentId == late.EnrolmentId && m.Version == 1).ShouldBe(1);
        service.Heard<Contract.WishesLeftWaiting>().ShouldNotContain(m => m.EnrolmentId == late.EnrolmentId && m.Version > 1);
    }

    [Fact]
    public async Task what_was_published_stays_in_a_further_run_and_new_pupils_get_new_stages()
    {
        var (campaign, stage, _) = await Published("stays@example.org");
        await service.Offer(campaign, "further@example.org", Some.Mornings);
        await service.Enrol(campaign, Some.Enrolment(campaign));
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(2);
        stages.Single(s => s.GetProperty("id").GetGuid() == stage).GetProperty("status").GetString().ShouldBe("published");
        stages.Single(s => s.GetProperty("id").GetGuid() != stage).GetProperty("pupils").GetArrayLength().ShouldBe(3);
        service.Heard<Contract.StageChanged>().ShouldNotContain(m => m.StageId == stage);
    }

    [Fact]
    public async Task a_stage_approved_while_the_run_went_on_is_kept_when_its_proposal_is_adopted()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "meanwhile@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 3).Select(_ => Some.Enrolment(campaign))]);
        var stage = (await service.Adopt(campaign, await service.Pair(campaign))).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        var second = await service.Pair(campaign, keep: "approved");
        using var coordinator = service.Coordinator();
        (await coordinator.PostAsync($"/api/stages/{stage}/approve", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The second run did not know of the approval and formed the same stage anew; nobody is placed twice.
        var kept = (await service.Adopt(campaign, second)).ShouldHaveSingleItem();
        kept.GetProperty("id").GetGuid().ShouldBe(stage);
        kept.GetProperty("status").GetString().ShouldBe("approved");
    }

    [Fact]
    public async Task an_adoption_whose_process_ended_is_carried_on()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "carried@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 3).Select(_ => Some.Enrolment(campaign))]);
        var run = await service.Pair(campaign);
        // What a request that died right after its first step leaves behind.
        await service
            .Services.GetRequiredService<Journal>()
            .Decide<Timetable>(
                TimetableIds.Of(campaign),
                _ => Decision.Of(new AdoptionStarted(campaign, run, Some.By, TimeProvider.System.GetUtcNow().AddMinutes(-1))),
                cancel: TestContext.Current.CancellationToken
            );
        await Eventually.Is(() => service.StagesOf(campaign), stages => stages.Length == 1);
        await Eventually.Is(
            async () =>
            {
                await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
                return await reads.LoadAsync<Timetable>(TimetableIds.Of(campaign));
            },
            timetable => timetable is { Adopting: null, RunId: not null }
        );
    }

    [Fact]
    public async Task an_approved_stage_whose_teacher_is_no_longer_free_is_not_published()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "changed@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 3).Select(_ => Some.Enrolment(campaign))]);
        await service.Adopt(campaign, await service.Pair(campaign));
        using var coordinator = service.Coordinator();
        (await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/stages/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (
            await service
                .Teacher("changed@example.org")
                .PutAsJsonAsync($"/api/offers/{offer}", Some.Offer("changed@example.org", ["FRI-16:15"]))
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        var published = await (
            await coordinator.PostAsync($"/api/campaigns/{campaign}/publish", null)
        ).Content.ReadFromJsonAsync<JsonElement>();
        published.GetProperty("stages").GetInt32().ShouldBe(0);
        published.GetProperty("refused")[0].GetProperty("conflicts")[0].GetProperty("code").GetString().ShouldBe("teacher-unavailable");
    }

    [Fact]
    public async Task a_place_is_recommended_for_one_wish_and_volunteers_for_many()
    {
        var (campaign, stage, pupils) = await Published("advice@example.org");
        using var coordinator = service.Coordinator();
        var volunteers = (
            await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/recommendations/volunteers")
        ).GetProperty("items");
        volunteers.GetArrayLength().ShouldBe(0);
        await service.Enrol(campaign, Some.Enrolment(campaign));
        volunteers = (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/recommendations/volunteers")).GetProperty(
            "items"
        );
        volunteers[0].GetProperty("pupils").GetInt32().ShouldBe(3);
        var places = (
            await coordinator.GetFromJsonAsync<JsonElement>(
                $"/api/campaigns/{campaign}/recommendations/places?enrolmentId={pupils[4].EnrolmentId}&subject=FR"
            )
        ).GetProperty("items");
        places.GetArrayLength().ShouldBe(0);
        await service.Offer(campaign, "more@example.org", Some.Mornings);
        places = (
            await coordinator.GetFromJsonAsync<JsonElement>(
                $"/api/campaigns/{campaign}/recommendations/places?enrolmentId={pupils[4].EnrolmentId}&subject=FR"
            )
        ).GetProperty("items");
        places[0].GetProperty("with").GetArrayLength().ShouldBe(2);
        stage.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task progress_is_told_until_the_run_has_ended()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "events@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 3).Select(_ => Some.Enrolment(campaign))]);
        using var coordinator = service.Coordinator();
        var asked = await (
            await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 2 })
        ).Content.ReadFromJsonAsync<JsonElement>();
        var text = await coordinator.GetStringAsync($"/api/pairings/{asked.GetProperty("id").GetGuid()}/events");
        text.ShouldContain("event: progress");
        text.ShouldContain("event: ended");
        var last = text.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..];
        JsonSerializer.Deserialize<JsonElement>(last).GetProperty("status").GetString().ShouldBe("done");
    }

    /// <summary>A stage of three with two who wait, in this order.</summary>
    private async Task<(Guid Campaign, Guid Stage, EnrolmentSubmitted[] Pupils)> Published(string teacher)
    {
        var campaign = await service.OpenCampaign(new { groupMin = 3, groupMax = 3 });
        await service.Offer(campaign, teacher, Some.Mornings);
        EnrolmentSubmitted[] pupils = [.. Enumerable.Range(0, 5).Select(i => Some.Enrolment(campaign, priority: i < 3 ? 9 : 7 - i))];
        await service.Enrol(campaign, pupils);
        var stage = (await service.PublishedTimetable(campaign)).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        await service.Hears<Contract.StagePublished>(m => m.StageId == stage);
        return (campaign, stage, pupils);
    }

    private async Task<Guid[]> Seated(Guid campaign) =>
        [
            .. (await service.StagesOf(campaign))[0]
                .GetProperty("pupils")
                .EnumerateArray()
                .Select(p => p.GetProperty("enrolmentId").GetGuid()),
        ];

    /// <summary>What the job does for one campaign, at a later hour: other tests' campaigns keep their time.</summary>
    private async Task Follow(Guid campaign, TimeSpan later)
    {
        var clock = new Later(later);
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var journal = service.Services.GetRequiredService<Journal>();
        var follow = new FollowTimetables(
            store,
            journal,
            new WaitingListRefresh(store, journal, clock),
            service.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(),
            clock
        );
        // The service's own job may be at this campaign at the moment.
        await Eventually.True(() => follow.Follow(campaign, TestContext.Current.CancellationToken));
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
