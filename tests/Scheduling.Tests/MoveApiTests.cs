namespace Stages.Scheduling.Tests;

/// <summary>Moves over HTTP, by people who change the same stages: each answer has the versions with which one goes on.</summary>
public sealed class MoveApiTests(SchedulingService service)
{
    [Fact]
    public async Task after_a_pupil_went_from_one_stage_to_another_both_are_changed_by_the_versions_that_were_answered()
    {
        var (larger, smaller) = await TwoStages("both");
        using var coordinator = service.Coordinator();
        var pupil = Pupils(larger)[0];

        var moved = await Put(coordinator, smaller, Enter(smaller, pupil, larger), Version(smaller));
        Pupils(moved).ShouldContain(pupil);
        var left = moved.GetProperty("alsoChanged").EnumerateArray().ShouldHaveSingleItem();
        Id(left).ShouldBe(Id(larger));
        Pupils(left).ShouldNotContain(pupil);
        Version(left).ShouldBe(Version(larger) + 1);
        Version(moved).ShouldBe(Version(smaller) + 1);
        // What the stage itself says is the same, in its answer and in its ETag.
        using var read = await coordinator.GetAsync($"/api/stages/{Id(larger)}");
        read.Headers.ETag!.Tag.ShouldBe($"\"{Version(left)}\"");

        // The stage that lost a pupil is not locked: it is changed by the version that was answered, and so is the other.
        var back = await Put(coordinator, left, Enter(left, pupil, moved), Version(left));
        Pupils(back).ShouldContain(pupil);
        var again = back.GetProperty("alsoChanged").EnumerateArray().Single();
        Version(again).ShouldBe(Version(moved) + 1);
        await Put(coordinator, again, Enter(again, Pupils(back)[0], back), Version(again));
    }

    [Fact]
    public async Task a_second_click_and_a_stale_version_change_nothing()
    {
        var (larger, smaller) = await TwoStages("twice");
        using var coordinator = service.Coordinator();
        var pupil = Pupils(larger)[0];
        var form = Enter(smaller, pupil, larger);
        var moved = await Put(coordinator, smaller, form, Version(smaller));

        using var second = await Send(coordinator, smaller, form, Version(smaller));
        await SchedulingService.Refused(second, 412, "stale");
        using var stale = await Send(coordinator, larger, new { pupils = Seats(larger) }, Version(larger));
        await SchedulingService.Refused(stale, 412, "stale");
        // What stands already is no conflict and no further version.
        var same = await Put(coordinator, moved, new { pupils = Seats(moved) }, Version(moved));
        Version(same).ShouldBe(Version(moved));
        same.TryGetProperty("alsoChanged", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task several_changes_of_one_form_are_made_together_or_not_at_all()
    {
        var (larger, smaller) = await TwoStages("several");
        using var coordinator = service.Coordinator();
        object[] thursday = [Module("2021-04-12"), Module("2021-04-13"), Module("2021-04-15")];
        var pupils = Enter(smaller, Pupils(larger)[0], larger).Pupils;

        using var refused = await Send(
            coordinator,
            smaller,
            new { modules = (object[])[.. thursday, Module("2021-04-16")], pupils },
            Version(smaller)
        );
        await SchedulingService.Refused(refused, 409, "conflicts");
        var untouched = await coordinator.GetFromJsonAsync<JsonElement>($"/api/stages/{Id(smaller)}");
        (Version(untouched), Pupils(untouched).Length).ShouldBe((Version(smaller), Pupils(smaller).Length));

        var made = await Put(coordinator, smaller, new { modules = thursday, pupils }, Version(smaller));
        Pupils(made).Length.ShouldBe(Pupils(smaller).Length + 1);
        made.GetProperty("modules").EnumerateArray().Select(m => m.GetProperty("slot").GetString()).ShouldContain("THU-09:00");
        Version(made).ShouldBe(Version(smaller) + 1);
    }

    /// <summary>Groups of one teacher's mornings always meet at some hour together: of twins with one device, one waits.</summary>
    [Fact]
    public async Task a_move_never_brings_siblings_together_who_have_one_device()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "siblings.one@example.org", Some.Mornings[..4]);
        await service.Offer(campaign, "siblings.two@example.org", Some.Mornings[..4]);
        var family = Some.NewId();
        var twins = Enumerable
            .Range(0, 2)
            .Select(_ => Some.Enrolment(campaign) with { SiblingGroup = family, SiblingsRule = "apart" })
            .ToArray();
        await service.Enrol(campaign, [.. twins, .. Enumerable.Range(0, 8).Select(_ => Some.Enrolment(campaign))]);
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(2);
        var placed = twins.Single(t => stages.Any(s => Pupils(s).Contains(t.EnrolmentId)));
        var waiting = twins.Single(t => t != placed).EnrolmentId;
        using var coordinator = service.Coordinator();
        foreach (var stage in stages)
        {
            using var refused = await Send(
                coordinator,
                stage,
                new { pupils = (object[])[.. Seats(stage), new { enrolmentId = waiting, wish = "FR" }] },
                Version(stage)
            );
            var conflicts = (await SchedulingService.Refused(refused, 409, "conflicts"))
                .GetProperty("conflicts")
                .EnumerateArray()
                .ToArray();
            conflicts.ShouldAllBe(c =>
                c.GetProperty("code").GetString() == "siblings-apart" || c.GetProperty("code").GetString() == "group-too-large"
            );
            conflicts.ShouldContain(c => c.GetProperty("code").GetString() == "siblings-apart");
        }

        var place = stages.Single(s => Pupils(s).Contains(placed.EnrolmentId));
        var instead = Pupils(place).Select(p => p == placed.EnrolmentId ? waiting : p).Select(p => new { enrolmentId = p, wish = "FR" });
        Pupils(await Put(coordinator, place, new { pupils = instead }, Version(place))).ShouldContain(waiting);
    }

    private static object Module(string date) => new { date, start = "09:00" };

    /// <summary>Two teachers and ten pupils: a group of six and one of four.</summary>
    private async Task<(JsonElement Larger, JsonElement Smaller)> TwoStages(string name)
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, $"{name}.one@example.org", Some.Mornings);
        await service.Offer(campaign, $"{name}.two@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 10).Select(_ => Some.Enrolment(campaign))]);
        var stages = (await service.Adopt(campaign, await service.Pair(campaign))).OrderByDescending(s => Pupils(s).Length).ToArray();
        stages.Length.ShouldBe(2);
        return (stages[0], stages[1]);
    }

    private sealed record Form(object[] Pupils);

    private static Form Enter(JsonElement stage, Guid pupil, JsonElement from) =>
        new([
            .. Seats(stage),
            new
            {
                enrolmentId = pupil,
                wish = "FR",
                from = Id(from),
            },
        ]);

    private static object[] Seats(JsonElement stage) => [.. Pupils(stage).Select(p => new { enrolmentId = p })];

    private static async Task<JsonElement> Put(HttpClient client, JsonElement stage, object form, long version)
    {
        using var answer = await Send(client, stage, form, version);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, JsonElement stage, object form, long version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/stages/{Id(stage)}") { Content = JsonContent.Create(form) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return client.SendAsync(request);
    }

    private static Guid Id(JsonElement stage) => stage.GetProperty("id").GetGuid();

    private static long Version(JsonElement stage) => stage.GetProperty("version").GetInt64();

    private static Guid[] Pupils(JsonElement stage) =>
        [.. stage.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("enrolmentId").GetGuid())];
}
