namespace Stages.Notifications.Letters.Notices;

/// <summary>Several places that one publication gives to a family: of one child in two subjects, of two children.</summary>
/// <param name="Places">At least two, as they were decided.</param>
public sealed record PlacesNotice(IReadOnlyList<PlaceNotice> Places) : Notice
{
    public override string Kind => PlaceNotice.Name;

    public override Urgency Urgency => Urgency.Bulk;

    public override Letter Write(Pen pen) =>
        new(
            Title(pen),
            Title(pen),
            pen.BecauseFamily,
            [
                new Says(pen.Hello),
                pen.Says(
                    $"Bonne nouvelle : il y a {Count.Fr(Places.Count, "place")} pour {Names(pen.Language)} "
                        + "dans des stages de réussite à distance. Chacune attend sa réponse.",
                    $"Good news: there are {Count.En(Places.Count, "place")} for {Names(pen.Language)} in remote stages de réussite. "
                        + "Each awaits its answer."
                ),
                .. Places.SelectMany(p => Of(p, pen)),
                PlaceNotice.Answer(pen, Link(pen)),
                .. PlaceNotice.FeedOf(pen, Places.Select(p => p.Feed).FirstOrDefault(f => f is not null)),
            ]
        );

    private string Title(Pen pen) =>
        pen.In(
            $"{Count.Fr(Places.Count, "place")} pour {Names(pen.Language)}",
            $"{Count.En(Places.Count, "place")} for {Names(pen.Language)}"
        );

    private static IEnumerable<Block> Of(PlaceNotice place, Pen pen) =>
        [
            place.Stage.AsFacts(pen, (pen.In("Pour", "For"), place.Names(pen.Language)), place.Stage.TeacherLine(pen)),
            place.Stage.AsSessions(pen),
            PlaceNotice.Ask(pen, place.Until),
        ];

    /// <summary>« Stages: Léa (mathématiques), Tom (français) ont une place. Répondez avant 02/04 10h30 ».</summary>
    public override string Short(Pen pen)
    {
        var until = Places.Select(p => p.Until).OfType<AnswerBy>().MinBy(u => u.Instant);
        return $"Stages: {Count.Fr(Places.Count, "place")}, "
            + string.Join(", ", Places.Select(p => Brief(p, pen)))
            + ". "
            + (until is null ? pen.In("Confirmez :", "Confirm:") : pen.In($"Répondez {until.Short(pen)} :", $"Answer {until.Short(pen)}:"));
    }

    private static string Brief(PlaceNotice place, Pen pen) =>
        $"{EnrolmentNotice.Brief(place.Names(pen.Language))} "
        + $"({pen.In(PlaceNotice.LowerFirst(place.Stage.Subject.Fr), place.Stage.Subject.En)} {Start(place, pen)})";

    private static string Start(PlaceNotice place, Pen pen) =>
        place.Stage.Modules.FirstOrDefault(m => !m.Cancelled) is { } first ? StageFacts.ShortSession(pen, first) : "";

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) => Places.SelectMany(p => p.CalendarEntries(pen));

    private Guid[] Enrolments => [.. Places.SelectMany(p => p.Pupils).Select(p => p.EnrolmentId).Distinct()];

    /// <summary>The child's page; of several children the page of all of them.</summary>
    private string Link(Pen pen) => Enrolments is [var only] ? pen.Links.Enrolment(only) : pen.Links.Family;

    private string Names(Language language) =>
        language.List([.. Places.SelectMany(p => p.Pupils).DistinctBy(p => p.EnrolmentId).Select(p => p.FirstName)]);
}
