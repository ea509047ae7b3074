using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// Claims what is due, hands it to the mail server over several connections, and writes down what came of it, many results in one
/// transaction. A kill between hand-over and note repeats that mail once its lease has run out: at least once, at most once more.
/// </summary>
public sealed class Sender(
    Ledger ledger,
    Mail mail,
    SmsGateway sms,
    Bounces bounces,
    MailSettings settings,
    Wake wake,
    TimeProvider clock,
    ILogger<Sender> logger
) : BackgroundService
{
    /// <summary>Results not yet written down; while the database is away this is the most that a kill could repeat.</summary>
    private const int MostUnnoted = 64;

    /// <summary>
    /// Rows that this process has taken and not yet written down. The database may forget a claim when it crashes, and would hand
    /// the same row out again while its mail is on the way.
    /// </summary>
    private readonly ConcurrentDictionary<Guid, byte> inHand = new();

    /// <summary>Rows in hand for the connections; filled up when half of it is used, so that one claim serves for many mails.</summary>
    private readonly int capacity = settings.Connections * 4;

    /// <summary>The last claim got all that it asked for, or there was a ring that nobody could follow.</summary>
    private volatile bool moreIsDue;

    private readonly Channel<Claimed> claimed = Channel.CreateBounded<Claimed>(settings.Connections * 4);
    private readonly Dictionary<string, Outage> outages = new(StringComparer.Ordinal)
    {
        [Channels.Mail] = new(clock),
        [Channels.Sms] = new(clock),
    };
    private readonly Channel<Result> results = Channel.CreateBounded<Result>(MostUnnoted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var noting = Task.Run(Note, CancellationToken.None);
        var sending = Enumerable
            .Range(0, settings.Connections)
            .Select(_ => Task.Run(() => Send(stoppingToken), CancellationToken.None))
            .ToArray();
        await Dispatch(stoppingToken);
        claimed.Writer.Complete();
        await Task.WhenAll(sending);
        results.Writer.Complete();
        await noting;
    }

    private async Task Dispatch(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var room = capacity - claimed.Reader.Count;
                if (room >= capacity / 2)
                {
                    var rows = await TryClaim(room, stopping);
                    moreIsDue = rows.Count >= room;
                    foreach (var row in rows.Where(InHand))
                        await claimed.Writer.WriteAsync(row, CancellationToken.None);
                }
                else
                {
                    // Rung while the hand is full: whoever takes the next row below the half rings again, unless that was just now.
                    moreIsDue = true;
                    if (capacity - claimed.Reader.Count >= capacity / 2)
                        continue;
                }
                await wake.Heard(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            logger.LogInformation("Sending stops; what is in hand is finished");
        }
    }

    /// <summary>Taken now, with all that goes out with it; not while any of it is on its way.</summary>
    private bool InHand(Claimed row)
    {
        Guid[] all = [.. row.Together.Select(r => r.Id)];
        if (all.Any(inHand.ContainsKey))
            return false;
        foreach (var id in all)
            inHand[id] = 0;
        return true;
    }

    private async Task<IReadOnlyList<Claimed>> TryClaim(int room, CancellationToken stopping)
    {
        try
        {
            var reachable = outages.Where(o => !o.Value.Lasts).Select(o => o.Key).ToArray();
            return reachable.Length == 0 ? [] : await ledger.Claim(room, reachable, stopping);
        }
        catch (Exception e) when (Problems.IsUnavailable(e))
        {
            logger.LogWarning("The database is away; deliveries wait: {Error}", e.Message);
            return [];
        }
        catch (Npgsql.PostgresException e)
        {
            // A statement that fails once (timed out, table not yet there) must not end sending for the life of the process.
            logger.LogError(e, "Deliveries could not be claimed");
            return [];
        }
    }

    private async Task Send(CancellationToken stopping)
    {
        using var smtp = new SmtpConnection(settings, clock);
        await foreach (var row in claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (moreIsDue && claimed.Reader.Count <= capacity / 2)
                wake.Ring();
            foreach (var result in (await Send(row, smtp, stopping)).OfAll(row))
                await results.Writer.WriteAsync(result, CancellationToken.None);
        }
    }

    private async Task<Result> Send(Claimed row, SmtpConnection smtp, CancellationToken stopping)
    {
        // Not begun when it could outlast the lease, and another copy send the same.
        var left = TimeSpan.FromSeconds((row.LeaseEnds - clock.GetTimestamp()) / (double)clock.TimestampFrequency);
        if (stopping.IsCancellationRequested || left < settings.Timeout || outages[row.Channel].Lasts)
            return Result.Released(row);
        if (row.UselessAfter <= clock.GetUtcNow())
            return Result.Abandoned(row, "Too late to be of use");
        try
        {
            using var limit = new CancellationTokenSource(settings.Timeout, clock);
            var result =
                row.Channel == Channels.Sms ? await sms.Send(row, limit.Token) : await smtp.Send(row, await mail.Compose(row), limit.Token);
            outages[row.Channel].Tell(result);
            if (result.Bounced)
                foreach (var one in row.Together)
                    await bounces.Take(one, result.Error!, limit.Token);
            return result;
        }
        catch (Exception e) when (e is MimeKit.ParseException or FormatException or ArgumentException)
        {
            logger.LogWarning("Delivery {Id} cannot be written: {Error}", row.Id, e.Message);
            return Result.Abandoned(row, $"Not an address or not a notice: {e.Message}");
        }
        catch (Exception e)
        {
            logger.LogError(e, "Delivery {Id} ({Kind}) failed in an unforeseen way", row.Id, row.Kind);
            return Patience.After(row, e.GetType().Name, Patience.ForRecipient(row.Attempt), clock.GetUtcNow());
        }
    }

    /// <summary>Writes down results as they come; while one note is being made durable the next ones gather.</summary>
    private async Task Note()
    {
        var batch = new List<Result>(MostUnnoted);
        while (await results.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MostUnnoted && results.Reader.TryRead(out var result))
                batch.Add(result);
            await NoteUntilDurable(batch);
            foreach (var result in batch)
                inHand.TryRemove(result.Id, out _);
            var away = batch.Where(r => r.RetryAfter is not null).ToList();
            if (away.Count > 0)
                logger.LogWarning("{Count} deliveries wait for another attempt: {Error}", away.Count, away[0].Error);
        }
    }

    private async Task NoteUntilDurable(IReadOnlyCollection<Result> batch)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        while (true)
        {
            try
            {
                await ledger.Settle(batch, CancellationToken.None);
                return;
            }
            catch (Npgsql.NpgsqlException e)
            {
                // What was sent must be known as sent: nothing else is claimed meanwhile, and we insist.
                logger.LogWarning("Results of {Count} deliveries cannot be written down yet: {Error}", batch.Count, e.Message);
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }
}
