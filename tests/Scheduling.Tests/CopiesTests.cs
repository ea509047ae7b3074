using MassTransit;
using Stages.Contracts.Enrolment;

namespace Stages.Scheduling.Tests;

/// <summary>Several copies of the service, and copies that end without a word.</summary>
public sealed class CopiesTests
{
    [Fact]
    public async Task a_run_whose_process_is_killed_is_finished_by_the_next_with_the_same_seed()
    {
        await using var realm = await TestRealm.Create();
        await using var first = new ServiceProcess("services/Scheduling", "Stages.Scheduling", realm.Settings);
        first.Start();
        await first.Ready(TimeSpan.FromMinutes(3));
        using var coordinator = Client(first, realm);
        var campaign = (await SchedulingService.Created(await coordinator.PostAsJsonAsync("/api/campaigns", Some.Campaign())))
            .GetProperty("id")
            .GetGuid();
        await Fill(campaign, first, realm);
        await Eventually.Is(
            async () =>
                (await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/demand")).GetProperty("enrolments").GetInt32(),
            n => n == 60
        );
        var asked = await coordinator.PostAsJsonAsync(
            $"/api/campaigns/{campaign}/pairings",
            new
            {
                budgetSeconds = 15,
                seed = 42,
                keep = "none",
            }
        );
        var run = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Eventually.Is(async () => (await Run(coordinator, run)).GetProperty("status").GetString(), s => s == "running");
        await first.Kill();

        await using var second = new ServiceProcess("services/Scheduling", "Stages.Scheduling", realm.Settings);
        second.Start();
        await second.Ready(TimeSpan.FromMinutes(3));
        using var again = Client(second, realm);
        var done = await Eventually.Is(
            () => Run(again, run),
            r => r.GetProperty("status").GetString() == "done",
            TimeSpan.FromSeconds(120)
        );
        done.GetProperty("seed").GetInt32().ShouldBe(42);
        done.GetProperty("attempts").GetInt32().ShouldBeGreaterThan(1);
        done.GetProperty("score").GetProperty("placedWishes").GetInt32().ShouldBeGreaterThan(20);
        (await again.PostAsync($"/api/pairings/{run}/adopt", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_service_without_the_owners_password_starts_on_what_a_migration_made()
    {
        await using var realm = await TestRealm.Create();
        var settings = realm.Settings;
        await using var migration = new ServiceProcess("services/Scheduling", "Stages.Scheduling", [.. settings, new("migrate", "true")]);
        migration.Start();
        await Eventually.True(() => Task.FromResult(!migration.Runs), TimeSpan.FromMinutes(3));

        settings.Remove("ConnectionStrings:PostgresOwner").ShouldBeTrue();
        settings["Database:ChangedElsewhere"] = "true";
        await using var service = new ServiceProcess("services/Scheduling", "Stages.Scheduling", settings);
        service.Start();
        await service.Ready(TimeSpan.FromMinutes(3));
        using var coordinator = Client(service, realm);
        await SchedulingService.Created(await coordinator.PostAsJsonAsync("/api/campaigns", Some.Campaign()));
    }

    /// <summary>Sixty pupils who compete for eight teachers, so that there is something to search.</summary>
    private static async Task Fill(Guid campaign, ServiceProcess process, TestRealm realm)
    {
        for (var i = 0; i < 8; i++)
        {
            using var teacher = new HttpClient { BaseAddress = process.Address };
            teacher.DefaultRequestHeaders.Authorization = realm.Bearer("teacher", $"t{i}@example.org", service: "scheduling");
            await SchedulingService.Created(
                await teacher.PostAsJsonAsync(
                    $"/api/campaigns/{campaign}/offers",
                    Some.Offer($"t{i}@example.org", [.. Slots(i)], i % 2 == 0 ? "A" : "B")
                )
            );
        }
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(realm.RabbitMq)));
        await bus.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            var enrolment = Some.Enrolment(campaign, slots: [.. Slots(i * 3)], week: i % 2 == 0 ? "A" : "B");
            await bus.Publish(enrolment, context => context.MessageId = enrolment.EnrolmentId);
        }
        await bus.StopAsync();
    }

    private static IEnumerable<string> Slots(int without) =>
        new[] { "MON", "TUE", "WED", "THU", "FRI" }
            .SelectMany(d => new[] { "09:00", "11:15", "14:00", "16:15" }.Select(t => $"{d}-{t}"))
            .Where((_, s) => (s + without) % 4 != 0);

    private static Task<JsonElement> Run(HttpClient client, Guid run) =>
        client.GetFromJsonAsync<JsonElement>($"/api/pairings/{run}?summary=true");

    private static HttpClient Client(ServiceProcess process, TestRealm realm)
    {
        var client = new HttpClient { BaseAddress = process.Address };
        client.DefaultRequestHeaders.Authorization = realm.Bearer("coordinator", "coordo@example.org", service: "scheduling");
        return client;
    }
}

/// <summary>Two copies on one database, used at once.</summary>
public sealed class TwoCopiesTests(SchedulingService service)
{
    [Fact]
    public async Task two_coordinators_who_take_one_pupil_for_two_stages_at_once_do_not_both_succeed()
    {
        // Ended with the fixture: jobs in one process share one log, which the first copy to end would take away from the others.
        var copy = await service.StartCopy();
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "left@example.org", Some.Mornings);
        await service.Offer(campaign, "right@example.org", Some.Mornings);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 12).Select(_ => Some.Enrolment(campaign))]);
        var stages = await service.Adopt(campaign, await service.Pair(campaign));
        stages.Length.ShouldBe(2);
        using var coordinator = service.Coordinator();
        // Both groups lose a pupil, so that both have room; then a newcomer is given to both at the same moment.
        foreach (var s in stages)
            (await Put(coordinator, s, [.. Pupils(s).Skip(1)])).StatusCode.ShouldBe(HttpStatusCode.OK);
        var newcomer = Some.Enrolment(campaign);
        await service.Enrol(campaign, newcomer);

        using var other = copy.CreateClient();
        other.DefaultRequestHeaders.Authorization = service.Realm.Bearer("coordinator", "autre@example.org");
        var answers = await Task.WhenAll(
            Put(coordinator, stages[0], [.. Pupils(stages[0]).Skip(1), newcomer.EnrolmentId]),
            Put(other, stages[1], [.. Pupils(stages[1]).Skip(1), newcomer.EnrolmentId])
        );
        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
    }

    [Fact]
    public async Task a_message_delivered_twice_and_an_older_version_change_nothing()
    {
        var campaign = await service.OpenCampaign();
        var id = Some.NewId();
        await service.Enrol(campaign, Some.Enrolment(campaign, id: id, version: 3, level: "5e"));
        var message = Some.NewId();
        await service.Publish(Some.Enrolment(campaign, id: id, version: 2), message);
        await service.Publish(Some.Enrolment(campaign, id: id, version: 2), message);
        await service.Publish(new EnrolmentChanged(id, campaign, 1, "CP", Some.School, 1, Some.Now, [], null, [new WishMade("FR", 1)]));
        await service.Enrol(campaign, Some.Enrolment(campaign, level: "CP"));
        var demand = await service.Coordinator().GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/demand");
        Wishes(demand, "5e").ShouldBe(1);
        Wishes(demand, "6e").ShouldBe(0);
        Wishes(demand, "CP").ShouldBe(1);
    }

    [Fact]
    public async Task a_run_is_cancelled_through_any_copy()
    {
        // Ended with the fixture: jobs in one process share one log, which the first copy to end would take away from the others.
        var copy = await service.StartCopy();
        var campaign = await service.OpenCampaign();
        using var coordinator = service.Coordinator();
        using var other = copy.CreateClient();
        other.DefaultRequestHeaders.Authorization = service.Realm.Bearer("coordinator", "autre@example.org");
        var asked = await coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 600 });
        var run = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var cancelled = await other.DeleteAsync($"/api/pairings/{run}");
        if (cancelled.StatusCode == HttpStatusCode.OK)
            (await cancelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString().ShouldBe("cancelled");
        else
            await SchedulingService.Refused(cancelled, 409, "run-has-ended");
        await SchedulingService.Refused(await other.DeleteAsync($"/api/pairings/{Some.NewId()}"), 404, "not-found");
    }

    private static int Wishes(JsonElement demand, string level) =>
        demand
            .GetProperty("subjects")
            .EnumerateArray()
            .Single(c => c.GetProperty("subject").GetString() == "FR" && c.GetProperty("level").GetString() == level)
            .GetProperty("wishes")
            .GetInt32();

    private static Guid[] Pupils(JsonElement stage) =>
        [.. stage.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("enrolmentId").GetGuid())];

    private static Task<HttpResponseMessage> Put(HttpClient client, JsonElement stage, Guid[] pupils) =>
        client.PutAsJsonAsync(
            $"/api/stages/{stage.GetProperty("id").GetGuid()}",
            new { pupils = pupils.Select(p => new { enrolmentId = p, wish = "FR" }) }
        );
}
