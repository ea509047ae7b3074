using Stages.Contracts.Scheduling;

namespace Stages.Enrolments.Placements;

/// <summary>Who was in a stage when it was last heard of, to tell those who are no longer in it.</summary>
public sealed record StageMirror(Guid Id, long Version, PupilPlaced[] Pupils);

/// <summary>What a published stage means to the enrolments in it, and to those that were.</summary>
public static class FollowStage
{
    /// <param name="enrolments">Of the pupils of both, as far as they are known here.</param>
    public static Decision Set(StageMirror? known, StageChanged m, IReadOnlyDictionary<Guid, Enrolment> enrolments, DateTimeOffset now)
    {
        if (known?.Version >= m.Version)
            return Decision.Nothing;
        var gone = (known?.Pupils ?? []).ExceptBy(m.Pupils.Select(KeyOf), KeyOf);
        return TakeBack(m.StageId, gone, null, enrolments, now)
            .And(
                Decision.All(
                    m.Pupils.Select(p =>
                        OfferPlace.Decide(enrolments.GetValueOrDefault(p.EnrolmentId), PlaceOf(m, p.Subject), now).At(p.EnrolmentId)
                    )
                )
            )
            .AndStore(new StageMirror(m.StageId, m.Version, [.. m.Pupils]));
    }

    public static Decision Clear(
        StageMirror? known,
        StageCancelled m,
        IReadOnlyDictionary<Guid, Enrolment> enrolments,
        DateTimeOffset now
    ) =>
        known is null || known.Version >= m.Version
            ? Decision.Nothing
            : TakeBack(m.StageId, known.Pupils, m.Reason, enrolments, now).AndStore(new StageMirror(m.StageId, m.Version, []));

    private static Decision TakeBack(
        Guid stageId,
        IEnumerable<PupilPlaced> pupils,
        string? reason,
        IReadOnlyDictionary<Guid, Enrolment> enrolments,
        DateTimeOffset now
    ) =>
        Decision.All(
            pupils.Select(p =>
                TakeBackPlace.Decide(enrolments.GetValueOrDefault(p.EnrolmentId), stageId, p.Subject, reason, now).At(p.EnrolmentId)
            )
        );

    /// <summary>The same place, whatever else is said of it (a deadline that was met, a school that was corrected).</summary>
    private static (Guid, string) KeyOf(PupilPlaced pupil) => (pupil.EnrolmentId, pupil.Subject);

    private static Place PlaceOf(StageChanged m, string subject) =>
        new(
            m.StageId,
            m.Version,
            subject,
            m.Week,
            m.TimeZone,
            m.TeacherFirstName,
            [.. m.Modules.Select(x => new PlaceModule(x.ModuleId, x.Date, x.Start, x.End, x.StartsAt, x.EndsAt, x.Sequence))],
            TeacherId: m.TeacherId
        );
}
