using Orleans;
using Orleans.Runtime;
using Stages.Classrooms.Copies;
using Stages.Classrooms.Live;

namespace Stages.Classrooms.Classes;

/// <summary>
/// A copy died with its connections: its people are on their way back to another one, and what lies between was an outage of ours. Asked
/// of the database when the copies have changed, and at no other time.
/// </summary>
public sealed class SiloWatch(
    IClusterMembershipService members,
    IDocumentStore store,
    SiloTable table,
    AskClass classes,
    LiveClasses live,
    TimeProvider clock,
    ILogger<SiloWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var retry = new PeriodicTimer(RetryEvery, clock);
        HashSet<SiloAddress>? alive = null;
        try
        {
            await foreach (var now in members.MembershipUpdates.WithCancellation(stoppingToken))
            {
                HashSet<SiloAddress> active = [.. now.Members.Values.Where(m => !m.Status.IsTerminating()).Select(m => m.SiloAddress)];
                // At the start too: all copies may have died at once.
                if (active.Count == 0 || (alive is not null && alive.IsSubsetOf(active)))
                    continue;
                alive = active;
                while (!await Sweep(active, stoppingToken))
                    await retry.WaitForNextTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The copies that stay see to it.
        }
    }

    private async Task<bool> Sweep(HashSet<SiloAddress> active, CancellationToken cancel)
    {
        try
        {
            HashSet<Guid> there = [.. active.Select(ThisCopy.IdOf), Guid.Empty];
            await using var query = store.QuerySession();
            var left = (await query.WithConnections().ToListAsync(cancel))
                .SelectMany(s => s.Copies.Where(c => !there.Contains(c)).Select(c => (Module: s.Id, Copy: c)))
                .ToList();
            // Those they held are held by somebody else now, who is told what we know, and looks at the clock.
            await live.TellAgain();
            if (left.Count == 0)
                return true;
            var rows = (await table.ReadAll()).Members.ToDictionary(m => ThisCopy.IdOf(m.Item1.SiloAddress), m => m.Item1);
            foreach (var (module, copy) in left)
            {
                var at = rows.TryGetValue(copy, out var row) ? new DateTimeOffset(row.IAmAliveTime, TimeSpan.Zero) : clock.GetUtcNow();
                await classes.Note(module, new Lose(copy, at), cancel: cancel);
            }
            logger.LogWarning("Copies died with connections in {Count} classes", left.Count);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("Who was connected through a copy that died is seen to in a moment: {Reason}", e.Message);
            return false;
        }
    }
}
