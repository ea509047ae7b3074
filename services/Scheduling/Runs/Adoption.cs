using Stages.Pairing;
using Offer = Stages.Scheduling.Offers.Offer;

namespace Stages.Scheduling.Runs;

/// <summary>
/// Turns a proposal into the campaign's draft timetable: thousands of stages, in transactions of a hundred. The ids of its stages
/// follow from the adoption and their number, so that an adoption that was interrupted goes on where it stopped and one that is
/// repeated changes nothing.
/// </summary>
public sealed class Adoption(IDocumentStore store, Journal journal, NpgsqlDataSource database, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <summary>False when another process, or another request, is at it for longer than the patience lasts.</summary>
    public Task<bool> Carry(Guid campaignId, CancellationToken cancel, TimeSpan patience = default) =>
        Alone.Do(database, LockKey.Of("adoption", campaignId), () => Steps(campaignId, cancel), cancel, patience);

    private async Task Steps(Guid campaignId, CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        var timetable = await reads.LoadAsync<Timetable>(TimetableIds.Of(campaignId), cancel);
        if (timetable is not { Adopting: { } adopting })
            return;
        var campaign =
            await reads.LoadAsync<Campaign>(campaignId, cancel) ?? throw new InvalidOperationException("A timetable without a campaign.");
        var instance =
            await reads.LoadAsync<RunInstance>(adopting.RunId, cancel)
            ?? throw new InvalidOperationException("A proposal without its instance.");
        var file =
            await reads.LoadAsync<RunProposal>(adopting.RunId, cancel)
            ?? throw new InvalidOperationException("An adoption without a proposal.");
        var proposal = await RunFiles.Proposal(file.Proposal, cancel);
        var plan = AdoptStages.Match(proposal.Stages, instance.Known);
        var run =
            await reads.LoadAsync<PairingRun>(adopting.RunId, cancel) ?? throw new InvalidOperationException("An adoption without a run.");

        // What an earlier attempt at this adoption has already drafted stays as well.
        var kept = plan.Values.Concat(Enumerable.Range(0, proposal.Stages.Count).Select(adopting.StageId)).ToHashSet();
        var live = await reads
            .Query<Stage>()
            .Where(s => s.CampaignId == campaignId && s.Status != StageStatus.Cancelled)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        foreach (var batch in live.Where(id => !kept.Contains(id)).Chunk(BatchSize))
            await Replace(campaignId, run.Keep, adopting, batch, cancel);
        // After the replaced ones are gone: what is held now is held by stages that stay.
        var held = (
            await reads.Query<Stage>().Where(s => s.CampaignId == campaignId && s.Status != StageStatus.Cancelled).ToListAsync(cancel)
        )
            .SelectMany(s => s.Seats.Select(seat => (Wish: (seat.EnrolmentId, s.Subject), s.Id)))
            .ToLookup(x => x.Wish, x => x.Id);
        foreach (var batch in Enumerable.Range(0, proposal.Stages.Count).Chunk(BatchSize))
            await Draft(campaign, adopting, proposal.Stages, plan, held, batch, cancel);
        await journal.Decide<Timetable>(
            timetable.Id,
            t =>
                t is { Adopting: { } a } && a == adopting
                    ? Decision.Of(new TimetableAdopted(adopting.RunId, adopting.By, clock.GetUtcNow()))
                    : Decision.Nothing,
            cancel: cancel
        );
    }

    private Task Replace(Guid campaignId, Keep keep, Adopting adopting, Guid[] batch, CancellationToken cancel) =>
        journal.Decide(
            async reading => AdoptStages.Replace(await reading.Streams<Stage>(batch), keep, adopting),
            Locks.Timetable(campaignId),
            cancel
        );

    private Task Draft(
        Campaign campaign,
        Adopting adopting,
        IReadOnlyList<ProposedStage> proposed,
        Dictionary<int, Guid> known,
        ILookup<(Guid Enrolment, string Subject), Guid> held,
        int[] batch,
        CancellationToken cancel
    ) =>
        journal.Decide(
            async reading =>
            {
                AdoptStages.Numbered[] stages =
                [
                    .. batch.Select(i => new AdoptStages.Numbered(
                        i,
                        known.TryGetValue(i, out var id) ? id : adopting.StageId(i),
                        proposed[i]
                    )),
                ];
                var present = await reading.Streams<Stage>(stages.Select(s => s.Id));
                var candidates = await reading.Documents.LoadManyAsync<Candidate>(cancel, AdoptStages.Pupils(stages));
                var offers = await reading.Documents.LoadManyAsync<Offer>(cancel, AdoptStages.Offers(stages));
                return AdoptStages.Draft(campaign.Id, adopting, stages, present, candidates, offers, held);
            },
            Locks.Timetable(campaign.Id),
            cancel
        );
}

/// <summary>Goes on with adoptions whose process ended in the middle.</summary>
public sealed class ResumeAdoptions(IDocumentStore store, Adoption adoption)
{
    /// <summary>Comes again in ten seconds, so that a failed attempt need not be repeated.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(CancellationToken cancel)
    {
        await using var reads = store.QuerySession();
        foreach (var timetable in await reads.Query<Timetable>().Where(t => t.Adopting != null).ToListAsync(cancel))
            await adoption.Carry(timetable.CampaignId, cancel);
    }
}
