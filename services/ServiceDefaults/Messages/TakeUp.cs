using System.Threading.Channels;

namespace Stages.ServiceDefaults;

/// <summary>
/// Sends parked messages to the service's own queue when they are due: at once after a commit of this process that made something
/// known, and every second for what another copy made known and for what is tried now and then.
/// </summary>
public sealed class TakeUp(ParkedMessages parked, OwnQueue queue, StuckMessages stuck, TimeProvider clock, ILogger<TakeUp> logger)
    : BackgroundService
{
    /// <summary>So many in one transaction: their confirmations take far less than its longest pause.</summary>
    private const int Most = 100;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Something has become known.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(_ => Ring(), null, TimeSpan.Zero, Every);
        var counted = clock.GetTimestamp() - CountEvery.Ticks;
        try
        {
            while (true)
            {
                await bell.Reader.ReadAsync(stoppingToken);
                await Try(SendDue, stoppingToken);
                if (clock.GetElapsedTime(counted) < CountEvery)
                    continue;
                await Try(Count, stoppingToken);
                counted = clock.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is due stays due.
        }
    }

    private async Task SendDue(CancellationToken cancel)
    {
        while (await parked.SendDue(Most, queue.Reads, messages => queue.Send(messages, cancel), cancel) == Most)
            logger.LogDebug("{Count} parked messages sent again; there are more", Most);
    }

    private async Task Count(CancellationToken cancel)
    {
        var (count, longest) = await parked.Waiting(cancel);
        stuck.Now = new StuckMessages.Figures(count, longest, await queue.Failed(cancel));
    }

    private async Task Try(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("Parked messages cannot be looked at now, they will be: {Error}", e.Message);
        }
    }
}
