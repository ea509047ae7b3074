using Hangfire;
using Marten;
using Npgsql;
using Stages.Pairing;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Timetables;
using Stages.ServiceDefaults;
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

    /// <summary>False when another process, or another request, is at it.</summary>
    public Task<bool> Carry(Guid campaignId, CancellationToken cancel) =>
        Locks.Alone(database, "adoption", campaignId, () => Steps(campaignId, cancel), cancel);

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
        var plan = Match(proposal.Stages, instance.Known);
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

    /// <summary>
    /// Number in the proposal → the known stage that it is: first by teacher, subject, levels, week and modules, then by all but
    /// the modules.
    /// </summary>
    public static Dictionary<int, Guid> Match(IReadOnlyList<ProposedStage> proposed, IReadOnlyList<KnownStage> known)
    {
        var found = new Dictionary<int, Guid>();
        var left = known.GroupBy(k => (k.Offer, k.Week)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var exact in new[] { true, false })
            for (var i = 0; i < proposed.Count; i++)
            {
                var s = proposed[i];
                if (found.ContainsKey(i) || !left.TryGetValue((s.Offer, s.Week), out var theirs))
                    continue;
                var k = theirs.Find(k =>
                    k.Subject == s.Subject
                    && k.Levels.SequenceEqual(s.Levels)
                    && (exact ? k.Modules.SequenceEqual(s.Modules.Order()) : !k.Pinned)
                );
                if (k is null)
                    continue;
                found[i] = k.StageId;
                theirs.Remove(k);
            }
        return found;
    }

    /// <summary>
    /// What the run kept by its rule is kept by the same rule now: a stage approved or pinned while it ran is not undone.
    /// </summary>
    private Task Replace(Guid campaignId, Keep keep, Adopting adopting, Guid[] batch, CancellationToken cancel) =>
        journal.Write(
            async session =>
            {
                await Journal.Lock(session, Locks.Timetable(campaignId), cancel);
                foreach (var stage in await session.LoadManyAsync<Stage>(cancel, batch))
                    if (stage.IsLive && !Instances.IsKept(stage, keep))
                        session.Events.Append(stage.Id, stage.Version + 1, new StageReplaced(adopting.RunId, adopting.By, adopting.At));
            },
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
        journal.Write(
            async session =>
            {
                await Journal.Lock(session, Locks.Timetable(campaign.Id), cancel);
                var ids = batch.ToDictionary(i => i, i => known.TryGetValue(i, out var id) ? id : adopting.StageId(i));
                var present = (await session.LoadManyAsync<Stage>(cancel, [.. ids.Values])).ToDictionary(s => s.Id);
                var wishes = batch.SelectMany(i => proposed[i].Wishes.Select(Instances.WishOf)).ToArray();
                var candidates = (
                    await session.LoadManyAsync<Candidate>(cancel, [.. wishes.Select(w => w.Enrolment).Distinct()])
                ).ToDictionary(c => c.Id);
                var offers = (
                    await session.LoadManyAsync<Offer>(cancel, [.. batch.Select(i => Guid.Parse(proposed[i].Offer)).Distinct()])
                ).ToDictionary(o => o.Id);
                foreach (var i in batch)
                {
                    var s = proposed[i];
                    // Who withdrew or was placed otherwise since the run is left out; the coordinator sees a group that became
                    // too small as a conflict.
                    Seat[] seats =
                    [
                        .. s
                            .Wishes.Select(Instances.WishOf)
                            .Select(w => (w.Subject, Candidate: candidates.GetValueOrDefault(w.Enrolment)))
                            .Where(x => x.Candidate is { Withdrawn: false } c && c.Wishes.Any(w => w.Subject == x.Subject))
                            .Where(x => held[(x.Candidate!.Id, x.Subject)].All(stage => stage == ids[i]))
                            .Select(x => new Seat(x.Candidate!.Id, x.Candidate.Level, x.Candidate.SchoolUai)),
                    ];
                    if (present.TryGetValue(ids[i], out var stage))
                        Move(session, stage, s, seats, adopting);
                    else if (seats.Length > 0 && offers.TryGetValue(Guid.Parse(s.Offer), out var offer) && !offer.Withdrawn)
                        session.Events.StartStream<Stage>(
                            ids[i],
                            new StageDrafted(
                                ids[i],
                                campaign.Id,
                                adopting.RunId,
                                offer.Id,
                                s.Subject,
                                s.Levels,
                                s.Week,
                                [.. s.Modules.Order().Select((slot, m) => new Module(adopting.ModuleId(i, m), slot, 0))],
                                seats,
                                adopting.By,
                                adopting.At
                            )
                        );
                }
            },
            cancel
        );

    /// <summary>
    /// A stage that the proposal keeps: nothing to say when it is as it was, and nothing changes in one that is approved, pinned
    /// or published.
    /// </summary>
    private static void Move(IDocumentSession session, Stage stage, ProposedStage s, Seat[] seats, Adopting adopting)
    {
        if (stage.Status != StageStatus.Draft || stage.Pinned || s.Pinned)
            return;
        var same =
            stage.Modules.Select(m => m.Slot).Order().SequenceEqual(s.Modules.Order())
            && stage.Seats.Select(x => x.EnrolmentId).ToHashSet().SetEquals(seats.Select(x => x.EnrolmentId));
        if (same || seats.Length == 0)
            return;
        session.Events.Append(
            stage.Id,
            stage.Version + 1,
            new StageMoved(
                stage.OfferId,
                s.Week,
                Modules(stage.Modules, [.. s.Modules.Order()], adopting, stage.Id),
                seats,
                adopting.By,
                adopting.At
            )
        );
    }

    /// <summary>Modules keep their ids where they can: a fourth is new, a missing one is gone.</summary>
    private static Module[] Modules(IReadOnlyList<Module> old, int[] slots, Adopting adopting, Guid stage) =>
        [
            .. slots.Select(
                (slot, i) =>
                    i < old.Count
                        ? old[i] with
                        {
                            Slot = slot,
                        }
                        : new Module(TimetableIds.Derived(adopting.At, $"{stage}/{adopting.RunId}/{i}"), slot, 0)
            ),
        ];
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
