namespace Stages.Notifications.Letters.Notices;

/// <summary>A published stage takes place otherwise than told: other times, another teacher, another group.</summary>
/// <param name="Pupils">The recipient's children in it; null when the recipient is its teacher.</param>
/// <param name="Before">Its modules as they were told before.</param>
/// <param name="GroupSize">Told to the teacher when it changed; null otherwise.</param>
/// <param name="Came">Those of the recipient's children who have a place in it now and had none.</param>
/// <param name="Left">Those who had one and have none now.</param>
/// <param name="Until">Until when a place must be answered.</param>
public sealed record StageChangedNotice(
    IReadOnlyList<PupilLine>? Pupils,
    StageFacts Stage,
    IReadOnlyList<ModuleLine> Before,
    bool OtherTeacher,
    int? GroupSize,
    IReadOnlyList<PupilLine>? Came = null,
    IReadOnlyList<PupilLine>? Left = null,
    AnswerBy? Until = null
) : Notice
{
    public const string Name = "stage-changed";

    public override string Kind => Name;

    private bool Moved => Stage.Modules.Any(IsNew);

    private bool OtherChildren => Came is { Count: > 0 } || Left is { Count: > 0 };

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
                : OtherChildren ? pen.In("Qui vient change", "Who comes has changed")
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
                .. Moved || OtherTeacher || OtherChildren
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
        if (Came is { Count: > 0 })
        {
            yield return pen.In(
                $"{PlaceNotice.NamesOf(pen, Came)} {(Came.Count == 1 ? "a" : "ont")} désormais une place dans ce stage.",
                $"{PlaceNotice.NamesOf(pen, Came)} now {(Came.Count == 1 ? "has" : "have")} a place in this stage."
            );
            yield return PlaceNotice.Ask(pen, Until).Text;
        }
        if (Left is { Count: > 0 })
            yield return pen.In(
                $"La place {French.De(PlaceNotice.NamesOf(pen, Left))} n’y est plus réservée.",
                $"The place of {PlaceNotice.NamesOf(pen, Left)} is no longer reserved in it."
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
                $"Stages: votre groupe {Stage.Name(pen.Language)} a changé: {Count.Fr(size, "élève")}.",
                $"Stages: your group {Stage.Name(pen.Language)} has changed: {Count.En(size, "pupil")}."
            )
        : OtherChildren && !OtherTeacher
            ? pen.In(
                $"Stages: {Stage.Subject.Fr}: qui vient change, désormais {EnrolmentNotice.Brief(Names(pen))}.",
                $"Stages: {Stage.Subject.En}: who comes has changed, now {EnrolmentNotice.Brief(Names(pen))}."
            )
        : pen.In(
            $"Stages: {Whose(pen)}{Stage.Subject.Fr}: le stage est désormais assuré par {Stage.Teacher(pen)}. Horaires inchangés.",
            $"Stages: {Whose(pen)}{Stage.Subject.En}: now taught by {Stage.Teacher(pen)}. Same times."
        );

    private string Whose(Pen pen) => Pupils is null ? "" : EnrolmentNotice.Brief(Names(pen)) + ", ";

    public override string SmsLink(Pen pen) => Pupils is null ? pen.Links.TeacherStages : pen.Links.Family;

    /// <summary>Every module that a calendar shows otherwise than it was told: its hours, its number, who comes, with whom.</summary>
    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen)
    {
        var who = Pupils is null ? TimetableNotice.Who(pen.Language, Stage) : Names(pen);
        var told = (Stage with { Modules = Before }).Entries(pen, who, Before, Until).ToDictionary(e => e.ModuleId);
        var all = OtherTeacher || OtherChildren;
        return Stage
            .Entries(pen, who, Stage.Modules, Until)
            .Where(e =>
                told.GetValueOrDefault(e.ModuleId) is not { } before ? !e.Cancelled
                : e.Cancelled ? !before.Cancelled
                : all || e with { Sequence = before.Sequence } != before
            );
    }
}
