using Microsoft.Extensions.DependencyInjection;
using Stages.Contracts.Scheduling;
using Stages.Scheduling.Teachers;

namespace Stages.Scheduling.Tests;

/// <summary>Teachers are known before they meet children: over HTTP, in the engine, in the timetable and to the other services.</summary>
public sealed class AcceptanceTests(SchedulingService service)
{
    private const string Stranger = "stranger@nobody.example";
    private static readonly object Seen = new
    {
        reason = "Vue au collège, pièce d’identité",
        identitySeen = true,
        school = "0340008Z",
    };

    [Fact]
    public async Task a_stranger_is_paired_once_a_coordinator_has_accepted_them()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "paired@nobody.example", Some.Mornings);
        await Enrol(campaign);

        (await Waiting(campaign)).ShouldBe([offer]);
        (await service.Hears<OfferDeclared>(o => o.OfferId == offer)).Waiting.ShouldBeTrue();
        (await service.Adopt(campaign, await service.Pair(campaign))).ShouldBeEmpty();
        (await Demand(campaign)).ShouldBe((0, 1));

        var accepted = await Answer(offer, "accept", Seen);
        accepted.GetProperty("acceptance").GetString().ShouldBe("accepted");
        accepted.GetProperty("accepted").GetProperty("identitySeen").GetBoolean().ShouldBeTrue();
        (await service.Hears<TeacherAnswered>(a => a.OfferId == offer)).Answer.ShouldBe("accepted");
        (await Waiting(campaign)).ShouldBeEmpty();
        (await Demand(campaign)).ShouldBe((1, 0));
        (await service.Adopt(campaign, await service.Pair(campaign)))
            .ShouldHaveSingleItem()
            .GetProperty("teacherOfferId")
            .GetGuid()
            .ShouldBe(offer);
    }

    [Fact]
    public async Task what_holds_for_a_person_holds_in_every_campaign()
    {
        var (one, other) = (await service.OpenCampaign(), await service.OpenCampaign());
        var (first, second) = (
            await service.Offer(one, "both@nobody.example", Some.Mornings),
            await service.Offer(other, "both@nobody.example", Some.Mornings)
        );
        await Answer(first, "accept", Seen);
        (await Acceptance(second)).ShouldBe("accepted");
        var third = await service.Offer(await service.OpenCampaign(), "both@nobody.example", Some.Mornings);
        (await Acceptance(third)).ShouldBe("accepted");
        await Answer(third, "refuse", new { reason = "Plainte d’une famille" });
        (await Acceptance(first)).ShouldBe("refused");
        var fourth = await service.Offer(await service.OpenCampaign(), "both@nobody.example", Some.Mornings);
        (await Acceptance(fourth)).ShouldBe("refused");
    }

    [Fact]
    public async Task an_acceptance_taken_back_leaves_the_stage_without_its_teacher_at_once()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, Stranger, Some.Mornings);
        await Answer(offer, "accept", Seen);
        await Enrol(campaign);
        var stage = (await service.PublishedTimetable(campaign)).ShouldHaveSingleItem().GetProperty("id").GetGuid();

        await Answer(offer, "refuse", new { reason = "Plainte d’une famille" });
        var told = await service.Hears<StageChanged>(s => s.StageId == stage);
        (told.TeacherId, told.TeacherFirstName, told.TeacherGone, told.OfferId).ShouldBe((null, "", true, offer));
        (await service.Hears<TeacherAnswered>(a => a.OfferId == offer && a.Answer == "refused")).Reason.ShouldBe("Plainte d’une famille");
        using var teacher = service.Teacher(Stranger);
        (await teacher.GetFromJsonAsync<JsonElement>("/api/me/modules")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var own = (await teacher.GetFromJsonAsync<JsonElement>($"/api/offers/{offer}")).GetProperty("accepted");
        own.GetProperty("reason").GetString().ShouldBe("Plainte d’une famille");
        own.GetProperty("by").ValueKind.ShouldBe(JsonValueKind.Null);

        using var coordinator = service.Coordinator();
        var substitutes = await coordinator.GetFromJsonAsync<JsonElement>($"/api/stages/{stage}/substitutes");
        substitutes.GetProperty("candidates").GetArrayLength().ShouldBe(0);
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/stages/{stage}/substitutes", new { offerId = offer }),
            409,
            "no-substitute"
        );
    }

    [Fact]
    public async Task nobody_who_waits_takes_a_stage_over_or_is_put_into_one()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "known@example.org", Some.Mornings);
        var waiting = await service.Offer(campaign, "waits@nobody.example", Some.Mornings);
        await Enrol(campaign);
        var stage = (await service.PublishedTimetable(campaign)).ShouldHaveSingleItem().GetProperty("id").GetGuid();
        using var coordinator = service.Coordinator();
        var moved = await coordinator.PutAsJsonAsync($"/api/stages/{stage}", new { teacherOfferId = waiting });
        Codes(await SchedulingService.Refused(moved, 409, "conflicts")).ShouldBe(["teacher-not-accepted"]);

        // Invited while accepted, and no longer when they say yes.
        await Answer(waiting, "accept", Seen);
        (await coordinator.PostAsJsonAsync($"/api/stages/{stage}/substitutes", new { offerId = waiting })).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        await Answer(waiting, "refuse", new { reason = "Retirée" });
        using var teacher = service.Teacher("waits@nobody.example");
        (await teacher.GetFromJsonAsync<JsonElement>("/api/me/invitations")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var yes = await teacher.PostAsync($"/api/stages/{stage}/substitutes/{waiting}/accept", null);
        Codes(await SchedulingService.Refused(yes, 409, "conflicts")).ShouldContain("teacher-not-accepted");
    }

    [Fact]
    public async Task a_domain_that_a_campaign_comes_to_trust_accepts_those_who_wait_with_it()
    {
        using var coordinator = service.Coordinator();
        var opened = await SchedulingService.Created(await coordinator.PostAsJsonAsync("/api/campaigns", Some.Campaign(trusted: [])));
        var (campaign, nobody) = (opened.GetProperty("id").GetGuid(), opened.GetProperty("trustedDomains").GetArrayLength());
        nobody.ShouldBe(0);
        var theirs = await service.Offer(campaign, "early@trusted.example", Some.Mornings);
        var others = await service.Offer(campaign, "early@trusted.example.evil.example", Some.Mornings);
        (await Acceptance(theirs)).ShouldBe("waiting");

        var body = System.Text.Json.Nodes.JsonNode.Parse(opened.GetRawText())!.AsObject();
        body["trustedDomains"] = new System.Text.Json.Nodes.JsonArray("@Trusted.Example", "no domain");
        await SchedulingService.Refused(await coordinator.PutAsJsonAsync($"/api/campaigns/{campaign}", body), 400, "validation");
        body["trustedDomains"] = new System.Text.Json.Nodes.JsonArray("@Trusted.Example");
        var changed = await coordinator.PutAsJsonAsync($"/api/campaigns/{campaign}", body);
        (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("trustedDomains")[0].GetString().ShouldBe("trusted.example");
        await Eventually.Is(() => Acceptance(theirs), a => a == "accepted", TimeSpan.FromSeconds(60));
        (await Acceptance(others)).ShouldBe("waiting");

        // What a client of before leaves out stays as it is.
        body.Remove("trustedDomains");
        var kept = await coordinator.PutAsJsonAsync($"/api/campaigns/{campaign}", body);
        (await kept.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("trustedDomains").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task who_comes_in_by_the_sign_in_for_staff_is_known_also_for_what_they_offered_before()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "staff@nobody.example", Some.Mornings);
        (await Acceptance(offer)).ShouldBe("waiting");
        using var vouched = service.Client();
        vouched.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            service.Realm.Token("teacher", "staff@nobody.example", vouched: "academie")
        );
        var body = Some.Offer("staff@nobody.example", Some.Mornings);
        (await vouched.PutAsJsonAsync($"/api/offers/{offer}", body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Acceptance(offer)).ShouldBe("accepted");
    }

    [Fact]
    public async Task the_queue_is_the_territorys_and_what_is_out_of_order_is_refused()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "order@nobody.example", Some.Mornings);
        using var gard = service.Coordinator("030");
        await SchedulingService.Refused(await gard.PostAsJsonAsync($"/api/offers/{offer}/accept", Seen), 404, "not-found");
        await SchedulingService.Refused(
            await gard.PostAsJsonAsync($"/api/offers/{offer}/refuse", new { reason = "non" }),
            404,
            "not-found"
        );
        using var teacher = service.Teacher("order@nobody.example");
        await SchedulingService.Refused(await teacher.PostAsJsonAsync($"/api/offers/{offer}/accept", Seen), 403, "forbidden");
        using var coordinator = service.Coordinator("034");
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", new { reason = " " }),
            400,
            "validation"
        );
        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2);
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", new { reason = "vu", checkedOn = tomorrow }),
            422,
            "rules"
        );
        await SchedulingService.Refused(
            await coordinator.GetAsync($"/api/campaigns/{campaign}/offers?acceptance=perhaps"),
            400,
            "validation"
        );
        (await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", Seen)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", Seen)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/offers/{offer}/accept", new { reason = "autre" }),
            409,
            "teacher-accepted"
        );
        (await coordinator.PostAsJsonAsync($"/api/offers/{offer}/refuse", new { reason = "non" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/offers/{offer}/refuse", new { reason = "encore non" }),
            409,
            "teacher-refused"
        );
    }

    [Fact]
    public async Task a_campaign_in_which_nobody_waits_for_long_reminds_nobody()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "fresh@nobody.example", Some.Mornings);
        var job = ActivatorUtilities.CreateInstance<RemindOfWaiting>(service.Services);
        await job.Run(TestContext.Current.CancellationToken);
        service.Heard<TeachersWaiting>().ShouldNotContain(w => w.CampaignId == campaign);
        var later = new Later(TimeProvider.System.GetUtcNow().AddDays(3));
        await ActivatorUtilities.CreateInstance<RemindOfWaiting>(service.Services, later).Run(TestContext.Current.CancellationToken);
        (await service.Hears<TeachersWaiting>(w => w.CampaignId == campaign)).Count.ShouldBe(1);
    }

    private sealed class Later(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public async Task a_person_who_is_erased_leaves_no_word_of_why()
    {
        const string email = "erased@nobody.example";
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, email, Some.Mornings);
        await Answer(offer, "refuse", new { reason = "Motif très personnel" });
        using var portal = service.Client("service");
        (await portal.DeleteAsync($"/internal/people/{Vocabulary.PersonId.FromEmail(email)}")).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var search = database.CreateCommand(
            """
            select (select count(*) from scheduling.mt_events where data::text like '%très personnel%')
                 + (select count(*) from scheduling.mt_doc_teacherstanding where data::text like '%très personnel%')
            """
        );
        (await search.ExecuteScalarAsync()).ShouldBe(0L);
        (await Acceptance(await service.Offer(campaign, email, Some.Mornings))).ShouldBe("waiting");
    }

    private Task Enrol(Guid campaign) => service.Enrol(campaign, [.. Enumerable.Range(0, 3).Select(_ => Some.Enrolment(campaign))]);

    private async Task<JsonElement> Answer(Guid offer, string verb, object body)
    {
        using var coordinator = service.Coordinator();
        var answer = await coordinator.PostAsJsonAsync($"/api/offers/{offer}/{verb}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<Guid[]> Waiting(Guid campaign)
    {
        using var coordinator = service.Coordinator();
        var found = await coordinator.GetFromJsonAsync<JsonElement>(
            $"/api/campaigns/{campaign}/offers?acceptance=waiting&sort=since&order=asc&page=1"
        );
        return [.. found.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetGuid())];
    }

    private async Task<(int Offers, int Waiting)> Demand(Guid campaign)
    {
        using var coordinator = service.Coordinator();
        var demand = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/demand");
        return (demand.GetProperty("offers").GetInt32(), demand.GetProperty("teachersWaiting").GetInt32());
    }

    private async Task<string?> Acceptance(Guid offer)
    {
        using var coordinator = service.Coordinator();
        return (await coordinator.GetFromJsonAsync<JsonElement>($"/api/offers/{offer}")).GetProperty("acceptance").GetString();
    }

    private static string?[] Codes(JsonElement problem) =>
        [.. problem.GetProperty("conflicts").EnumerateArray().Select(c => c.GetProperty("code").GetString())];
}
