using System.Threading.Channels;

namespace Stages.ServiceDefaults;

/// <summary>
/// What each copy of a service does again and again by itself, at once when it is rung for, and no other copy minds. A fault is told and
/// does not end it: the next time may find the database again.
/// </summary>
/// <param name="name">What it does, for the log.</param>
/// <param name="hands">How many times at once, each at its own pace.</param>
public abstract class RegularWork(string name, TimeSpan every, TimeProvider clock, ILogger logger, int hands = 1) : BackgroundService
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(hands) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected TimeProvider Clock => clock;

    protected ILogger Logger => logger;

    public abstract Task Run(CancellationToken cancel);

    /// <summary>There is something to do in this copy: nobody waits for the next time.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>What the log may know of a fault; less, where its message could hold what somebody typed.</summary>
    protected virtual string Told(Exception fault) => fault.Message;

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, hands).Select(_ => Work(stoppingToken)));

    private async Task Work(CancellationToken stop)
    {
        await using var rhythm = Clock.CreateTimer(_ => Ring(), null, every, every);
        try
        {
            while (await bell.Reader.ReadAsync(stop))
                await Try(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
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
            logger.LogWarning("{Work} failed, and is tried again: {Error}", name, Told(e));
        }
    }
}
