namespace Stages.ServiceDefaults;

/// <summary>
/// While the database is away no message is tried: those that have been delivered stay unacknowledged, the rest stays with the
/// broker, and one probe asks for all. A fault that goes on although the database answers is a bug like any other.
/// </summary>
public sealed class DatabasePause(
    NpgsqlDataSource database,
    IHostApplicationLifetime life,
    TimeProvider clock,
    ILogger<DatabasePause> logger
)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Some seconds: after its return each connection of the pool may fail once more.</summary>
    private const int Attempts = 10;

    private readonly Lock gate = new();
    private Task<bool> probe = Task.FromResult(false);

    public async Task Through(Func<Task> work, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        for (var attempt = 1; ; attempt++)
        {
            await probe.WaitAsync(either.Token);
            try
            {
                await work();
                return;
            }
            catch (OperationCanceledException e) when (!either.IsCancellationRequested && attempt == Attempts)
            {
                // The bus would take it for our own end, and deliver the message again for ever.
                throw new TimeoutException(e.Message, e);
            }
            catch (Exception e)
                when (attempt < Attempts
                    && (Problems.IsUnavailable(e) || (e is OperationCanceledException && !either.IsCancellationRequested))
                )
            {
                if (await Probing().WaitAsync(either.Token))
                    attempt = 0;
            }
        }
    }

    private Task<bool> Probing()
    {
        lock (gate)
            return probe = probe.IsCompleted ? Probe() : probe;
    }

    /// <summary>Returns when the database answers; true when it has been away.</summary>
    private async Task<bool> Probe()
    {
        using var rhythm = new PeriodicTimer(Every, clock);
        var away = false;
        while (await rhythm.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                // What lies in the pool may be the ends of connections that are no more.
                database.Clear();
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(life.ApplicationStopping);
                if (away)
                    logger.LogInformation("The database answers again: messages are taken up");
                return away;
            }
            catch (Exception e) when (Problems.IsUnavailable(e))
            {
                if (!away)
                    logger.LogWarning("The database is away, messages wait: {Error}", e.Message);
                away = true;
            }
        }
        return away;
    }
}
