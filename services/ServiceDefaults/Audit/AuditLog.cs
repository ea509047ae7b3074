using System.Threading.Channels;

namespace Stages.ServiceDefaults;

/// <summary>
/// Writes what is noted, many at once, in the background: a request does not wait for it, unless it asks to. What was taken is written
/// before the service ends; a database that is away is waited for, and whoever comes then waits with it.
/// </summary>
public sealed class AuditLog(NpgsqlDataSource database, AuditTable table, TimeProvider clock, ILogger<AuditLog> logger) : BackgroundService
{
    private const int LargestBatch = 500;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> channel = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true }
    );

    private readonly CancellationTokenSource givingUp = new();

    private sealed record Waiting(AuditEntry Entry)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The last row that this copy wrote.</summary>
    public AuditRow? Head { get; private set; }

    /// <summary>Taken, and written soon.</summary>
    public async ValueTask Note(AuditEntry entry) => await Take(entry);

    /// <summary>Returns once it is durable.</summary>
    public async Task Write(AuditEntry entry) => await (await Take(entry)).Done.Task;

    private async ValueTask<Waiting> Take(AuditEntry entry)
    {
        // The database keeps microseconds; what is hashed is what is kept.
        var waiting = new Waiting(entry with { At = new DateTimeOffset(entry.At.UtcTicks / 10 * 10, TimeSpan.Zero) });
        await channel.Writer.WriteAsync(waiting, CancellationToken.None);
        return waiting;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Waiting>();
            while (batch.Count < LargestBatch && channel.Reader.TryRead(out var waiting))
                batch.Add(waiting);
            await Save(batch);
        }
    }

    /// <summary>Requests have ended by now, and note nothing more.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        channel.Writer.TryComplete();
        await using (cancellationToken.Register(givingUp.Cancel))
            await (ExecuteTask ?? Task.CompletedTask);
        if (Head is { } head)
            TellHead(logger, table.Schema, head);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Read by <c>infra/audit verify</c>: who takes rows away from the end is found by it.</summary>
    internal static void TellHead(ILogger logger, string schema, AuditRow head) =>
        logger.LogInformation("Audit log of {Service} ends at {Seq} with {Hash}", schema, head.Seq, Convert.ToHexStringLower(head.Hash));

    private async Task Save(List<Waiting> batch)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var connection = await database.OpenConnectionAsync(givingUp.Token);
                Head = await table.Append(connection, [.. batch.Select(w => w.Entry)], givingUp.Token);
                batch.ForEach(w => w.Done.SetResult());
                return;
            }
            catch (Exception e) when (!givingUp.IsCancellationRequested)
            {
                if (attempt == 1)
                    logger.LogWarning("The audit log cannot be written, and is tried again each second: {Error}", e.Message);
                await Pause();
            }
            catch (Exception e)
            {
                logger.LogError(e, "{Count} entries of the audit log are lost: the database did not come back", batch.Count);
                batch.ForEach(w => w.Done.TrySetException(e));
                return;
            }
    }

    private async Task Pause()
    {
        using var pause = new PeriodicTimer(Again, clock);
        await pause.WaitForNextTickAsync(CancellationToken.None);
    }
}

/// <summary>Tells now and then where the log ends, in a place where the database has no say.</summary>
internal sealed class AuditHead(AuditLog log, AuditTable table, TimeProvider clock, ILogger<AuditHead> logger)
    : RegularWork("The audit log's head", TimeSpan.FromMinutes(10), clock, logger)
{
    private long told;

    public override Task Run(CancellationToken cancel)
    {
        if (log.Head is { } head && head.Seq > told)
        {
            AuditLog.TellHead(logger, table.Schema, head);
            told = head.Seq;
        }
        return Task.CompletedTask;
    }
}
