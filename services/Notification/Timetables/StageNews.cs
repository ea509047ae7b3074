namespace Stages.Notifications.Timetables;

/// <summary>Who has to be told what when a stage becomes another one. Pure; the addresses come later.</summary>
/// <param name="Placed">Enrolments that have a place now and had none.</param>
/// <param name="Left">Enrolments that had a place and have none now.</param>
/// <param name="Stayed">Enrolments to be told of a change that concerns them too; empty when there is none.</param>
/// <param name="NewTeacher">Offer of a teacher to whom the whole stage is new.</param>
/// <param name="FormerTeacher">Offer of the teacher who has the stage no more: another replaces them, or they left it.</param>
public sealed record StageNews(
    IReadOnlyList<Guid> Placed,
    IReadOnlyList<Guid> Left,
    IReadOnlyList<Guid> Stayed,
    Guid? NewTeacher,
    Guid? FormerTeacher,
    bool OtherModules,
    bool OtherTeacher,
    bool OtherGroup
)
{
    /// <summary>Everybody's enrolment whom it concerns.</summary>
    public IReadOnlyList<Guid> Enrolments => [.. Placed, .. Left, .. Stayed];

    /// <summary>The offers of the teachers whom it concerns.</summary>
    public IEnumerable<Guid> Teachers(KnownStage after) =>
        new[] { NewTeacher, FormerTeacher, TellsTeacher ? after.OfferId : null }.OfType<Guid>();

    public bool TellsTeacher => NewTeacher is null && !TeacherGone && (OtherModules || OtherGroup);

    public bool TeacherGone { get; init; }

    /// <summary>Why they left, of those who did so by themselves.</summary>
    public IReadOnlyDictionary<Guid, string> Gone { get; init; } = new Dictionary<Guid, string>();

    /// <summary>Of an enrolment that ended in another one of the child, nobody is told that it left: the child stays.</summary>
    public StageNews Because(IReadOnlyDictionary<Guid, string> gone) =>
        this with
        {
            Gone = gone,
            Left = [.. Left.Where(e => gone.GetValueOrDefault(e) != Merged)],
        };

    private const string Merged = "merged";

    public static StageNews Of(KnownStage? before, KnownStage after)
    {
        // A cancelled stage that comes back is new to everybody: they were told that it does not take place.
        if (before is null || before.Cancelled)
            return new(after.Enrolments, [], [], after.TeacherGone ? null : after.OfferId, null, false, false, false)
            {
                TeacherGone = after.TeacherGone,
            };

        var placed = after.Enrolments.Except(before.Enrolments).ToList();
        var left = before.Enrolments.Except(after.Enrolments).ToList();
        var otherModules = !before.Modules.Select(Essence).SequenceEqual(after.Modules.Select(Essence));
        var otherTeacher = before.OfferId != after.OfferId;
        return new(
            placed,
            left,
            otherModules || otherTeacher ? [.. after.Enrolments.Intersect(before.Enrolments)] : [],
            !after.TeacherGone && (otherTeacher || before.TeacherGone) ? after.OfferId : null,
            !before.TeacherGone && (otherTeacher || after.TeacherGone) ? before.OfferId : null,
            otherModules,
            otherTeacher,
            placed.Count + left.Count > 0
        )
        {
            TeacherGone = after.TeacherGone,
        };
    }

    private static (Guid, DateOnly, TimeOnly, TimeOnly, bool) Essence(Letters.ModuleLine m) =>
        (m.ModuleId, m.Date, m.Start, m.End, m.Cancelled);
}
