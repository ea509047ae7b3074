using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>What boards hear of, and how it shows when they cannot.</summary>
public sealed class FeedTests(SchedulingService service)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task two_boards_hear_at_once_what_a_third_person_did_and_one_of_another_campaign_does_not()
    {
        var campaign = await service.OpenCampaign();
        var stage = await Drafted(campaign);
        await using var first = await Board.Open(service.Coordinator(), campaign);
        await using var second = await Board.Open(service.Coordinator("034"), campaign);
        await using var elsewhere = await Board.Open(service.Coordinator(), await service.OpenCampaign());
        using var coordinator = service.Coordinator();
        (await coordinator.PostAsync($"/api/stages/{stage}/pin", null, Cancel)).EnsureSuccessStatusCode();
        foreach (var board in new[] { first, second })
            (await board.Hears(stage)).GetProperty("what").GetString().ShouldBe("stage_pinned");
        elsewhere.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_right_that_is_missing_is_an_error_and_unhealthy_until_it_is_given()
    {
        var role = $"feed_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await using var owner = NpgsqlDataSource.Create(service.Realm.Postgres);
        await Run(owner, $"create role {role} login password '{role}'");
        try
        {
            await Run(owner, $"grant usage on schema scheduling to {role}");
            var (feed, log, store) = Feed(role);
            await using var _ = store;
            await feed.StartAsync(Cancel);
            await Run(owner, $"grant select on scheduling.mt_doc_campaign to {role}");
            await Eventually.True(() => Healthy(feed));
            var campaign = await service.OpenCampaign();
            var following = feed.Follow(campaign, new Caller(Guid.AllBitsSet, "coordinator", null, null, null), Cancel)
                .GetAsyncEnumerator();
            (await following.MoveNextAsync()).ShouldBeTrue();
            await Drafted(campaign);
            // It hears, may not read, and tells the board to ask for itself.
            (await following.MoveNextAsync()).ShouldBeTrue();
            following.Current.EventType.ShouldBe("anew");
            await Eventually.True(async () => !await Healthy(feed));
            log.Errors.ShouldContain(e => e.Contains("boards are silent", StringComparison.Ordinal));
            await Run(owner, $"grant select on all tables in schema scheduling to {role}");
            await Eventually.True(() => Healthy(feed));
            await feed.StopAsync(Cancel);
        }
        finally
        {
            await Run(owner, $"drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task a_trigger_that_is_missing_is_an_error_and_unhealthy_until_it_is_made()
    {
        await using var owner = NpgsqlDataSource.Create(service.Realm.Postgres);
        await Run(owner, "alter table scheduling.mt_events disable trigger tell_stages");
        try
        {
            var (feed, log, store) = Feed(null);
            await using var _ = store;
            await feed.StartAsync(Cancel);
            await Eventually.True(async () => !await Healthy(feed));
            log.Errors.Count.ShouldBe(1, "once, not once a second");
            await Run(owner, "alter table scheduling.mt_events enable trigger tell_stages");
            await Eventually.True(() => Healthy(feed));
            await feed.StopAsync(Cancel);
        }
        finally
        {
            await Run(owner, "alter table scheduling.mt_events enable trigger tell_stages");
        }
    }

    [Fact]
    public async Task a_database_that_is_away_is_no_error_of_ours()
    {
        var (feed, log, store) = Feed(null, port: ServiceProcess.FreePort());
        await using var _ = store;
        await feed.StartAsync(Cancel);
        await Eventually.True(() => Task.FromResult(log.Others > 1));
        (await Healthy(feed)).ShouldBeTrue();
        log.Errors.ShouldBeEmpty();
        await feed.StopAsync(Cancel);
    }

    private async Task<Guid> Drafted(Guid campaign)
    {
        await service.Offer(campaign, $"feed.{campaign:N}@example.org", ["MON-09:00", "TUE-09:00", "WED-09:00", "THU-09:00"]);
        await service.Enrol(campaign, [.. Enumerable.Range(0, 4).Select(_ => Some.Enrolment(campaign))]);
        return (await service.Adopt(campaign, await service.Pair(campaign)))[0].GetProperty("id").GetGuid();
    }

    private (TimetableFeed Feed, Kept Log, NpgsqlDataSource Database) Feed(string? role, int? port = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(service.Realm.Postgres) { Timeout = 5 };
        if (role is not null)
            (settings.Username, settings.Password) = (role, role);
        if (port is { } other)
            settings.Port = other;
        var database = NpgsqlDataSource.Create(settings.ConnectionString);
        var log = new Kept();
        var store = Marten.DocumentStore.For(o =>
        {
            o.Connection(database);
            o.DatabaseSchemaName = o.Events.DatabaseSchemaName = "scheduling";
            o.AutoCreateSchemaObjects = JasperFx.AutoCreate.None;
        });
        return (new TimetableFeed(database, store, TimeProvider.System, log), log, database);
    }

    private static async Task<bool> Healthy(TimetableFeed feed) =>
        (await feed.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status == HealthStatus.Healthy;

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed class Kept : ILogger<TimetableFeed>
    {
        private readonly List<string> errors = [];
        private int others;

        public IReadOnlyList<string> Errors
        {
            get
            {
                lock (errors)
                    return [.. errors];
            }
        }

        public int Others => Volatile.Read(ref others);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel < LogLevel.Error)
                Interlocked.Increment(ref others);
            else
                lock (errors)
                    errors.Add(formatter(state, exception));
        }
    }

    /// <summary>An open board, with all it has heard of.</summary>
    private sealed class Board(HttpClient client, HttpResponseMessage answer) : IAsyncDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<JsonElement> heard = new();
        private Task reading = Task.CompletedTask;

        public IReadOnlyList<JsonElement> Heard => [.. heard];

        public static async Task<Board> Open(HttpClient client, Guid campaign)
        {
            var answer = await client.GetAsync(
                $"/api/campaigns/{campaign}/stages/events",
                HttpCompletionOption.ResponseHeadersRead,
                Cancel
            );
            var board = new Board(client, answer);
            var here = new TaskCompletionSource();
            board.reading = board.Read(here);
            await here.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            return board;
        }

        public Task<JsonElement> Hears(Guid stage) =>
            Eventually.Is(
                () => Task.FromResult(heard.FirstOrDefault(h => h.GetProperty("stageId").GetGuid() == stage)),
                h => h.ValueKind == JsonValueKind.Object
            );

        private async Task Read(TaskCompletionSource here)
        {
            try
            {
                await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel))
                {
                    here.TrySetResult();
                    foreach (var news in JsonDocument.Parse(item.Data).RootElement.EnumerateArray())
                        heard.Enqueue(news);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException)
            {
                // Closed by the test.
            }
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            await reading;
            client.Dispose();
        }
    }
}
