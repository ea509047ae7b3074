namespace Stages.Classrooms.Placement;

/// <summary>Looks for media servers that were given up and answer again.</summary>
public sealed class MediaWatch(Placements placements, MediaNodes nodes, TimeProvider clock, ILogger<MediaWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!nodes.AreUsed)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Look(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Another copy looks.
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            await placements.LookForReturned(cancel);
        }
        catch (Exception e) when (e is MediaFault || Problems.IsUnavailable(e))
        {
            logger.LogDebug(e, "Looked at again in a moment");
        }
    }
}
