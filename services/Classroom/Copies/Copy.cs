using Microsoft.Extensions.Hosting;

namespace Stages.Classrooms.Copies;

/// <summary>One running process of this service, as it says itself every two seconds.</summary>
public sealed record ServiceCopy(Guid Id, DateTimeOffset StartedAt, DateTimeOffset AliveAt);

/// <summary>Since when at least one copy has been running without a gap.</summary>
public sealed record ServiceLife(string Id, DateTimeOffset UpSince, DateTimeOffset AliveAt)
{
    public const string Only = "classroom";
}

/// <summary>The id of this process among the copies of the service.</summary>
public sealed class ThisCopy(TimeProvider clock)
{
    public Guid Id { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();
}

/// <summary>
/// Says that this copy lives, and sees to the connections of one that no longer does: their pupils are on their way back to
/// another copy, and what lies between was an outage of ours.
/// </summary>
public sealed class Heartbeat(IDocumentStore store, Journal journal, ThisCopy copy, TimeProvider clock, ILogger<Heartbeat> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a copy counts as dead.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(10);

    /// <summary>A gap without any copy that is long enough to have kept people out.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await Beat(stoppingToken);
                await SweepDead(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "No heartbeat: the database did not take it");
            }
        } while (await Next(timer, stoppingToken));
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Task Beat(CancellationToken cancel) =>
        journal.Decide(
            async reading => Live(await reading.Documents.LoadAsync<ServiceLife>(ServiceLife.Only, cancel), copy, clock.GetUtcNow()),
            cancel: cancel
        );

    /// <summary>The service lives since the last gap that was long enough to have kept people out.</summary>
    public static Decision Live(ServiceLife? life, ThisCopy copy, DateTimeOffset now) =>
        Decision
            .Nothing.AndStore(new ServiceCopy(copy.Id, copy.StartedAt, now))
            .AndStore(new ServiceLife(ServiceLife.Only, life is null || now - life.AliveAt > Gap ? now : life.UpSince, now));

    /// <summary>Whoever was connected through a copy that died is no longer.</summary>
    public static Decision Lose(ClassSession? session, ServiceCopy dead, DateTimeOffset now) =>
        session?.Copies.Contains(dead.Id) == true ? Decision.Of(new ConnectionsLost(dead.Id, dead.AliveAt, now)) : Decision.Nothing;

    private async Task SweepDead(CancellationToken cancel)
    {
        await using var query = store.QuerySession();
        var now = clock.GetUtcNow();
        var limit = now - DeadAfter;
        foreach (var dead in await query.Query<ServiceCopy>().Where(c => c.AliveAt < limit).ToListAsync(cancel))
        {
            var held = await query.Query<ClassSession>().Where(s => s.Copies.Contains(dead.Id)).Select(s => s.Id).ToListAsync(cancel);
            foreach (var id in held)
            {
                await journal.Decide<ClassSession>(id, session => Lose(session, dead, now), cancel: cancel);
            }
            if (held.Count > 0)
                logger.LogWarning("Copy {Copy} died with connections in {Count} classes", dead.Id, held.Count);
            await journal.Decide(Decision.Nothing.AndDelete<ServiceCopy>(dead.Id), cancel);
        }
    }
}
