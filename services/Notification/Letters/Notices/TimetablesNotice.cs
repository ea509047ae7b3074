namespace Stages.Notifications.Letters.Notices;

/// <summary>Several stages that one publication gives to a teacher.</summary>
/// <param name="Timetables">At least two, as they were decided.</param>
public sealed record TimetablesNotice(IReadOnlyList<TimetableNotice> Timetables) : Notice
{
    public override string Kind => TimetableNotice.Published;

    public override Urgency Urgency => Urgency.Bulk;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"Vos {Count.Fr(Timetables.Count, "stage")}", $"Your {Count.En(Timetables.Count, "stage")}"),
            pen.In($"{Count.Fr(Timetables.Count, "stage")} vous sont confiés", $"{Count.En(Timetables.Count, "stage")} are yours"),
            pen.BecauseTeacher,
            [
                new Says(pen.Hello),
                TimetableNotice.Told(pen),
                .. Timetables.SelectMany(t => Of(t, pen)),
                TimetableNotice.See(pen),
                .. PlaceNotice.FeedOf(pen, Timetables.Select(t => t.Feed).FirstOrDefault(f => f is not null)),
            ]
        );

    private static IEnumerable<Block> Of(TimetableNotice one, Pen pen) =>
        [one.Stage.AsFacts(pen, TimetableNotice.Group(pen, one.GroupSize)), one.Stage.AsSessions(pen)];

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages de réussite : {Count.Fr(Timetables.Count, "stage")} vous sont confiés",
            $"Stages de réussite: {Count.En(Timetables.Count, "stage")} are yours"
        ) + $": {string.Join(", ", Timetables.Select(t => t.Stage.Name(pen.Language)))}.";

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) => Timetables.SelectMany(t => t.CalendarEntries(pen));
}
