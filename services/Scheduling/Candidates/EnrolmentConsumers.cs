using MassTransit;
using Stages.Contracts.Enrolment;

namespace Stages.Scheduling.Candidates;

// Each reads what its rule needs and calls it.

public sealed class EnrolmentSubmittedConsumer(Journal journal, TimeProvider clock) : IConsumer<EnrolmentSubmitted>
{
    public Task Consume(ConsumeContext<EnrolmentSubmitted> context) =>
        journal.Consume(context, (reading, m) => Mirrored.Follow(reading, m.AsChanged(), clock.GetUtcNow()));
}

public sealed class EnrolmentChangedConsumer(Journal journal, TimeProvider clock) : IConsumer<EnrolmentChanged>
{
    public Task Consume(ConsumeContext<EnrolmentChanged> context) =>
        journal.Consume(context, (reading, m) => Mirrored.Follow(reading, m, clock.GetUtcNow()));
}

public sealed class EnrolmentWithdrawnConsumer(Journal journal, TimeProvider clock) : IConsumer<EnrolmentWithdrawn>
{
    public Task Consume(ConsumeContext<EnrolmentWithdrawn> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
            {
                var known = await reading.Load<Candidate>(m.EnrolmentId);
                var withdrawn = CandidateMirror.Withdrawn(known, m.EnrolmentId, m.CampaignId, m.Version, m.MergedInto is not null);
                return await Mirrored.Take(reading, withdrawn, clock.GetUtcNow());
            }
        );
}

/// <summary>Nothing here names the pupil; the school and level of an erased enrolment are forgotten all the same.</summary>
public sealed class EnrolmentErasedConsumer(Journal journal, ForgetId forget, TimeProvider clock) : IConsumer<EnrolmentErased>
{
    public async Task Consume(ConsumeContext<EnrolmentErased> context)
    {
        await journal.Consume(
            context,
            async (reading, m) =>
            {
                var withdrawn = CandidateMirror.Withdrawn(null, m.EnrolmentId, m.CampaignId, m.Version);
                var now = clock.GetUtcNow();
                return (await Mirrored.Take(reading, withdrawn, now)).And(ForgetId.Owed(m.EnrolmentId, now));
            }
        );
        await forget.Soon(context.Message.EnrolmentId, context.CancellationToken);
    }
}

public sealed class PlacementConfirmedConsumer(Journal journal, TimeProvider clock) : IConsumer<PlacementConfirmed>
{
    public Task Consume(ConsumeContext<PlacementConfirmed> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
            {
                await reading.Lock(Locks.Timetable(m.CampaignId));
                return LeaveStage.Confirm(await reading.Stream<Stage>(m.StageId), m.EnrolmentId, clock.GetUtcNow()).At(m.StageId);
            }
        );
}

public sealed class PlacementDeclinedConsumer(Journal journal, TimeProvider clock) : IConsumer<PlacementDeclined>
{
    public Task Consume(ConsumeContext<PlacementDeclined> context) =>
        journal.Consume(
            context,
            async (reading, m) =>
            {
                await reading.Lock(Locks.Timetable(m.CampaignId));
                var (stage, now) = (await reading.Stream<Stage>(m.StageId), clock.GetUtcNow());
                var left = LeaveStage.Decline(stage, m.EnrolmentId, now);
                return left.ChangesNothing ? left : await Places.Refill(reading, stage!, left, now);
            }
        );
}

internal static class Mirrored
{
    public static async ValueTask<Decision> Follow(Reading reading, EnrolmentChanged m, DateTimeOffset now) =>
        await Take(reading, CandidateMirror.Of(m, await reading.Documents.LoadAsync<Campaign>(m.CampaignId, reading.Cancel)), now);

    /// <summary>The mirror follows, and places that the pupil can no longer have are freed.</summary>
    public static async ValueTask<Decision> Take(Reading reading, Candidate candidate, DateTimeOffset now)
    {
        // The usual case, thousands of times: a new enrolment, which needs no lock. Two messages about it at the same moment: one of
        // the two inserts fails, and that one is decided again.
        if (await reading.Load<Candidate>(candidate.Id) is null)
            return CandidateMirror.Keep(null, candidate);
        await reading.Lock(Locks.Candidate(candidate.Id));
        var kept = CandidateMirror.Keep(await reading.Load<Candidate>(candidate.Id), candidate);
        if (kept.ChangesNothing || (await Places.Of(reading.Documents, candidate.CampaignId, candidate.Id, reading.Cancel)).Count == 0)
            return kept;
        await reading.Lock(Locks.Timetable(candidate.CampaignId));
        var theirs = await Places.Of(reading.Documents, candidate.CampaignId, candidate.Id, reading.Cancel);
        foreach (var stage in await reading.Streams<Stage>(theirs.Select(s => s.Id)))
        {
            var left = LeaveStage.Follow(stage, candidate, now);
            if (!left.ChangesNothing)
                kept = kept.And(await Places.Refill(reading, stage, left, now));
        }
        return kept;
    }
}
