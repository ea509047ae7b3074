using System.Threading.Channels;

namespace Stages.ServiceDefaults;

/// <summary>
/// Many requests, one transaction. While one batch is being made durable the next one gathers, so that the cost of a commit is
/// shared by all who came meanwhile; nobody waits for a timer. Each caller is answered after the commit that holds its events.
/// </summary>
public sealed class GroupCommit(IDocumentStore store, ILogger<GroupCommit> logger) : BackgroundService
{
    /// <summary>Two writers: one batch is serialised while the other is being flushed to disk.</summary>
    private const int Writers = 2;

    private const int LargestBatch = 200;

    private readonly Channel<Entry> channel = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>A new stream with its events and, perhaps, the request that it answers.</summary>
    public sealed record Entry(Type Aggregate, Guid Id, IReadOnlyList<object> Events, AnsweredRequest? Once)
    {
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Returns once the entry is durable; throws what made its own commit fail, never a neighbour's fault.</summary>
    public async Task Commit(Entry entry, CancellationToken cancel)
    {
        await channel.Writer.WriteAsync(entry, cancel);
        // Not cancellable from here on: the caller who hangs up must not learn "refused" of what is being saved.
        await entry.Done.Task;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Write(stoppingToken), CancellationToken.None)));

    private async Task Write(CancellationToken stopping)
    {
        var batch = new List<Entry>(LargestBatch);
        while (await WaitToRead(stopping))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && channel.Reader.TryRead(out var entry))
                batch.Add(entry);
            if (batch.Count > 0)
                await Save(batch);
        }
        // What was accepted into the channel before the stop is still saved or refused, never left hanging.
        while (channel.Reader.TryRead(out var entry))
            await Save([entry]);
    }

    private async Task<bool> WaitToRead(CancellationToken stopping)
    {
        try
        {
            return await channel.Reader.WaitToReadAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

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
