namespace Stages.Notifications.Letters.Notices;

/// <param name="Who">The children's first names; empty for a teacher.</param>
public sealed record ReminderLine(
    IReadOnlyList<string> Who,
    LocalText Subject,
    IReadOnlyList<string> Levels,
    string TeacherFirstName,
    ModuleLine Module
);

/// <summary>What one person attends tomorrow, all in one message, or within the hour.</summary>
/// <param name="When"><c>day</c> or <c>hour</c>.</param>
public sealed record ReminderNotice(string When, bool ForTeacher, IReadOnlyList<ReminderLine> Lines) : Notice
{
    public const string Name = "reminder";

    public override string Kind => $"reminder-{When}";

    public override Urgency Urgency => When == "hour" ? Urgency.Soon : Urgency.Bulk;

    public override DateTimeOffset? UselessAfter => Lines.Max(l => l.Module.StartsAt);

    private string Names(Pen pen) => pen.Language.List([.. Lines.SelectMany(l => l.Who).Distinct(StringComparer.Ordinal)]);

    public override Letter Write(Pen pen)
    {
        var first = Lines[0];
        var whose = ForTeacher ? "" : pen.In($" pour {Names(pen)}", $" for {Names(pen)}");
        var title =
            When == "hour"
                ? pen.In(
                    $"Classe{whose} à {pen.Language.Time(first.Module.Start)}",
                    $"Class{whose} at {pen.Language.Time(first.Module.Start)}"
                )
                : pen.In($"Demain{whose} : {HowMany(pen)}", $"Tomorrow{whose}: {HowMany(pen)}");
        return new(
            title,
            title,
            ForTeacher ? pen.BecauseTeacher : pen.BecauseFamily,
            new Says(pen.Hello),
            new Says(
                When == "hour"
                    ? pen.In(
                        "La classe virtuelle commence dans une heure. Elle s’ouvre 15 minutes avant le début.",
                        "The virtual class begins in one hour. It opens 15 minutes before the start."
                    )
                    : pen.In(
                        $"Petit rappel pour {pen.Language.Day(first.Module.Date)}.",
                        $"A reminder for {pen.Language.Day(first.Module.Date)}."
                    )
            ),
            new Sessions(
                Lines.Count > 1 ? pen.In("Les séances", "The sessions") : pen.In("La séance", "The session"),
                [
                    .. Lines.Select(l => new SessionLine(
                        pen.Language.FirstUpper(pen.Language.Hours(l.Module.Start, l.Module.End)),
                        $"{l.Subject.In(pen.Language.Code)} ({string.Join(", ", l.Levels)})",
                        Note(pen, l)
                    )),
                ]
            ),
            Lines.Count == 1
                ? new Button(pen.In("Rejoindre la classe", "Join the class"), pen.Links.Module(first.Module.ModuleId))
                : new Button(
                    pen.In("Voir mes séances", "See my sessions"),
                    ForTeacher ? pen.Links.TeacherStages : pen.Links.FamilyTimetable
                ),
            new Aside(
                pen.In(
                    "Un empêchement ? Prévenez-nous depuis votre espace, pour que le groupe ne vous attende pas.",
                    "Cannot come? Tell us on your page, so that the group does not wait."
                )
            )
        );
    }

    private string HowMany(Pen pen) => pen.In(Count.Fr(Lines.Count, "séance"), Count.En(Lines.Count, "session"));

    private string? Note(Pen pen, ReminderLine line) =>
        ForTeacher
            ? null
            : pen.In(
                $"{pen.Language.List(line.Who)}, avec {pen.Language.Teacher(line.TeacherFirstName)}",
                $"{pen.Language.List(line.Who)}, with {pen.Language.Teacher(line.TeacherFirstName)}"
            );

    public override string SmsLink(Pen pen) => ForTeacher ? pen.Links.TeacherStages : pen.Links.FamilyTimetable;

    public override string Short(Pen pen)
    {
        var lines = string.Join(", ", Lines.Select(l => $"{StageFacts.ShortSession(pen, l.Module)} {l.Subject.In(pen.Language.Code)}"));
        return pen.In(
            $"Stages, rappel {(ForTeacher ? "" : EnrolmentNotice.Brief(Names(pen)))}: {lines}. Ouverture 15 min avant.",
            $"Stages, reminder {(ForTeacher ? "" : EnrolmentNotice.Brief(Names(pen)))}: {lines}. Opens 15 min before."
        );
    }
}
