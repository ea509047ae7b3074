namespace Stages.Scheduling.Campaigns;

/// <summary>A campaign closes by itself once it has been over for a week, in which what went wrong at its end is put right.</summary>
public sealed class CloseOver(IDocumentStore store, Journal journal, TimeProvider clock)
{
    /// <summary>In the night of the académie's day.</summary>
    public const string Daily = "0 3 * * *";

    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    public static Decision Decide(Campaign? campaign, DateTimeOffset now) =>
        campaign is { IsClosed: false, Plan: var plan }
        && now >= CampaignEnd.Of(plan.Weeks.Select(w => w.Monday), plan.EnrolmentCloses) + Grace
            ? Decision.Of(new CampaignClosed(Actor.System, now))
            : Decision.Nothing;

    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        foreach (var id in await reads.Query<Campaign>().Where(c => c.ClosedAt == null).Select(c => c.Id).ToListAsync(cancel))
            await journal.Decide<Campaign>(id, campaign => Decide(campaign, clock.GetUtcNow()), cancel: cancel);
    }
}
