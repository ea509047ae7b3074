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
        var left = (m.Gone ?? []).DistinctBy(g => g.EnrolmentId).ToDictionary(g => g.EnrolmentId, g => g.Why);
        return TakeBack(m.StageId, gone, null, p => left.GetValueOrDefault(p, PlaceEnd.TakenBack), enrolments, now)
            .And(
                Decision.All(
                    m.Pupils.Select(p =>
                        OfferPlace.Decide(enrolments.GetValueOrDefault(p.EnrolmentId), m.PlaceFor(p), now).At(p.EnrolmentId)
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
            : TakeBack(m.StageId, known.Pupils, m.Reason, _ => PlaceEnd.NoStage, enrolments, now)
                .AndStore(new StageMirror(m.StageId, m.Version, []));

    private static Decision TakeBack(
        Guid stageId,
        IEnumerable<PupilPlaced> pupils,
        string? reason,
        Func<Guid, string> why,
        IReadOnlyDictionary<Guid, Enrolment> enrolments,
        DateTimeOffset now
    ) =>
        Decision.All(
            pupils.Select(p =>
                TakeBackPlace
                    .Decide(enrolments.GetValueOrDefault(p.EnrolmentId), stageId, p.Subject, reason, now, why(p.EnrolmentId))
                    .At(p.EnrolmentId)
            )
        );

    /// <summary>The same place, whatever else is said of it (a deadline that was met, a school that was corrected).</summary>
    private static (Guid, string) KeyOf(PupilPlaced pupil) => (pupil.EnrolmentId, pupil.Subject);

    /// <summary>What the stage offers to one of its pupils.</summary>
    public static Place PlaceFor(this StageChanged m, PupilPlaced pupil) =>
        new(
            m.StageId,
            m.Version,
            pupil.Subject,
            m.Week,
            m.TimeZone,
            m.TeacherFirstName,
            [.. m.Modules.Select(x => new PlaceModule(x.ModuleId, x.Date, x.Start, x.End, x.StartsAt, x.EndsAt, x.Sequence))],
            TeacherId: m.TeacherId,
            AnswerBefore: pupil.AnswerBefore,
            Levels: [.. m.Levels]
        );
}
