using System.Threading.Channels;

namespace Stages.ServiceDefaults;

/// <summary>
/// Work that many share: what comes while one batch is under way gathers for the next one, so that its cost is shared by all who came
/// meanwhile and nobody waits for a timer.
/// </summary>
/// <param name="workers">Batches under way at once.</param>
public abstract class Batches<T>(int workers, int largest) : BackgroundService
{
    private readonly Channel<T> channel = Channel.CreateBounded<T>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>Waits where too many are waiting already.</summary>
    protected ValueTask Add(T one, CancellationToken cancel) => channel.Writer.WriteAsync(one, cancel);

    /// <summary>Sees to all of them, whatever becomes of one: nothing may come out of it.</summary>
    protected abstract Task Take(List<T> batch);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => Work(stoppingToken), CancellationToken.None)));

    private async Task Work(CancellationToken stopping)
    {
        var batch = new List<T>(largest);
        while (await WaitToRead(stopping))
            if (Gather(batch))
                await Take(batch);
        // What was accepted before the stop is still seen to, never left hanging.
        while (Gather(batch))
            await Take(batch);
    }

    private bool Gather(List<T> batch)
    {
        batch.Clear();
        while (batch.Count < largest && channel.Reader.TryRead(out var one))
            batch.Add(one);
        return batch.Count > 0;
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
}
