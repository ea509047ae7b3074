using Marten;
using MassTransit;
using Stages.Contracts.Classroom;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;

namespace Stages.Enrolments.Placements;

/// <summary>Who was in a stage when it was last heard of, to tell those who are no longer in it.</summary>
public sealed record StageMirror(Guid Id, long Version, PupilPlaced[] Pupils);

public sealed class StagePublishedConsumer(Inbox inbox, TimeProvider clock) : IConsumer<StagePublished>
{
    public Task Consume(ConsumeContext<StagePublished> context) =>
        inbox.Once(context, session => StageChangedConsumer.Take(session, context.Message.AsChanged(), clock.GetUtcNow()));
}

public sealed class StageChangedConsumer(Inbox inbox, TimeProvider clock) : IConsumer<StageChanged>
{
    public Task Consume(ConsumeContext<StageChanged> context) =>
        inbox.Once(context, session => Take(session, context.Message, clock.GetUtcNow()));

    internal static Task Take(IDocumentSession session, StageChanged m, DateTimeOffset now) =>
        Places.Set(
            session,
            m.StageId,
            m.Version,
            m.Pupils,
            subject => new Place(
                m.StageId,
                m.Version,
                subject,
                m.Week,
                m.TimeZone,
                m.TeacherFirstName,
                Places.ModulesOf(m.Modules),
                TeacherId: m.TeacherId
            ),
            now
        );
}

public sealed class StageCancelledConsumer(Inbox inbox, TimeProvider clock) : IConsumer<StageCancelled>
{
    public Task Consume(ConsumeContext<StageCancelled> context)
    {
        var m = context.Message;
        return inbox.Once(context, session => Places.Clear(session, m.StageId, m.Version, m.Reason, clock.GetUtcNow()));
    }
}

public sealed class WishesLeftWaitingConsumer(Inbox inbox, TimeProvider clock) : IConsumer<WishesLeftWaiting>
{
    public Task Consume(ConsumeContext<WishesLeftWaiting> context)
    {
        var m = context.Message;
        return inbox.Once(
            context,
            async session =>
            {
                var stream = await session.Events.FetchForWriting<Enrolment>(m.EnrolmentId);
                if (stream.Aggregate is not { IsStanding: true } enrolment || enrolment.TimetableVersion >= m.Version)
                    return;
                stream.AppendOne(
                    new WaitingExplained(
                        m.Version,
                        [
                            .. m.Wishes.Select(w => new Waiting(
                                w.Subject,
                                w.Position,
                                w.Reason,
                                w.TextFr,
                                w.TextEn,
                                [.. w.WouldBePlacedIfFr],
                                [.. w.WouldBePlacedIfEn]
                            )),
                        ],
                        clock.GetUtcNow()
                    )
                );
            }
        );
    }
}

/// <summary>The family's page and the attestation say who was there without asking Classroom each time.</summary>
public sealed class AttendanceRecordedConsumer(Inbox inbox, TimeProvider clock) : IConsumer<AttendanceRecorded>
{
    public Task Consume(ConsumeContext<AttendanceRecorded> context)
    {
        var m = context.Message;
        return inbox.Once(
            context,
            async session =>
            {
                var stream = await session.Events.FetchForWriting<Enrolment>(m.EnrolmentId);
                if (stream.Aggregate is not { } enrolment || enrolment.Status == Enrolment.Erased)
                    return;
                if (enrolment.Presences?.FirstOrDefault(p => p.ModuleId == m.ModuleId)?.Version >= m.Version)
                    return;
                stream.AppendOne(new PresenceNoted(m.ModuleId, m.StageId, m.MinutesPresent, m.Source, m.Version, clock.GetUtcNow()));
            }
        );
    }
}

/// <summary>What a published stage means to the enrolments in it.</summary>
internal static class Places
{
    public static PlaceModule[] ModulesOf(IReadOnlyList<ModuleSet> modules) =>
        [.. modules.Select(m => new PlaceModule(m.ModuleId, m.Date, m.Start, m.End, m.StartsAt, m.EndsAt, m.Sequence))];

    public static async Task Set(
        IDocumentSession session,
        Guid stageId,
        long version,
        IReadOnlyList<PupilPlaced> pupils,
        Func<string, Place> place,
        DateTimeOffset now
    )
    {
        var known = await session.LoadAsync<StageMirror>(stageId);
        if (known?.Version >= version)
            return;
        foreach (var gone in known?.Pupils.ExceptBy(pupils.Select(KeyOf), KeyOf) ?? [])
            await TakeBack(session, stageId, gone, null, now);
        foreach (var pupil in pupils)
            await Offer(session, pupil, place(pupil.Subject), now);
        session.Store(new StageMirror(stageId, version, [.. pupils]));
    }

    /// <summary>The same place, whatever else is said of it (a deadline that was met, a school that was corrected).</summary>
    private static (Guid, string) KeyOf(PupilPlaced pupil) => (pupil.EnrolmentId, pupil.Subject);

    public static async Task Clear(IDocumentSession session, Guid stageId, long version, string reason, DateTimeOffset now)
    {
        var known = await session.LoadAsync<StageMirror>(stageId);
        if (known is null || known.Version >= version)
            return;
        foreach (var pupil in known.Pupils)
            await TakeBack(session, stageId, pupil, reason, now);
        session.Store(new StageMirror(stageId, version, []));
    }

    private static async Task Offer(IDocumentSession session, PupilPlaced pupil, Place place, DateTimeOffset now)
    {
        var stream = await session.Events.FetchForWriting<Enrolment>(pupil.EnrolmentId);
        if (stream.Aggregate is not { IsStanding: true } enrolment)
            return;
        var before = enrolment.Places.FirstOrDefault(p => p.StageId == place.StageId && p.Subject == place.Subject);
        // A family that has answered is asked again only when the hours change: a new teacher or group member is no new question.
        var answered =
            before is { Status: PlaceStatus.Confirmed or PlaceStatus.Declined }
            && before.Modules.Select(m => (m.Date, m.Start)).SequenceEqual(place.Modules.Select(m => (m.Date, m.Start)));
        stream.AppendOne(new PlaceOffered(answered ? place with { Status = before!.Status } : place, now));
    }

    private static async Task TakeBack(IDocumentSession session, Guid stageId, PupilPlaced pupil, string? reason, DateTimeOffset now)
    {
        var stream = await session.Events.FetchForWriting<Enrolment>(pupil.EnrolmentId);
        var place = stream.Aggregate?.Places.FirstOrDefault(p => p.StageId == stageId && p.Subject == pupil.Subject);
        if (place is { Status: PlaceStatus.Offered or PlaceStatus.Confirmed })
            stream.AppendOne(new PlaceTakenBack(stageId, pupil.Subject, reason, now));
    }
}
