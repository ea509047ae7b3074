using Marten;
using MassTransit;
using Stages.Contracts.Enrolment;
using Stages.Scheduling.Timetables;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Candidates;

/// <summary>
/// What an enrolment message does here: the mirror follows by version, and places that the pupil can no longer have are freed.
/// </summary>
public sealed class CandidateMirror(TimeProvider clock)
{
    public async Task Take(IDocumentSession session, Candidate candidate, CancellationToken cancel)
    {
        // The usual case, thousands of times: a new enrolment. If another message about it is inserted at the same moment, one of the
        // two inserts fails and is delivered again.
        if (await session.LoadAsync<Candidate>(candidate.Id, cancel) is null)
        {
            session.Insert(candidate);
            return;
        }
        await Journal.Lock(session, Locks.Candidate(candidate.Id), cancel);
        var known = await session.LoadAsync<Candidate>(candidate.Id, cancel);
        if (known is not null && known.EnrolmentVersion >= candidate.EnrolmentVersion)
            return;
        session.Store(candidate);
        if ((await Places.Of(session, candidate.CampaignId, candidate.Id, cancel)).Count == 0)
            return;

        await Journal.Lock(session, Locks.Timetable(candidate.CampaignId), cancel);
        foreach (var stage in await Places.Of(session, candidate.CampaignId, candidate.Id, cancel))
            if (Places.Lost(candidate, stage) is { } why)
                await Places.Free(session, stage, candidate, why, clock.GetUtcNow(), cancel);
    }

    public static Candidate Of(EnrolmentSubmitted m) =>
        new(
            m.EnrolmentId,
            m.CampaignId,
            m.Version,
            m.Level,
            m.SchoolUai,
            m.Priority,
            m.EnrolledAt,
            Weeks(m.Weeks),
            m.SiblingGroup,
            Wishes(m.Wishes),
            Withdrawn: false
        );

    public static Candidate Of(EnrolmentChanged m) =>
        new(
            m.EnrolmentId,
            m.CampaignId,
            m.Version,
            m.Level,
            m.SchoolUai,
            m.Priority,
            m.EnrolledAt,
            Weeks(m.Weeks),
            m.SiblingGroup,
            Wishes(m.Wishes),
            Withdrawn: false
        );

    /// <summary>A withdrawal may come before the enrolment that it withdraws: the empty candidate keeps its version.</summary>
    public static Candidate Withdrawn(Candidate? known, Guid enrolment, Guid campaign, long version) =>
        known is null
            ? new Candidate(enrolment, campaign, version, "", "", 1, default, [], null, [], Withdrawn: true)
            : known with
            {
                EnrolmentVersion = version,
                Withdrawn = true,
            };

    private static CandidateWeek[] Weeks(IReadOnlyList<WeekChoice> weeks) =>
        [.. weeks.Select(w => new CandidateWeek(w.Label, w.Preference, w.Slots))];

    private static CandidateWish[] Wishes(IReadOnlyList<WishMade> wishes) =>
        [.. wishes.OrderBy(w => w.Rank).Select(w => new CandidateWish(w.Subject, w.Rank))];
}

public sealed class EnrolmentSubmittedConsumer(Inbox inbox, CandidateMirror mirror) : IConsumer<EnrolmentSubmitted>
{
    public Task Consume(ConsumeContext<EnrolmentSubmitted> context) =>
        inbox.Once(context, session => mirror.Take(session, CandidateMirror.Of(context.Message), context.CancellationToken));
}

public sealed class EnrolmentChangedConsumer(Inbox inbox, CandidateMirror mirror) : IConsumer<EnrolmentChanged>
{
    public Task Consume(ConsumeContext<EnrolmentChanged> context) =>
        inbox.Once(context, session => mirror.Take(session, CandidateMirror.Of(context.Message), context.CancellationToken));
}

public sealed class EnrolmentWithdrawnConsumer(Inbox inbox, CandidateMirror mirror) : IConsumer<EnrolmentWithdrawn>
{
    public Task Consume(ConsumeContext<EnrolmentWithdrawn> context) =>
        inbox.Once(
            context,
            async session =>
            {
                var m = context.Message;
                var known = await session.LoadAsync<Candidate>(m.EnrolmentId, context.CancellationToken);
                await mirror.Take(
                    session,
                    CandidateMirror.Withdrawn(known, m.EnrolmentId, m.CampaignId, m.Version),
                    context.CancellationToken
                );
            }
        );
}

/// <summary>Nothing here names the pupil; the school and level of an erased enrolment are forgotten all the same.</summary>
public sealed class EnrolmentErasedConsumer(Inbox inbox, CandidateMirror mirror) : IConsumer<EnrolmentErased>
{
    public Task Consume(ConsumeContext<EnrolmentErased> context) =>
        inbox.Once(
            context,
            session =>
                mirror.Take(
                    session,
                    CandidateMirror.Withdrawn(null, context.Message.EnrolmentId, context.Message.CampaignId, context.Message.Version),
                    context.CancellationToken
                )
        );
}

public sealed class PlacementConfirmedConsumer(Inbox inbox, TimeProvider clock) : IConsumer<PlacementConfirmed>
{
    public Task Consume(ConsumeContext<PlacementConfirmed> context) =>
        inbox.Once(
            context,
            async session =>
            {
                var m = context.Message;
                var stream = await session.Events.FetchForWriting<Stage>(m.StageId, context.CancellationToken);
                if (stream.Aggregate?.Seats.Any(s => s.EnrolmentId == m.EnrolmentId && s.AnswerBefore is not null) == true)
                    stream.AppendOne(new SeatConfirmed(m.EnrolmentId, Actor.System, clock.GetUtcNow()));
            }
        );
}

public sealed class PlacementDeclinedConsumer(Inbox inbox, TimeProvider clock) : IConsumer<PlacementDeclined>
{
    public Task Consume(ConsumeContext<PlacementDeclined> context) =>
        inbox.Once(
            context,
            async session =>
            {
                var m = context.Message;
                await Journal.Lock(session, Locks.Timetable(m.CampaignId), context.CancellationToken);
                var stage = await session.LoadAsync<Stage>(m.StageId, context.CancellationToken);
                var candidate = await session.LoadAsync<Candidate>(m.EnrolmentId, context.CancellationToken);
                if (stage?.IsLive == true && candidate is not null && stage.Holds(m.EnrolmentId))
                    await Places.Free(session, stage, candidate, "declined", clock.GetUtcNow(), context.CancellationToken);
            }
        );
}
