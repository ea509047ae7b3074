namespace Stages.ServiceDefaults;

/// <summary>
/// Tells what the daemon had to leave behind. A number that is missing in the log is nearly always that of a transaction that was
/// rolled back, so the daemon does not wait for it long; but a transaction can also be slow (a disk that stands still, a machine that
/// sleeps) and fill its number after the mark has passed. Every gap that was passed is looked at again for as long as that can
/// happen, and what has appeared in it is published. Readers know a repeated message by its id, so each copy of the service may do it.
/// </summary>
public sealed class LateEvents(
    IDocumentStore store,
    NpgsqlDataSource database,
    Publisher publisher,
    TimeProvider clock,
    ILogger<LateEvents> logger
) : RegularWork("Looking at gaps of the event log", TimeSpan.FromSeconds(5), clock, logger)
{
    /// <summary>No transaction of ours lives as long: <see cref="EventStore"/> bounds its statements and its pauses to seconds.</summary>
    private const string Watched = "10 minutes";

    /// <summary>By the last number of a gap: what of it was published here.</summary>
    private readonly Dictionary<long, HashSet<long>> published = [];

    public override async Task Run(CancellationToken cancel)
    {
        var gaps = await Passed(cancel);
        foreach (var old in published.Keys.Except(gaps.Select(g => g.Last)).ToArray())
            published.Remove(old);
        foreach (var (after, last) in gaps)
            await Look(after, last, cancel);
    }

    private async Task Look(long after, long last, CancellationToken cancel)
    {
        if (!published.TryGetValue(last, out var seen))
            published[last] = seen = [];
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(e => e.Sequence > after && e.Sequence <= last).ToListAsync(cancel);
        var late = events.Where(e => !seen.Contains(e.Sequence)).ToList();
        if (late.Count == 0)
            return;
        // At the first look these are also the neighbours of the gap, which the daemon has published already.
        await publisher.Publish(late, session, cancel);
        seen.UnionWith(late.Select(e => e.Sequence));
    }

    private async Task<List<(long After, long Last)>> Passed(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select starting_sequence, ending_sequence "
                + $"from {store.Options.DatabaseSchemaName}.mt_high_water_skips where timestamp > now() - interval '{Watched}'"
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var gaps = new List<(long, long)>();
        while (await rows.ReadAsync(cancel))
            gaps.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return gaps;
    }
}
