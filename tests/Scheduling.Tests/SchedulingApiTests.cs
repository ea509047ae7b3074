using Stages.Vocabulary;
using Contract = Stages.Contracts.Scheduling;

namespace Stages.Scheduling.Tests;

/// <summary>Roles, repeated and stale requests, bad input, and moves with every conflict named.</summary>
public sealed class SchedulingApiTests(SchedulingService service)
{
    [Fact]
    public async Task a_repeated_key_is_one_campaign_and_another_body_is_refused()
    {
        using var coordinator = service.Coordinator();
        coordinator.DefaultRequestHeaders.Add("Idempotency-Key", "open-once");
        var form = Some.Campaign();
        var first = await SchedulingService.Created(await coordinator.PostAsJsonAsync("/api/campaigns", form));
        var second = await SchedulingService.Created(await coordinator.PostAsJsonAsync("/api/campaigns", form));
        second.GetProperty("id").GetGuid().ShouldBe(first.GetProperty("id").GetGuid());
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync("/api/campaigns", Some.Campaign(new { groupMin = 4 })),
            422,
            "idempotency-key-reused"
        );
    }

    [Fact]
    public async Task everybody_reads_campaigns_and_only_the_académie_opens_them()
    {
        var campaign = await service.OpenCampaign();
        using var anyone = service.Client();
        (await anyone.GetAsync($"/api/campaigns/{campaign}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anyone.GetFromJsonAsync<JsonElement>("/api/campaigns?limit=1")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await SchedulingService.Refused(await anyone.PostAsJsonAsync("/api/campaigns", Some.Campaign()), 401, "unauthenticated");
        foreach (var role in new[] { "family", "teacher" })
            await SchedulingService.Refused(
                await service.Client(role).PostAsJsonAsync("/api/campaigns", Some.Campaign()),
                403,
                "forbidden"
            );
        await SchedulingService.Refused(
            await service.Coordinator("034").PostAsJsonAsync("/api/campaigns", Some.Campaign()),
            403,
            "forbidden"
        );
    }

    [Fact]
    public async Task pages_of_campaigns_follow_each_other_without_loss()
    {
        for (var i = 0; i < 3; i++)
            await service.OpenCampaign();
        using var anyone = service.Client();
        var (seen, next) = (new List<Guid>(), "");
        while (next is not null)
        {
            var page = await anyone.GetFromJsonAsync<JsonElement>($"/api/campaigns?limit=2{(next.Length > 0 ? $"&after={next}" : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            next = page.GetProperty("next").GetString();
        }
        seen.Count.ShouldBe(seen.Distinct().Count());
        seen.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task malformed_unknown_and_too_large_bodies_change_nothing()
    {
        using var coordinator = service.Coordinator();
        await SchedulingService.Refused(await Send("{\"name\":"), 400, "malformed-json");
        await SchedulingService.Refused(await Send("{\"name\":\"x\",\"colour\":\"red\"}"), 400, "malformed-json");
        await SchedulingService.Refused(await Send("{}"), 400, "validation");
        await SchedulingService.Refused(await Send("{\"enrolmentOpens\":\"2021-04-01T08:00:00\"}"), 400, "malformed-json");

        Task<HttpResponseMessage> Send(string body) =>
            coordinator.PostAsync("/api/campaigns", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task a_stale_change_is_refused_and_the_answer_names_the_version()
    {
        var campaign = await service.OpenCampaign();
        using var coordinator = service.Coordinator();
        var change = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns/{campaign}")
        {
            Content = JsonContent.Create(Some.Campaign(new { groupMax = 5 })),
        };
        change.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        var changed = await coordinator.SendAsync(change);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var stale = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns/{campaign}") { Content = JsonContent.Create(Some.Campaign()) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        (await SchedulingService.Refused(await coordinator.SendAsync(stale), 412, "stale"))
            .GetProperty("currentVersion")
            .GetInt64()
            .ShouldBe(2);
        (await service.Hears<Contract.CampaignChanged>(m => m.CampaignId == campaign)).Rules.GroupMax.ShouldBe(5);
    }

    [Fact]
    public async Task a_teacher_has_one_offer_of_their_own_and_no_other()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "own@example.org", Some.Mornings);
        using var teacher = service.Teacher("own@example.org");
        using var other = service.Teacher("other@example.org");
        var again = await SchedulingService.Refused(
            await teacher.PostAsJsonAsync($"/api/campaigns/{campaign}/offers", Some.Offer("own@example.org", Some.Mornings)),
            409,
            "offer-exists"
        );
        again.GetProperty("offerId").GetGuid().ShouldBe(offer);
        await SchedulingService.Refused(
            await other.PostAsJsonAsync($"/api/campaigns/{campaign}/offers", Some.Offer("own@example.org", Some.Mornings)),
            403,
            "forbidden"
        );
        await SchedulingService.Refused(await other.GetAsync($"/api/offers/{offer}"), 404, "not-found");
        await SchedulingService.Refused(await other.PostAsync($"/api/offers/{offer}/withdraw", null), 404, "not-found");
        await SchedulingService.Refused(await service.Client("family").GetAsync($"/api/offers/{offer}"), 403, "forbidden");
        (await service.Coordinator("034").GetAsync($"/api/offers/{offer}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SchedulingService.Refused(await service.Coordinator("030").GetAsync($"/api/offers/{offer}"), 404, "not-found");
        (await service.Coordinator("030").GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/offers"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        (await teacher.GetFromJsonAsync<JsonElement>("/api/me/offers")).GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(offer);
    }

    [Fact]
    public async Task an_offer_posted_many_times_at_once_is_one_offer()
    {
        var campaign = await service.OpenCampaign();
        using var teacher = service.Teacher("race@example.org");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => teacher.PostAsJsonAsync($"/api/campaigns/{campaign}/offers", Some.Offer("race@example.org", Some.Mornings)))
        );
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
    }

    [Fact]
    public async Task an_offer_that_does_not_fit_the_campaign_is_refused_field_by_field()
    {
        var campaign = await service.OpenCampaign();
        using var teacher = service.Teacher("misfit@example.org");
        var refused = await SchedulingService.Refused(
            await teacher.PostAsJsonAsync(
                $"/api/campaigns/{campaign}/offers",
                Some.Offer("misfit@example.org", ["MON-08:00"], week: "C", levels: ["Tle"])
            ),
            422,
            "rules"
        );
        var fields = refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).ToArray();
        fields.ShouldContain("slots.C");
        fields.ShouldContain("teaches[0].levels");
    }

    [Fact]
    public async Task a_move_is_tried_then_refused_with_its_conflicts_then_made()
    {
        var (campaign, stage) = await Draft("mover@example.org");
        using var coordinator = service.Coordinator();
        var first = stage.GetProperty("modules")[0];
        var bad = new
        {
            modules = new[]
            {
                new { date = "2021-04-12", start = "09:00" },
                new { date = "2021-04-12", start = "11:15" },
                new { date = "2021-04-16", start = "16:15" },
            },
        };
        var preview = await (
            await coordinator.PutAsJsonAsync($"/api/stages/{Id(stage)}?dryRun=true", bad)
        ).Content.ReadFromJsonAsync<JsonElement>();
        preview.GetProperty("possible").GetBoolean().ShouldBeFalse();
        var refused = await SchedulingService.Refused(await coordinator.PutAsJsonAsync($"/api/stages/{Id(stage)}", bad), 409, "conflicts");
        var codes = refused.GetProperty("conflicts").EnumerateArray().Select(c => c.GetProperty("code").GetString()).ToArray();
        codes.ShouldContain("teacher-unavailable");
        codes.ShouldContain("pupil-unavailable");
        codes.ShouldContain("too-many-modules-a-day");
        (await service.StagesOf(campaign))[0].GetProperty("version").GetInt64().ShouldBe(stage.GetProperty("version").GetInt64());

        coordinator.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        refused = await SchedulingService.Refused(await coordinator.PutAsJsonAsync($"/api/stages/{Id(stage)}", bad), 409, "conflicts");
        refused.GetProperty("conflicts")[0].GetProperty("text").GetString()!.ShouldNotContain("modules lundi");

        var good = new
        {
            modules = new[]
            {
                new { date = "2021-04-13", start = "09:00" },
                new { date = "2021-04-14", start = "09:00" },
                new { date = "2021-04-15", start = "09:00" },
            },
        };
        var moved = await coordinator.PutAsJsonAsync($"/api/stages/{Id(stage)}", good);
        moved.StatusCode.ShouldBe(HttpStatusCode.OK, await moved.Content.ReadAsStringAsync());
        (await moved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("modules").GetArrayLength().ShouldBe(3);
        first.GetProperty("id").GetGuid().Version.ShouldBe(7);
    }

    [Fact]
    public async Task what_get_gave_may_be_put_back_and_an_older_version_is_stale()
    {
        var (_, stage) = await Draft("back@example.org");
        using var coordinator = service.Coordinator();
        (await coordinator.PutAsJsonAsync($"/api/stages/{Id(stage)}", stage)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.PostAsync($"/api/stages/{Id(stage)}/pin", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = new HttpRequestMessage(HttpMethod.Post, $"/api/stages/{Id(stage)}/approve");
        late.Headers.TryAddWithoutValidation("If-Match", $"\"{stage.GetProperty("version").GetInt64()}\"");
        await SchedulingService.Refused(await coordinator.SendAsync(late), 412, "stale");
        (await coordinator.PostAsync($"/api/stages/{Id(stage)}/approve", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SchedulingService.Refused(
            await coordinator.PostAsJsonAsync($"/api/stages/{Id(stage)}/reject", new { reason = "" }),
            400,
            "validation"
        );
        (await coordinator.PostAsJsonAsync($"/api/stages/{Id(stage)}/reject", new { reason = "Salle fermée" })).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        await SchedulingService.Refused(await coordinator.PostAsync($"/api/stages/{Id(stage)}/approve", null), 409, "stage-status");
        await SchedulingService.Refused(
            await service.Teacher("back@example.org").PostAsync($"/api/stages/{Id(stage)}/approve", null),
            403,
            "forbidden"
        );
    }

    [Theory]
    [InlineData("?status=draft&level=6e&subject=FR&week=A", 1)]
    [InlineData("?status=all&school=0340008Z", 1)]
    [InlineData("?status=all&school=034%200008z", 1)]
    [InlineData("?pinned=false&needsTeacher=false&limit=1", 1)]
    [InlineData("?level=CP", 0)]
    [InlineData("?subject=MATHS", 0)]
    [InlineData("?week=B", 0)]
    [InlineData("?status=published", 0)]
    [InlineData("?status=rejected", 0)]
    [InlineData("?status=cancelled", 0)]
    [InlineData("?school=066", 0)]
    [InlineData("?pinned=true", 0)]
    public async Task stages_are_found_by_what_they_are(string filter, int found)
    {
        filtered ??= await Draft("filter@example.org");
        (await service.StagesOf(filtered.Value.Campaign, filter)).Length.ShouldBe(found);
    }

    private static (Guid Campaign, JsonElement Stage)? filtered;

    [Fact]
    public async Task a_territory_sees_and_decides_on_its_own()
    {
        var (campaign, stage) = await Draft("territory@example.org");
        (await service.Coordinator("034").GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/stages"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(1);
        using var elsewhere = service.Coordinator("066");
        (await elsewhere.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/stages"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        await SchedulingService.Refused(await elsewhere.GetAsync($"/api/stages/{Id(stage)}"), 404, "not-found");
        await SchedulingService.Refused(await elsewhere.PostAsync($"/api/stages/{Id(stage)}/approve", null), 404, "not-found");
        await SchedulingService.Refused(await elsewhere.PostAsync($"/api/campaigns/{campaign}/publish", null), 409, "nothing-approved");
        var run = (await elsewhere.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/pairings"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();
        (await elsewhere.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}"))
            .GetProperty("stages")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        await SchedulingService.Refused(await elsewhere.GetAsync($"/api/pairings/{run}/instance"), 403, "forbidden");
        await SchedulingService.Refused(await elsewhere.PostAsync($"/api/pairings/{run}/adopt", null), 403, "forbidden");
    }

    [Fact]
    public async Task a_teacher_who_leaves_is_replaced_and_everybody_told()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "ill@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 4).Select(_ => Some.Enrolment(campaign))]);
        var stage = (await service.PublishedTimetable(campaign)).ShouldHaveSingleItem();
        var first = stage.GetProperty("teacherOfferId").GetGuid();
        var substitute = await service.Offer(campaign, "sub@example.org", Some.Mornings);
        using var coordinator = service.Coordinator();
        (await service.Teacher("ill@example.org").PostAsync($"/api/offers/{first}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.StagesOf(campaign, "?needsTeacher=true")).Length.ShouldBe(1);

        var invited = await coordinator.PostAsJsonAsync($"/api/stages/{Id(stage)}/substitutes", new { });
        invited.StatusCode.ShouldBe(HttpStatusCode.OK, await invited.Content.ReadAsStringAsync());
        (await invited.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("invited")
            .GetProperty("offerId")
            .GetGuid()
            .ShouldBe(substitute);
        (await service.Hears<Contract.SubstituteInvited>(m => m.StageId == Id(stage))).OfferId.ShouldBe(substitute);
        using var teacher = service.Teacher("sub@example.org");
        (await teacher.GetFromJsonAsync<JsonElement>("/api/me/invitations"))
            .GetProperty("items")[0]
            .GetProperty("stageId")
            .GetGuid()
            .ShouldBe(Id(stage));
        await SchedulingService.Refused(
            await service.Teacher("stranger@example.org").PostAsync($"/api/stages/{Id(stage)}/substitutes/{substitute}/accept", null),
            404,
            "not-found"
        );
        (await teacher.PostAsync($"/api/stages/{Id(stage)}/substitutes/{substitute}/accept", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        var told = await service.Hears<Contract.StageChanged>(m => m.StageId == Id(stage) && m.OfferId == substitute);
        told.Modules.ShouldAllBe(m => m.Sequence == 1);
        told.TeacherId.ShouldBe(PersonId.FromEmail("sub@example.org"));

        (await coordinator.PostAsJsonAsync($"/api/stages/{Id(stage)}/reject", new { reason = "Plus de salle" })).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        (await service.Hears<Contract.StageCancelled>(m => m.StageId == Id(stage))).Reason.ShouldBe("Plus de salle");
    }

    [Fact]
    public async Task a_person_is_forgotten_on_request()
    {
        var campaign = await service.OpenCampaign();
        var offer = await service.Offer(campaign, "forget@example.org", Some.Mornings);
        var person = PersonId.FromEmail("forget@example.org");
        using var portal = service.Client("service");
        (await portal.GetStringAsync($"/internal/people/{person}")).ShouldContain("forget@example.org");
        (await portal.DeleteAsync($"/internal/people/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await portal.GetStringAsync($"/internal/people/{person}")).ShouldNotContain("forget@example.org");
        var left = await service.Coordinator().GetFromJsonAsync<JsonElement>($"/api/offers/{offer}");
        left.GetProperty("status").GetString().ShouldBe("withdrawn");
        left.GetProperty("teacher").ValueKind.ShouldBe(JsonValueKind.Null);
        await SchedulingService.Refused(await service.Coordinator().GetAsync($"/internal/people/{person}"), 403, "forbidden");
    }

    private async Task<(Guid Campaign, JsonElement Stage)> Draft(string teacher)
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, teacher, Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 4).Select(_ => Some.Enrolment(campaign))]);
        return (campaign, (await service.Adopt(campaign, await service.Pair(campaign))).ShouldHaveSingleItem());
    }

    private static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();
}
