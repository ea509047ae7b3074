using Stages.Portal.Pages.Coordination;

namespace Stages.Portal.Pages.Teacher;

/// <summary>Who was there, as a teacher says it: all of them, but for these; or minutes for one.</summary>
/// <param name="All">All were there for the whole session, unless something else is said of one.</param>
public sealed record TypedAttendance(bool All, IReadOnlyDictionary<Guid, string> Minutes, IReadOnlySet<Guid> Absent)
{
    public static TypedAttendance Read(IFormCollection posted, Guid module, IEnumerable<PupilAttendance> pupils) =>
        new(
            posted[$"all.{module}"].ToString() == "yes",
            pupils.ToDictionary(p => p.EnrolmentId, p => posted[$"minutes.{module}.{p.EnrolmentId}"].ToString().Trim()),
            pupils.Where(p => posted[$"absent.{module}.{p.EnrolmentId}"].ToString() == "yes").Select(p => p.EnrolmentId).ToHashSet()
        );

    /// <summary>Those whose minutes are others now. What was typed of one goes before the box, and that before all.</summary>
    public IReadOnlyList<PupilMinutes> Changes(IEnumerable<PupilAttendance> pupils, int whole) =>
        [
            .. pupils
                .Select(p => (Pupil: p, Now: Of(p, whole)))
                .Where(x => x.Now != x.Pupil.MinutesPresent)
                .Select(x => new PupilMinutes(x.Pupil.EnrolmentId, x.Now)),
        ];

    private int Of(PupilAttendance pupil, int whole) =>
        Typed.Number(Minutes.GetValueOrDefault(pupil.EnrolmentId) ?? "") is { } typed && typed != pupil.MinutesPresent ? typed
        : Absent.Contains(pupil.EnrolmentId) ? 0
        : All ? whole
        : pupil.MinutesPresent;
}
