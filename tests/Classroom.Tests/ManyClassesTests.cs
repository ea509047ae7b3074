using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Placement;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Thousands of classes begin in the same minute: what one of them costs does not depend on how many there are.</summary>
public sealed class ManyClassesTests(ManyClassesTests.TwoServers service, ITestOutputHelper output)
    : IClassFixture<ManyClassesTests.TwoServers>
{
    /// <summary>Servers that nobody has to reach: they are placed on, and not connected to.</summary>
    public sealed class TwoServers : ClassroomService
    {
        protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
            [
                .. base.ExtraSettings,
                new("Classroom:MediaNodes:0:Name", "m0"),
                new("Classroom:MediaNodes:0:Address", "ws://127.0.0.1:9"),
                new("Classroom:MediaNodes:1:Name", "m1"),
                new("Classroom:MediaNodes:1:Address", "ws://127.0.0.1:9"),
            ];
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDocumentStore Store => service.Services.GetRequiredService<IDocumentStore>();

    [Fact]
    public async Task joining_a_class_costs_the_same_with_ten_and_with_a_thousand_others()
    {
        await Others(10);
        var few = await CostOfJoining();
        await Others(990);
        var many = await CostOfJoining();
        foreach (var ((what, one), (_, other)) in few.Zip(many))
        {
            output.WriteLine(
                $"{what}: {one.Commands} commands, {one.Bytes:N0} bytes read; among a thousand {other.Commands}, {other.Bytes:N0}"
            );
            other.Commands.ShouldBe(one.Commands, what);
            // Not to the byte: ids and times differ in length.
            other.Bytes.ShouldBeLessThan(one.Bytes + 1500, what);
        }
    }

    [Fact]
    public async Task what_is_placed_ahead_stands_on_both_servers_evenly_and_is_read_once()
    {
        await Others(2300);
        var placements = service.Services.GetRequiredService<Placements>();
        await placements.PlaceAhead(Cancel);
        await using var query = Store.QuerySession();
        var now = TimeProvider.System.GetUtcNow();
        var all = await query.Query<ClassModule>().Between(now, now.AddHours(3)).Select(m => m.Id).ToListAsync(Cancel);
        var placed = await query.LoadManyAsync<ClassPlacement>(Cancel, [.. all]);
        placed.Count.ShouldBe(all.Count);
        var loads = placed.GroupBy(p => p.Node).ToDictionary(g => g.Key, g => g.Sum(p => p.Expected));
        output.WriteLine(string.Join(", ", loads.Select(l => $"{l.Key}: {l.Value}")));
        ((double)loads.Values.Max() / loads.Values.Min()).ShouldBeLessThan(1.02);
        // Again: nothing is left to be read.
        (await Measured(() => placements.PlaceAhead(Cancel))).Bytes.ShouldBeLessThan(10_000);
    }

    /// <summary>When a copy dies, and on the coordinators' page: not one class is read for nothing.</summary>
    [Fact]
    public async Task the_few_that_are_connected_or_reported_are_found_without_reading_the_others()
    {
        var campaign = NewId();
        ClassSession[] ended = [.. Enumerable.Range(0, 3000).Select(_ => Session())];
        var connected = Session() with { Copies = [NewId()] };
        var reported = Session() with
        {
            Incidents = [new Stages.Api.Classroom.Incident(NewId(), null, "insult", TimeProvider.System.GetUtcNow())],
        };
        await Store.BulkInsertAsync([.. ended, connected, reported], cancellation: Cancel);
        await using var query = Store.QuerySession();
        await using var analyze = service
            .Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("analyze classroom.mt_doc_classsession");
        await analyze.ExecuteNonQueryAsync(Cancel);
        (await query.WithConnections().Select(s => s.Id).ToListAsync(Cancel)).ShouldContain(connected.Id);
        (await query.WithIncidents(campaign).Select(s => s.Id).ToListAsync(Cancel)).ShouldBe([reported.Id]);
        (await query.WithConnections().ExplainAsync(token: Cancel)).ShouldNotBeNull().NodeType.ShouldNotBe("Seq Scan");
        (await query.WithIncidents(campaign).ExplainAsync(token: Cancel)).ShouldNotBeNull().NodeType.ShouldNotBe("Seq Scan");
        // What is there is what the code asks for: the next start changes nothing.
        await Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Cancel);

        static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        ClassSession Session() => Given.Class() with { Id = NewId(), CampaignId = campaign };
    }

    [Fact]
    public async Task a_coordinator_reads_the_classes_of_their_territory_by_pages()
    {
        var campaign = await Others(450, i => i % 3 == 0 ? "0340001A" : "0300002B");
        async Task<(int Count, string? Next)> Page(string? territory, int page)
        {
            using var coordinator = service.Client("coordinator", "c@example.org", territory);
            var read = await coordinator.GetFromJsonAsync<JsonElement>($"/api/classroom/live?campaign={campaign}&page={page}", Cancel);
            return (read.GetProperty("items").GetArrayLength(), read.TryGetProperty("next", out var next) ? next.GetString() : null);
        }
        (await Page(null, 1)).ShouldBe((200, "2"));
        (await Page(null, 2)).ShouldBe((200, "3"));
        (await Page(null, 3)).ShouldBe((50, null));
        (await Page("034", 1)).ShouldBe((150, null));
        (await Page("030", 2)).ShouldBe((100, null));
        (await Page("066", 1)).ShouldBe((0, null));
    }

    /// <summary>What the database is asked for is what the rule says.</summary>
    [Theory]
    [InlineData(-600)]
    [InlineData(-20)]
    [InlineData(-10)]
    [InlineData(-2)]
    public async Task classes_in_the_midst_of_their_hour_are_not_read(int upForMinutes)
    {
        var now = TimeProvider.System.GetUtcNow();
        var campaign = Guid.CreateVersion7(now);
        await using (var session = Store.LightweightSession())
        {
            foreach (var begun in Enumerable.Range(-10, 160))
            {
                var starts = now.AddMinutes(-begun).AddSeconds(-7);
                session.Store(
                    new ClassModule(Guid.CreateVersion7(now), Guid.CreateVersion7(now), campaign, starts, starts.AddMinutes(60), 3, false)
                );
            }
            await session.SaveChangesAsync(Cancel);
        }
        await using var query = Store.QuerySession();
        var (all, up) = (
            await query.Query<ClassModule>().Where(m => m.CampaignId == campaign).ToListAsync(Cancel),
            now.AddMinutes(upForMinutes)
        );
        var (started, ended) = (now.AddHours(-26), now.AddMinutes(-30));
        var asked = (
            await WatchClasses.Due(query, (started, ended), up, now).Where(m => m.CampaignId == campaign).ToListAsync(Cancel)
        ).Select(m => m.Id);
        var due = all.Where(m => m.StartsAt <= now && m.EndsAt > ended && WatchClass.IsDue(m.StartsAt, m.EndsAt, up, now))
            .Select(m => m.Id)
            .ToArray();
        due.Except(asked).ShouldBeEmpty();
        asked.Count().ShouldBeLessThan(all.Count / 2 + (upForMinutes is -20 or -10 ? 40 : 0));
        await using var away = Store.LightweightSession();
        away.DeleteWhere<ClassModule>(m => m.CampaignId == campaign);
        await away.SaveChangesAsync(Cancel);
    }

    /// <summary>The ticket, and the place at a media server: of a class that has one, and of one that nobody has placed.</summary>
    private async Task<(string What, Cost Cost)[]> CostOfJoining()
    {
        var placements = service.Services.GetRequiredService<Placements>();
        await placements.PlaceAhead(Cancel);
        var (join, placed, unplaced) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var lesson = await service.Publish(-1, "Lina");
            unplaced.Add(await Measured(() => placements.NodeOf(lesson.ModuleId, Cancel)));
            placed.Add(await Measured(() => placements.NodeOf(lesson.ModuleId, Cancel)));
            join.Add(await Measured(() => Join(lesson)));
        }
        // What runs beside it adds to one and not to all.
        return [("join", Least(join)), ("place, known", Least(placed)), ("place, not placed yet", Least(unplaced))];
    }

    private async Task Join(TestLesson lesson)
    {
        using var family = service.Client("family", lesson.Pupils[0].Parent);
        family.DefaultRequestHeaders.Add("traceparent", Activity.Current!.Id);
        (await family.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { }, Cancel)).EnsureSuccessStatusCode();
    }

    private static Cost Least(List<Cost> costs) => new(costs.Min(c => c.Commands), costs.Min(c => c.Bytes));

    private sealed record Cost(int Commands, long Bytes);

    /// <summary>Commands of this trace alone; bytes of all that the process reads meanwhile.</summary>
    private static async Task<Cost> Measured(Func<Task> work)
    {
        using var trace = new Activity("measured").SetIdFormat(ActivityIdFormat.W3C).Start();
        var (commands, bytes) = (0, 0L);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = one =>
            {
                if (one.TraceId == trace.TraceId && one.Source.Name == "Npgsql")
                    Interlocked.Increment(ref commands);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meter = new MeterListener
        {
            InstrumentPublished = (instrument, to) =>
            {
                if (instrument.Meter.Name == "Npgsql" && instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                    to.EnableMeasurementEvents(instrument);
            },
        };
        meter.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref bytes, value));
        meter.Start();
        await work();
        return new Cost(Volatile.Read(ref commands), Interlocked.Read(ref bytes));
    }

    /// <summary>So many classes of this hour and the next one, of one campaign.</summary>
    private async Task<Guid> Others(int count, Func<int, string>? school = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var campaign = Guid.CreateVersion7(now);
        await using var session = Store.LightweightSession();
        foreach (var i in Enumerable.Range(0, count))
        {
            var (room, module) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
            var starts = now.AddMinutes(school is not null || i % 2 == 0 ? -1 : 70).AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
            var pupils = Enumerable
                .Range(0, 1 + (i % 6))
                .Select(_ => new RoomPupil(Guid.CreateVersion7(now), school?.Invoke(i) ?? "0340001A"));
            var stage = new StageContent(
                1,
                "FR",
                ["6E"],
                "Europe/Paris",
                null,
                "Claire",
                [new RoomModule(module, starts, starts.AddHours(1))],
                [.. pupils]
            );
            session.Store(new Room(room, campaign, false, stage));
            session.Store(new ClassModule(module, room, campaign, starts, starts.AddHours(1), stage.Pupils.Length + 1, false));
        }
        await session.SaveChangesAsync(Cancel);
        return campaign;
    }
}
