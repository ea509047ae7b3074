namespace Stages.Portal.SignIns;

/// <summary>What was kept of sign-ins goes as soon as it limits nothing any more: within a day of the last that happened.</summary>
public sealed class SignInSweep(Journal journal, TimeProvider clock, ILogger<SignInSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);

    // Until 2026-11 each address that was ever typed had a stream of events.
    private const string OfBefore = "type = 'address_sign_ins'";
    private const string EventsOfBefore =
        $"delete from portal.mt_events where stream_id in (select id from portal.mt_streams where {OfBefore})";
    private const string StreamsOfBefore = $"delete from portal.mt_streams where {OfBefore}";

    public static Decision Forget(DateTimeOffset now) =>
        Decision
            .Nothing.AndDeleteWhere<AddressSignIns>(s => s.EndsAt < now)
            .AndDeleteWhere<SignInLink>(l => l.EndsAt < now)
            .AndSql(SignInTally.Sweep, now - SignInRules.Day - SignInRules.Life)
            .AndSql(EventsOfBefore)
            .AndSql(StreamsOfBefore);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            try
            {
                await journal.Decide(Forget(clock.GetUtcNow()), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: what is swept ten minutes later harms nobody, and a Portal that ends does.
                logger.LogError(e, "Old sign-ins could not be swept");
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
