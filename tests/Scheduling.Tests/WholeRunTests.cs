using Stages.Contracts.Enrolment;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling.Tests;

/// <summary>From the opening of a campaign to what families are told, on real PostgreSQL and RabbitMQ.</summary>
public sealed class WholeRunTests(SchedulingService service)
{
    [Fact]
    public async Task a_campaign_goes_from_offers_to_published_stages_and_explained_wishes()
    {
        var campaign = await service.OpenCampaign();
        var told = await service.Hears<Contract.CampaignOpened>(m => m.CampaignId == campaign);
        told.TimeZone.ShouldBe("Europe/Paris");
        var offer = await service.Offer(campaign, "tom@example.org", Some.Mornings);
        (await service.Hears<Contract.OfferDeclared>(m => m.OfferId == offer)).Email.ShouldBe("tom@example.org");
        var pupils = Enumerable.Range(0, 5).Select(_ => Some.Enrolment(campaign)).ToArray();
        var lonely = Some.Enrolment(campaign, subjects: ["MATHS"]);
        await service.Enrol(campaign, [.. pupils, lonely]);

        var run = await service.Pair(campaign);
        using var coordinator = service.Coordinator();
        var result = await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}");
        result.GetProperty("score").GetProperty("placedWishes").GetInt32().ShouldBe(5);
        result.GetProperty("score").GetProperty("wishes").GetInt32().ShouldBe(6);
        result.GetProperty("stages").GetArrayLength().ShouldBe(1);
        (await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}/instance"))
            .GetProperty("format")
            .GetString()
            .ShouldBe("stages-pairing/1");
        (await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}/proposal"))
            .GetProperty("format")
            .GetString()
            .ShouldBe("stages-proposal/1");

        var stage = (await service.Adopt(campaign, run)).ShouldHaveSingleItem();
        stage.GetProperty("status").GetString().ShouldBe("draft");
        stage.GetProperty("teacherName").GetString().ShouldBe("Tom Vidal");
        stage
            .GetProperty("pupils")
            .EnumerateArray()
            .Select(p => p.GetProperty("enrolmentId").GetGuid())
            .Order()
            .ShouldBe(pupils.Select(p => p.EnrolmentId).Order());
        stage.GetProperty("modules")[0].GetProperty("start").GetString().ShouldBe("09:00");
        stage.GetProperty("modules")[0].GetProperty("startsAt").GetString().ShouldEndWith("07:00:00Z");

        await SchedulingService.Refused(await coordinator.PostAsync($"/api/campaigns/{campaign}/publish", null), 409, "nothing-approved");
        var approved = await (
            await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/stages/approve", new { })
        ).Content.ReadFromJsonAsync<JsonElement>();
        approved.GetProperty("approved").GetInt32().ShouldBe(1);
        var preview = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/publish/preview");
        preview.GetProperty("placements").GetArrayLength().ShouldBe(5);
        preview.GetProperty("waiting")[0].GetProperty("enrolmentId").GetGuid().ShouldBe(lonely.EnrolmentId);

        (await coordinator.PostAsync($"/api/campaigns/{campaign}/publish", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var published = await service.Hears<Contract.StagePublished>(m => m.CampaignId == campaign);
        published.TeacherFirstName.ShouldBe("Tom");
        published.TeacherId.ShouldBe(PersonId.FromEmail("tom@example.org"));
        published.Modules.Count.ShouldBeInRange(3, 4);
        published.Modules[0].StartsAt.ShouldBe(new DateTimeOffset(2021, 4, 12, 7, 0, 0, TimeSpan.Zero));
        published.Pupils.Count.ShouldBe(5);
        var waits = await service.Hears<Contract.WishesLeftWaiting>(m => m.EnrolmentId == lonely.EnrolmentId);
        waits.Wishes.ShouldHaveSingleItem().Reason.ShouldBe("no-teacher");
        waits.Wishes[0].Position.ShouldBe(1);

        using var teacher = service.Teacher("tom@example.org");
        (await teacher.GetFromJsonAsync<JsonElement>("/api/me/modules"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(published.Modules.Count);
        var figures = await service.Client().GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/figures");
        figures.GetProperty("stages").GetInt32().ShouldBe(1);
        figures.GetProperty("enrolments").GetInt32().ShouldBe(6);
        figures.GetProperty("placedPupils").GetInt32().ShouldBe(5);
        figures.GetProperty("pupilHours").GetDouble().ShouldBe(5 * 2 * published.Modules.Count);
        var history = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/history");
        history.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("what").GetString()).ShouldContain("stagePublished");
        // What was done to one stage names it.
        var named = history
            .GetProperty("items")
            .EnumerateArray()
            .Where(i => i.GetProperty("what").GetString() == "stagePublished")
            .Select(i => i.GetProperty("stage"))
            .ShouldHaveSingleItem();
        (named.GetProperty("subject").GetString(), named.GetProperty("week").GetString()).ShouldBe(("FR", "A"));
    }

    /// <summary>What nothing can better is not searched for as long as it may take.</summary>
    [Fact]
    public async Task a_run_that_has_proved_its_result_ends_long_before_its_time()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "soon@example.org", Some.Mornings);
        // One of them can have no place whatever is done: the bound says so.
        await service.Enrol(
            campaign,
            [.. Enumerable.Range(0, 5).Select(_ => Some.Enrolment(campaign)), Some.Enrolment(campaign, subjects: ["MATHS"])]
        );
        var run = await service.Pair(campaign, seconds: 120);
        using var coordinator = service.Coordinator();
        var result = await coordinator.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}?summary=true");
        result.GetProperty("score").GetProperty("gap").GetDouble().ShouldBe(0);
        result.GetProperty("progress").GetDouble().ShouldBe(1);
        result.GetProperty("elapsedSeconds").GetDouble().ShouldBeLessThan(20);
    }

    /// <summary>A line that was done to many stages names the first of them; each is one of the campaign's.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(14)]
    public async Task what_was_decided_of_many_stages_at_once_names_them(int teachers)
    {
        var campaign = await service.OpenCampaign(new { groupMin = 3, groupMax = 3 });
        for (var i = 0; i < teachers; i++)
            await service.Offer(campaign, $"{i}-of-{teachers}@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, teachers * 3).Select(_ => Some.Enrolment(campaign))]);
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(teachers);
        using var coordinator = service.Coordinator();
        (await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/stages/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var lines = (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/history?what=stageApproved"))
            .GetProperty("items")
            .Deserialize<HistoryEntry[]>(SchedulingService.Json)!;
        lines.Sum(l => l.Count).ShouldBe(teachers);
        var line = lines.MaxBy(l => l.Count)!;
        line.Stages.ShouldNotBeNull().Count.ShouldBe(Math.Min(line.Count, 12));
        line.Stages.ShouldAllBe(s => s.Subject == "FR" && s.Level == "6e" && s.Week == "A");
        line.Stages.Select(s => s.Id).ShouldBeSubsetOf(stages.Select(s => s.GetProperty("id").GetGuid()));
        line.Stages.Select(s => s.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task adopting_twice_or_again_changes_nothing()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "again@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 4).Select(_ => Some.Enrolment(campaign))]);
        var run = await service.Pair(campaign);
        var first = await service.Adopt(campaign, run);
        var second = await service.Adopt(campaign, run);
        second
            .Select(s => (s.GetProperty("id").GetGuid(), s.GetProperty("version").GetInt64()))
            .ShouldBe(first.Select(s => (s.GetProperty("id").GetGuid(), s.GetProperty("version").GetInt64())));
    }

    [Fact]
    public async Task a_withdrawal_frees_the_place_for_the_first_who_waits_and_a_decline_for_the_next()
    {
        var campaign = await service.OpenCampaign(new { groupMin = 3, groupMax = 3 });
        await service.Offer(campaign, "small@example.org", Some.Mornings);
        var pupils = Enumerable.Range(0, 5).Select(i => Some.Enrolment(campaign, priority: i < 3 ? 9 : 5 - i)).ToArray();
        await service.Enrol(campaign, pupils);
        var stage = (await service.PublishedTimetable(campaign)).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        await service.Hears<Contract.StagePublished>(m => m.StageId == stage);

        await service.Publish(new EnrolmentWithdrawn(pupils[0].EnrolmentId, campaign, 2));
        var offered = await service.Hears<Contract.StageChanged>(m =>
            m.StageId == stage && m.Pupils.Any(p => p.EnrolmentId == pupils[3].EnrolmentId)
        );
        offered.Pupils.Single(p => p.EnrolmentId == pupils[3].EnrolmentId).AnswerBefore.ShouldNotBeNull();
        offered.Pupils.ShouldNotContain(p => p.EnrolmentId == pupils[0].EnrolmentId);

        await service.Publish(new PlacementDeclined(pupils[3].EnrolmentId, campaign, stage, "FR"));
        var next = await service.Hears<Contract.StageChanged>(m =>
            m.StageId == stage && m.Pupils.Any(p => p.EnrolmentId == pupils[4].EnrolmentId)
        );
        next.Version.ShouldBeGreaterThan(offered.Version);
        await service.Publish(new PlacementConfirmed(pupils[4].EnrolmentId, campaign, stage, "FR"));
        await Eventually.Is(
            async () =>
                (await service.StagesOf(campaign))[0]
                    .GetProperty("pupils")
                    .EnumerateArray()
                    .Select(p => p.GetProperty("status").GetString()!)
                    .ToArray(),
            all => all.All(s => s == "placed")
        );
    }
}
