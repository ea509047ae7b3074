namespace Stages.Scheduling.Tests;

/// <summary>What the board shows when a drag begins is what the end of the drag would be answered, target by target.</summary>
public sealed class TargetsTests(SchedulingService service)
{
    private static readonly string[] Days = ["MON", "TUE", "WED", "THU", "FRI"];

    [Fact]
    public async Task each_slot_and_each_other_week_says_what_moving_there_would_be_refused_for()
    {
        var (_, stages) = await Timetable("slots");
        using var coordinator = service.Coordinator();
        foreach (var stage in stages)
        {
            var modules = stage.GetProperty("modules").EnumerateArray().ToArray();
            var module = modules[Random.Shared.Next(modules.Length)].GetProperty("id").GetGuid();
            var targets = await Read(coordinator, $"/api/stages/{Id(stage)}/targets?module={module}");
            var slots = targets.GetProperty("slots").EnumerateArray().ToArray();
            slots.Length.ShouldBe(20, "five days of four hours");
            foreach (var slot in slots)
            {
                var (date, start) = (slot.GetProperty("date").GetString()!, slot.GetProperty("start").GetString()!);
                var moved = modules.Select(m =>
                    m.GetProperty("id").GetGuid() == module
                        ? new Placed(module, date, start)
                        : new Placed(m.GetProperty("id").GetGuid(), m.GetProperty("date").GetString()!, m.GetProperty("start").GetString()!)
                );
                Conflicts(slot).ShouldBe(await Preview(coordinator, stage, new { modules = moved }), $"{date} {start}");
            }
            slots.Count(s => Conflicts(s).Length == 0).ShouldBeGreaterThan(0);
            slots.Count(s => Conflicts(s).Length > 0).ShouldBeGreaterThan(0);
            var week = targets.GetProperty("weeks").EnumerateArray().ShouldHaveSingleItem();
            week.GetProperty("week").GetString().ShouldBe("B");
            Conflicts(week).ShouldBe(await Preview(coordinator, stage, new { week = "B" }));
            Conflicts(week).ShouldNotBeEmpty("nobody offered week B");
        }
    }

    [Fact]
    public async Task each_stage_says_why_it_cannot_take_a_pupil()
    {
        var (campaign, stages) = await Timetable("pupils");
        using var coordinator = service.Coordinator();
        foreach (var from in stages)
        {
            var pupil = Pupils(from)[Random.Shared.Next(Pupils(from).Length)];
            var targets = await Read(
                coordinator,
                $"/api/campaigns/{campaign}/stages/targets?enrolmentId={pupil}&subject=FR&from={Id(from)}"
            );
            var others = targets.GetProperty("stages").EnumerateArray().ToArray();
            others.Select(t => t.GetProperty("stageId").GetGuid()).ShouldBe(stages.Where(s => Id(s) != Id(from)).Select(Id), true);
            foreach (var target in others)
            {
                var to = stages.Single(s => Id(s) == target.GetProperty("stageId").GetGuid());
                object[] pupils = [.. Seats(to), new { enrolmentId = pupil, from = Id(from) }];
                Conflicts(target).ShouldBe(await Preview(coordinator, to, new { pupils }));
            }
            var left = Pupils(from).Where(p => p != pupil).Select(p => new { enrolmentId = p });
            Conflicts(targets, "out").ShouldBe(await Preview(coordinator, from, new { pupils = left }));
        }
    }

    [Fact]
    public async Task a_wish_that_waits_has_no_stage_to_leave_and_only_its_own_level_to_enter()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "level.one@example.org", Some.Mornings);
        await service.Offer(campaign, "level.two@example.org", Some.Mornings, levels: ["5e"]);
        string[] levels = ["6e", "5e"];
        await service.Enrol(campaign, [.. levels.SelectMany(level => Enumerable.Range(0, 6).Select(_ => Some.Enrolment(campaign, level)))]);
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(2);
        var late = Some.Enrolment(campaign, "5e");
        await service.Enrol(campaign, [late]);
        using var coordinator = service.Coordinator();

        var address = $"/api/campaigns/{campaign}/stages/targets?enrolmentId={late.EnrolmentId}&subject=FR";
        var targets = await Eventually.Is(() => Read(coordinator, address), t => t.TryGetProperty("stages", out _));
        targets.GetProperty("out").ValueKind.ShouldBe(JsonValueKind.Null);
        var only = targets.GetProperty("stages").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("stageId").GetGuid().ShouldBe(Id(stages.Single(s => s.GetProperty("level").GetString() == "5e")));
        Conflicts(only).ShouldHaveSingleItem().ShouldStartWith("group-too-large");
    }

    [Fact]
    public async Task the_stages_that_break_a_rule_are_found_all_at_once()
    {
        var (campaign, stages) = await Timetable("conflicts");
        using var coordinator = service.Coordinator();
        var address = $"/api/campaigns/{campaign}/stages/conflicts";
        (await Read(coordinator, address)).GetProperty("items").GetArrayLength().ShouldBe(0);

        // A draft whose teacher withdraws has nobody to give it.
        var broken = stages[Random.Shared.Next(stages.Length)];
        using var teacher = service.Teacher(await TeacherOf(coordinator, broken));
        using var withdrawn = await teacher.PostAsync($"/api/offers/{broken.GetProperty("teacherOfferId").GetGuid()}/withdraw", null);
        withdrawn.EnsureSuccessStatusCode();
        var found = await Eventually.Is(() => Read(coordinator, address), a => a.GetProperty("items").GetArrayLength() > 0);
        var only = found.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("stageId").GetGuid().ShouldBe(Id(broken));
        Conflicts(only).ShouldBe(Conflicts(await Read(coordinator, $"/api/stages/{Id(broken)}/conflicts"), "items"));
        using var elsewhere = service.Coordinator("030");
        (await Read(elsewhere, address)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task who_does_not_see_a_pupil_or_a_stage_hears_nothing_of_their_targets()
    {
        var (campaign, stages) = await Timetable("others");
        using var elsewhere = service.Coordinator("030");
        using var stage = await elsewhere.GetAsync($"/api/stages/{Id(stages[0])}/targets");
        stage.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pupil = await elsewhere.GetAsync(
            $"/api/campaigns/{campaign}/stages/targets?enrolmentId={Pupils(stages[0])[0]}&subject=FR"
        );
        pupil.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var family = service.Client("family", "parent@example.org");
        using var refused = await family.GetAsync($"/api/stages/{Id(stages[0])}/targets");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<string> TeacherOf(HttpClient coordinator, JsonElement stage) =>
        (await Read(coordinator, $"/api/offers/{stage.GetProperty("teacherOfferId").GetGuid()}"))
            .GetProperty("teacher")
            .GetProperty("email")
            .GetString()!;

    private sealed record Placed(Guid Id, string Date, string Start);

    /// <summary>Teachers of different mornings, and pupils of whom some cannot come on every one.</summary>
    private async Task<(Guid Campaign, JsonElement[] Stages)> Timetable(string name)
    {
        var campaign = await service.OpenCampaign();
        string[] all = [.. Days.SelectMany(d => new[] { $"{d}-09:00", $"{d}-11:15" })];
        await service.Offer(campaign, $"{name}.one@example.org", all);
        await service.Offer(campaign, $"{name}.two@example.org", Some.Mornings);
        await service.Enrol(
            campaign,
            [
                .. Enumerable.Range(0, 6).Select(_ => Some.Enrolment(campaign, slots: Some.Mornings)),
                .. Enumerable.Range(0, 5).Select(_ => Some.Enrolment(campaign, slots: all)),
            ]
        );
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(2);
        return (campaign, stages);
    }

    private static async Task<JsonElement> Read(HttpClient client, string address) => await client.GetFromJsonAsync<JsonElement>(address);

    private static async Task<string[]> Preview(HttpClient client, JsonElement stage, object form)
    {
        using var answer = await client.PutAsJsonAsync($"/api/stages/{Id(stage)}?dryRun=true", form);
        return Conflicts(await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string[] Conflicts(JsonElement of, string name = "conflicts") =>
        [
            .. of.GetProperty(name)
                .EnumerateArray()
                .Select(c => $"{c.GetProperty("code").GetString()} {c.GetProperty("text").GetString()}")
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<object> Seats(JsonElement stage) => Pupils(stage).Select(p => (object)new { enrolmentId = p });

    private static Guid Id(JsonElement stage) => stage.GetProperty("id").GetGuid();

    private static Guid[] Pupils(JsonElement stage) =>
        [.. stage.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("enrolmentId").GetGuid())];
}
