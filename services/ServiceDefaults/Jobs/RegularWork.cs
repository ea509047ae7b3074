namespace Stages.ServiceDefaults;

/// <summary>
/// What each copy of a service does again and again by itself, and no other copy minds. A fault is told and does not end it: the next
/// time may find the database again.
/// </summary>
/// <param name="name">What it does, for the log.</param>
public abstract class RegularWork(string name, TimeSpan every, TimeProvider clock, ILogger logger) : BackgroundService
{
    public abstract Task Run(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rhythm = new PeriodicTimer(every, clock);
        try
        {
            while (await rhythm.WaitForNextTickAsync(stoppingToken))
                await Try(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not done is done after the next start.
        }
    }

    private async Task Try(CancellationToken cancel)
    {
        try
        {
            await Run(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("{Work} failed, and is tried again: {Error}", name, e.Message);
        }
    }
}
