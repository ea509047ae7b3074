using System.Text.Json;
using Stages.Contracts.Scheduling;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>What families see of what Scheduling publishes, and what Scheduling hears of their answers.</summary>
public sealed class PlacementTests(EnrolmentService service) : IAsyncLifetime
{
    private readonly Guid stage = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly string email = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task a_place_is_offered_confirmed_and_asked_again_only_when_the_hours_change()
    {
        using var family = service.Client("family", email);
        var id = await Enrol(family);
        await service.Publish(Published(1, id));
        (await Placement(family, id, "offered")).GetProperty("teacherFirstName").GetString().ShouldBe("Claire");
        (await family.GetFromJsonAsync<JsonElement>("/api/me/modules")).GetProperty("items").GetArrayLength().ShouldBe(3);

        (await family.PostAsJsonAsync($"/api/enrolments/{id}/confirm", new { stageId = stage })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await service.Hears<Contract.PlacementConfirmed>(m => m.EnrolmentId == id && m.StageId == stage);
        // The second click changes nothing.
        (await family.PostAsJsonAsync($"/api/enrolments/{id}/confirm", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);

        await service.Publish(Changed(2, id, "Marc", new TimeOnly(9, 0)));
        await Testing.Eventually.Is(() => Placement(family, id), p => p.GetProperty("teacherFirstName").GetString() == "Marc");
        (await Placement(family, id)).GetProperty("status").GetString().ShouldBe("confirmed");

        await service.Publish(Changed(3, id, "Marc", new TimeOnly(14, 0)));
        await Placement(family, id, "offered");

        // An older message that comes late changes nothing.
        await service.Publish(Changed(2, id, "Personne", new TimeOnly(9, 0)));
        await service.Publish(new StageCancelled(stage, service.Open, 4, "Enseignante malade"));
        var cancelled = await Placement(family, id, "cancelled");
        cancelled.GetProperty("reason").GetString().ShouldBe("Enseignante malade");
        cancelled.GetProperty("teacherFirstName").GetString().ShouldBe("Marc");
    }

    /// <summary>What Scheduling had said before it forgot the teacher comes when this service has forgotten them already.</summary>
    [Fact]
    public async Task a_message_that_comes_after_its_teacher_was_forgotten_writes_nobody_down()
    {
        using var family = service.Client("family", email);
        using var portal = service.Client("service", "portal@example.org");
        var (id, teacher) = (await Enrol(family), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        (await portal.DeleteAsync($"/internal/people/{teacher}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await service.Publish(Published(1, id) with { TeacherId = teacher });
        (await Placement(family, id, "offered")).GetProperty("teacherFirstName").GetString().ShouldBe("");
        await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var command = database.CreateCommand(
            "select count(*) from enrolment.mt_events where stream_id = $1 and (data::text like '%Claire%' or data::text like $2)"
        );
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = $"%{teacher}%" });
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task a_declined_place_is_told_and_stays_declined_when_the_pupil_leaves_the_stage()
    {
        using var family = service.Client("family", email);
        var id = await Enrol(family);
        await service.Publish(Published(1, id));
        await Placement(family, id, "offered");
        (await family.PostAsJsonAsync($"/api/enrolments/{id}/decline", new { wish = "MATHS" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await service.Hears<Contract.PlacementDeclined>(m => m.EnrolmentId == id);
        await service.Publish(Changed(2, null, "Claire", new TimeOnly(9, 0)));
        var waiting = new WishWaiting(
            "MATHS",
            3,
            "groups-full",
            "Les groupes sont pleins.",
            "The groups are full.",
            ["une place de plus"],
            ["one more seat"]
        );
        await service.Publish(new WishesLeftWaiting(id, service.Open, 5, [waiting]));

        family.DefaultRequestHeaders.Add("Accept-Language", "en");
        var placements = await Testing.Eventually.Is(
            async () => (await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")).GetProperty("placements"),
            p => p.GetArrayLength() == 2
        );
        placements[0].GetProperty("status").GetString().ShouldBe("declined");
        placements[1].GetProperty("status").GetString().ShouldBe("waiting");
        var why = placements[1].GetProperty("waiting");
        why.GetProperty("rank").GetInt32().ShouldBe(3);
        why.GetProperty("text").GetString().ShouldBe("The groups are full.");
        why.GetProperty("wouldBePlacedIf")[0].GetString().ShouldBe("one more seat");
    }

    [Fact]
    public async Task a_message_delivered_twice_has_one_effect()
    {
        using var family = service.Client("family", email);
        var id = await Enrol(family);
        var messageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => service.Publish(Published(1, id), messageId)));
        await Placement(family, id, "offered");
        await service.Publish(Changed(2, id, "Claire", new TimeOnly(9, 0)));
        await Testing.Eventually.Is(
            async () => (await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")).GetProperty("version").GetInt64(),
            v => v == 3
        );
        (await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")).GetProperty("placements").GetArrayLength().ShouldBe(1);
    }

    private static readonly DateOnly[] Dates = [new(2021, 4, 12), new(2021, 4, 13), new(2021, 4, 14)];

    private readonly Guid[] moduleIds = [.. Dates.Select(_ => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))];

    private static async Task<JsonElement> Placement(HttpClient family, Guid id) =>
        (await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")).GetProperty("placements")[0];

    private static Task<JsonElement> Placement(HttpClient family, Guid id, string status) =>
        Testing.Eventually.Is(
            () =>
                family
                    .GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")
                    .ContinueWith(t => t.Result.GetProperty("placements").EnumerateArray().FirstOrDefault(), TaskScheduler.Default),
            p => p.ValueKind == JsonValueKind.Object && p.GetProperty("status").GetString() == status
        )!;

    private async Task<Guid> Enrol(HttpClient family) =>
        (
            await (
                await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", Some.Request(email: email))
            ).Content.ReadFromJsonAsync<JsonElement>()
        )
            .GetProperty("id")
            .GetGuid();

    private StagePublished Published(long version, Guid enrolment) =>
        new(
            stage,
            service.Open,
            version,
            "MATHS",
            ["6e"],
            "A",
            "Europe/Paris",
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            null,
            "Claire",
            Modules(new TimeOnly(9, 0)),
            [new PupilPlaced(enrolment, "MATHS")]
        );

    private StageChanged Changed(long version, Guid? enrolment, string teacher, TimeOnly start) =>
        new(
            stage,
            service.Open,
            version,
            "MATHS",
            ["6e"],
            "A",
            "Europe/Paris",
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            null,
            teacher,
            Modules(start),
            enrolment is { } id ? [new PupilPlaced(id, "MATHS")] : []
        );

    private ModuleSet[] Modules(TimeOnly start) =>
        [
            .. Dates.Select(
                (date, i) =>
                    new ModuleSet(
                        moduleIds[i],
                        date,
                        start,
                        start.AddHours(2),
                        new DateTimeOffset(date, start, TimeSpan.FromHours(2)).ToUniversalTime(),
                        new DateTimeOffset(date, start.AddHours(2), TimeSpan.FromHours(2)).ToUniversalTime(),
                        0
                    )
            ),
        ];
}
