namespace Stages.Notifications.Letters.Notices;

/// <summary>A teacher is given a stage: a publication, or a stage taken over from a colleague.</summary>
public sealed record TimetableNotice(StageFacts Stage, int GroupSize, string? Feed) : Notice
{
    public const string Name = "timetable";

    /// <summary>The word for it in the log.</summary>
    public const string Published = "timetable-published";

    public override string Kind => Published;

    public override bool Gathers => true;

    public override Notice With(IReadOnlyList<Notice> others) =>
        others.Count == 0 ? this : new TimetablesNotice([this, .. others.Cast<TimetableNotice>()]);

    public override Urgency Urgency => Urgency.Bulk;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"Votre stage : {Stage.Name(pen.Language)}", $"Your stage: {Stage.Name(pen.Language)}"),
            pen.In("Un stage vous est confié", "A stage is yours"),
            pen.BecauseTeacher,
            [
                new Says(pen.Hello),
                Told(pen),
                Stage.AsFacts(pen, Group(pen, GroupSize)),
                Stage.AsSessions(pen),
                See(pen),
                .. PlaceNotice.FeedOf(pen, Feed),
            ]
        );

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages de réussite : un stage vous est confié, {Stage.Name(pen.Language)}: {Stage.ShortSessions(pen)}.",
            $"Stages de réussite: a stage is yours, {Stage.Name(pen.Language)}: {Stage.ShortSessions(pen)}."
        );

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) =>
        Stage.Entries(pen, Who(pen.Language, Stage), Stage.Modules.Where(m => !m.Cancelled));

    public static Says Told(Pen pen) =>
        pen.Says(
            "Votre emploi du temps est publié. Les familles sont prévenues en même temps que vous.",
            "Your timetable is published. Families are told at the same time as you."
        );

    public static Button See(Pen pen) => new(pen.In("Voir mon groupe", "See my group"), pen.Links.TeacherStages);

    public static (string, string) Group(Pen pen, int size) =>
        (pen.In("Groupe", "Group"), pen.In(Count.Fr(size, "élève"), Count.En(size, "pupil")));

    /// <summary>What a teacher's calendar says after the subject; no pupil is named there.</summary>
    public static string Who(Language language, StageFacts stage) =>
        language.In($"groupe de {string.Join(", ", stage.Levels)}", $"{string.Join(", ", stage.Levels)} group");
}
