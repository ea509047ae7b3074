namespace Stages.Scheduling.Timetables;

/// <summary>How far the waiting list of a campaign has followed its stages and enrolments.</summary>
/// <param name="Id">The campaign's.</param>
public sealed record WaitingMark(Guid Id, DateTimeOffset Seen);

/// <summary>
/// What happens by itself after a publication: places whose deadline passed go to the next, freed places find who fits since, and
/// families learn how their waiting wishes stand after each change.
/// </summary>
public sealed class FollowTimetables(
    IDocumentStore store,
    Journal journal,
    WaitingListRefresh waiting,
    NpgsqlDataSource database,
    TimeProvider clock
)
{
    /// <summary>Comes again in ten seconds, so that a failed attempt need not be repeated.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        foreach (var timetable in await reads.Query<Timetable>().Where(t => t.PublishedAt != null).ToListAsync(cancel))
            await Follow(timetable.CampaignId, cancel);
    }

    /// <summary>One copy at a time; the change that is not seen now is seen in ten seconds.</summary>
    public Task<bool> Follow(Guid campaignId, CancellationToken cancel) =>
        Alone.Do(database, LockKey.Of("follow", campaignId), () => Steps(campaignId, cancel), cancel);

    private async Task Steps(Guid campaignId, CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { IsClosed: false })
            return;
        await Places(campaignId, cancel);
        if (await StageQueries.LastChange(reads, campaignId, cancel) is not { } last)
            return;
        if (await reads.LoadAsync<WaitingMark>(campaignId, cancel) is { } mark && mark.Seen >= last)
            return;
        await waiting.Run(campaignId, null, cancel);
        await journal.Decide(Decision.Nothing.AndStore(new WaitingMark(campaignId, last)), cancel);
    }

    private async Task Places(Guid campaign, CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        var now = clock.GetUtcNow();
        var open = await reads.Query<Stage>().Open(campaign).Select(s => s.Id).ToListAsync(cancel);
        foreach (var id in open)
            await journal.Decide(
                async reading =>
                    await reading.Stream<Stage>(id) is { Status: StageStatus.Published } stage
                        ? await Timetables.Places.Refill(reading, stage, LapsePlace.Decide(stage, now), now)
                        : Decision.Nothing,
                Locks.Timetable(campaign),
                cancel
            );
    }
}
