namespace Stages.ServiceDefaults;

/// <summary>
/// Documents of before something was kept in them get it, batch by batch, until none lacks it: what is found by it finds them too. What
/// changes meanwhile is written anew with all that belongs to it, so nothing is written over: each batch changes only rows that are still
/// as they were read.
/// </summary>
public abstract class FillOld<T>(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger logger)
    : RegularWork($"Filling in what old documents lack ({typeof(T).Name})", TimeSpan.FromSeconds(10), clock, logger)
    where T : notnull
{
    private const int AtOnce = 200;

    /// <summary>Once none lacks anything, only a copy of before, still running beside this one, could write another.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    private DateTimeOffset next;

    /// <summary>What such a document looks like: a condition of SQL on <c>d</c>.</summary>
    protected abstract string Lacking { get; }

    protected abstract Guid IdOf(T document);

    /// <summary>For each what it gets, as a statement that changes nothing once the document is another.</summary>
    protected abstract Task<IReadOnlyList<NpgsqlBatchCommand>> Filling(
        IReadOnlyList<T> some,
        IQuerySession reads,
        CancellationToken cancel
    );

    public sealed override async Task Run(CancellationToken cancel)
    {
        if (Clock.GetUtcNow() < next)
            return;
        await Alone.Do(database, LockKey.Of("fill", typeof(T).Name), () => All(cancel), cancel);
        next = Clock.GetUtcNow() + Rest;
    }

    /// <returns>How many documents got something.</returns>
    public async Task<int> All(CancellationToken cancel)
    {
        var (filled, after) = (0, Guid.Empty);
        await using var reads = store.QuerySession();
        while (true)
        {
            var some = await reads.QueryAsync<T>($"where d.id > ? and {Lacking} order by d.id limit ?", cancel, after, AtOnce);
            if (some.Count == 0)
                break;
            filled += await Fill(some, reads, cancel);
            after = IdOf(some[^1]);
        }
        if (filled > 0)
            Logger.LogInformation("{Count} documents of before ({Kind}) got what they lacked", filled, typeof(T).Name);
        return filled;
    }

    /// <summary>In one transaction.</summary>
    public async Task<int> Fill(IReadOnlyList<T> some, IQuerySession reads, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        foreach (var command in await Filling(some, reads, cancel))
            batch.BatchCommands.Add(command);
        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancel);
    }
}
