namespace Stages.Notifications.Letters.Notices;

/// <summary>A published stage takes place otherwise than told: other times, another teacher, another group.</summary>
/// <param name="Pupils">The recipient's children in it; null when the recipient is its teacher.</param>
/// <param name="Before">Its modules as they were told before.</param>
/// <param name="GroupSize">Told to the teacher when it changed; null otherwise.</param>
public sealed record StageChangedNotice(
    IReadOnlyList<PupilLine>? Pupils,
    StageFacts Stage,
    IReadOnlyList<ModuleLine> Before,
    bool OtherTeacher,
    int? GroupSize
) : Notice
{
    public const string Name = "stage-changed";

    public override string Kind => Name;

    private bool Moved => Stage.Modules.Any(IsNew);

    private bool IsNew(ModuleLine module) =>
        !Before.Any(b => b.ModuleId == module.ModuleId && b.Cancelled == module.Cancelled && Same(b, module));

    private static bool Same(ModuleLine a, ModuleLine b) => a.Date == b.Date && a.Start == b.Start && a.End == b.End;

    public override Letter Write(Pen pen)
    {
        var name = Stage.Name(pen.Language);
        var whose = Pupils is null ? "" : pen.In($" {French.De(Names(pen))}", $" of {Names(pen)}");
        return new(
            pen.In($"Changement : stage {name}{whose}", $"Change: stage {name}{whose}"),
            Moved ? pen.In("Des séances changent", "Sessions have changed")
                : OtherTeacher ? pen.In("L’enseignant change", "The teacher has changed")
                : pen.In("Votre groupe change", "Your group has changed"),
            Pupils is null ? pen.BecauseTeacher : pen.BecauseFamily,
            [
                new Says(pen.Hello),
                .. Sentences(pen).Select(s => new Says(s)),
                Pupils is null
                    ? Stage.AsFacts(pen, GroupSize is { } size ? [TimetableNotice.Group(pen, size)] : [])
                    : Stage.AsFacts(pen, Stage.TeacherLine(pen)),
                new Sessions(
                    pen.In("Les séances, à jour", "The sessions, up to date"),
                    [.. Stage.Modules.Where(m => !m.Cancelled || WasHeld(m)).Select(m => StageFacts.Line(pen, m, Note(pen, m)))]
                ),
                Pupils is null
                    ? new Button(pen.In("Voir mon stage", "See my stage"), pen.Links.TeacherStages)
                    : new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(Pupils[0].EnrolmentId)),
                .. Moved || OtherTeacher
                    ?
                    [
                        new Aside(
                            pen.In(
                                "Les invitations jointes remplacent les précédentes dans votre agenda.",
                                "The attached invitations replace the earlier ones in your calendar."
                            )
                        ),
                    ]
                    : Array.Empty<Block>(),
            ]
        );
    }

    private IEnumerable<string> Sentences(Pen pen)
    {
        var name = Stage.Name(pen.Language);
        if (Moved)
            yield return pen.In(
                $"L’emploi du temps du stage {name} a changé. Voici les séances à jour.",
                $"The timetable of the stage {name} has changed. These are the sessions now."
            );
        if (OtherTeacher && Pupils is not null)
            yield return pen.In(
                $"Le stage {name} est désormais assuré par {Stage.Teacher(pen)}.",
                $"The stage {name} is now taught by {Stage.Teacher(pen)}."
            );
        if (GroupSize is not null)
            yield return pen.In("La composition de votre groupe a changé.", "Who is in your group has changed.");
    }

    private bool WasHeld(ModuleLine module) => Before.Any(b => b.ModuleId == module.ModuleId && !b.Cancelled);

    private string? Note(Pen pen, ModuleLine module)
    {
        if (module.Cancelled)
            return pen.In("n’a plus lieu", "no longer takes place");
        if (Before.FirstOrDefault(b => b.ModuleId == module.ModuleId) is not { Cancelled: false } before)
            return pen.In("nouvelle séance", "new session");
        return Same(before, module)
            ? null
            : pen.In(
                $"déplacée ; c’était {pen.Language.Day(before.Date)} {pen.Language.Hours(before.Start, before.End)}",
                $"moved; it was {pen.Language.Day(before.Date)}, {pen.Language.Hours(before.Start, before.End)}"
            );
    }

    private string Names(Pen pen) => pen.Language.List([.. (Pupils ?? []).Select(p => p.FirstName)]);

    public override string Short(Pen pen) =>
        Moved
            ? pen.In(
                $"Stages: horaires changés, {Whose(pen)}{Stage.Subject.Fr}: {Stage.ShortSessions(pen)}.",
                $"Stages: new times, {Whose(pen)}{Stage.Subject.En}: {Stage.ShortSessions(pen)}."
            )
        : GroupSize is { } size
            ? pen.In(
                $"Stages: votre groupe {Stage.Name(pen.Language)} a changé: {size} élèves.",
                $"Stages: your group {Stage.Name(pen.Language)} has changed: {size} pupils."
            )
        : pen.In(
            $"Stages: {Whose(pen)}{Stage.Subject.Fr}: le stage est désormais assuré par {Stage.Teacher(pen)}. Horaires inchangés.",
            $"Stages: {Whose(pen)}{Stage.Subject.En}: now taught by {Stage.Teacher(pen)}. Same times."
        );

    private string Whose(Pen pen) => Pupils is null ? "" : EnrolmentNotice.Brief(Names(pen)) + ", ";

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) =>
        Stage.Entries(
            pen,
            Pupils is null ? TimetableNotice.Who(pen.Language, Stage) : Names(pen),
            Stage.Modules.Where(m => (IsNew(m) && (!m.Cancelled || WasHeld(m))) || (OtherTeacher && !m.Cancelled))
        );
}
