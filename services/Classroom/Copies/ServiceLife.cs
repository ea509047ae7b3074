namespace Stages.Classrooms.Copies;

/// <summary>Since when at least one copy has been running without a gap.</summary>
public sealed record ServiceLife(string Id, DateTimeOffset UpSince, DateTimeOffset AliveAt)
{
    public const string Only = "classroom";

    /// <summary>A gap without any copy that is long enough to have kept people out.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(30);

    /// <summary>The service lives since the last gap that was long enough to have kept people out.</summary>
    public static ServiceLife Live(ServiceLife? life, DateTimeOffset now) =>
        new(Only, life is null || now - life.AliveAt > Gap ? now : life.UpSince, now);
}

/// <summary>Says that the service lives. Which copies do is for them to know among themselves (<see cref="Cluster"/>).</summary>
public sealed class Pulse(Journal journal, TimeProvider clock, ILogger<Pulse> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await Beat(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task Beat(CancellationToken cancel)
    {
        try
        {
            await journal.Decide(
                async reading =>
                    Decision.Nothing.AndStore(
                        ServiceLife.Live(await reading.Documents.LoadAsync<ServiceLife>(ServiceLife.Only, cancel), clock.GetUtcNow())
                    ),
                cancel: cancel
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "The database did not take that the service lives");
        }
    }
}
