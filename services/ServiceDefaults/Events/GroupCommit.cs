namespace Stages.ServiceDefaults;

/// <summary>
/// Many requests, one transaction: while one batch is being made durable the next one gathers. Each caller is answered after the commit
/// that holds its events.
/// </summary>
public sealed class GroupCommit(IDocumentStore store, ILogger<GroupCommit> logger)
    : Batches<GroupCommit.Entry>(GroupCommit.Writers, GroupCommit.LargestBatch)
{
    /// <summary>Two writers: one batch is serialised while the other is being flushed to disk.</summary>
    private const int Writers = 2;

    private const int LargestBatch = 200;

    /// <summary>A new stream with its events and, perhaps, the request that it answers.</summary>
    public sealed record Entry(Type Aggregate, Guid Id, IReadOnlyList<object> Events, AnsweredRequest? Once)
    {
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Returns once the entry is durable; throws what made its own commit fail, never a neighbour's fault.</summary>
    public async Task Commit(Entry entry, CancellationToken cancel)
    {
        await Add(entry, cancel);
        // Not cancellable from here on: the caller who hangs up must not learn "refused" of what is being saved.
        await entry.Done.Task;
    }

    protected override Task Take(List<Entry> batch) => Save(batch);

    private async Task Save(List<Entry> batch)
    {
        try
        {
            await using var session = store.LightweightSession();
            foreach (var entry in batch)
            {
                session.Events.StartStream(entry.Aggregate, entry.Id, entry.Events);
                if (entry.Once is not null)
                    session.Insert(entry.Once);
            }
            await session.SaveChangesAsync(CancellationToken.None);
            foreach (var entry in batch)
                entry.Done.SetResult();
        }
        catch (Exception e) when (batch.Count > 1 && !Problems.IsUnavailable(e))
        {
            // One bad entry must not cost the others their place: halve until it stands alone.
            logger.LogDebug(e, "A batch of {Count} failed; it is divided", batch.Count);
            var half = batch.Count / 2;
            await Save(batch[..half]);
            await Save(batch[half..]);
        }
        catch (Exception e)
        {
            foreach (var entry in batch)
                entry.Done.SetException(e);
        }
    }
}
