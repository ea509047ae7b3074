namespace Stages.Notifications.Letters.Notices;

/// <summary>A family is offered a place: a publication, or a place that became free.</summary>
/// <param name="Feed">Secret of the recipient's calendar feed.</param>
/// <param name="Attending">All of the recipient's children in the stage, those who have their place already included.</param>
/// <param name="Until">Until when the place must be answered; null: it is theirs until they decline it.</param>
public sealed record PlaceNotice(
    IReadOnlyList<PupilLine> Pupils,
    StageFacts Stage,
    string? Feed,
    IReadOnlyList<PupilLine>? Attending = null,
    AnswerBy? Until = null
) : Notice
{
    public const string Name = "place-offered";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Bulk;

    public override bool Gathers => true;

    public override Notice With(IReadOnlyList<Notice> others) =>
        others.Count == 0 ? this : new PlacesNotice([this, .. others.Cast<PlaceNotice>()]);

    public string Names(Language language) => language.List([.. Pupils.Select(p => p.FirstName)]);

    public override Letter Write(Pen pen) =>
        new(
            pen.In(
                $"Une place pour {Names(pen.Language)} en {LowerFirst(Stage.Subject.Fr)}",
                $"A place for {Names(pen.Language)} in {Stage.Subject.En}"
            ),
            pen.In($"Une place pour {Names(pen.Language)}", $"A place for {Names(pen.Language)}"),
            pen.BecauseFamily,
            [
                new Says(pen.Hello),
                new Says(
                    Pupils.Count == 1
                        ? pen.In(
                            $"Bonne nouvelle : {Names(pen.Language)} a une place dans un stage de réussite à distance.",
                            $"Good news: {Names(pen.Language)} has a place in a remote stage de réussite."
                        )
                        : pen.In(
                            $"Bonne nouvelle : {Names(pen.Language)} ont une place dans le même stage de réussite à distance.",
                            $"Good news: {Names(pen.Language)} have places in the same remote stage de réussite."
                        )
                ),
                Stage.AsFacts(pen, Stage.TeacherLine(pen)),
                Stage.AsSessions(pen),
                Ask(pen, Until),
                Answer(pen, pen.Links.Enrolment(Pupils[0].EnrolmentId)),
                .. FeedOf(pen, Feed),
            ]
        );

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: {EnrolmentNotice.Brief(Names(pen.Language))} {(Pupils.Count == 1 ? "a" : "ont")} une place en "
                + $"{LowerFirst(Stage.Subject.Fr)} avec {Stage.Teacher(pen)}. "
                + (Until is null ? "Confirmez" : $"Répondez {Until.Short(pen)}")
                + $": {Stage.ShortSessions(pen)}",
            $"Stages: {EnrolmentNotice.Brief(Names(pen.Language))} {(Pupils.Count == 1 ? "has" : "have")} a place in "
                + $"{Stage.Subject.En} with {Stage.Teacher(pen)}. "
                + (Until is null ? "Confirm" : $"Answer {Until.Short(pen)}")
                + $": {Stage.ShortSessions(pen)}"
        );

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) =>
        Stage.Entries(pen, NamesOf(pen, Attending ?? Pupils), Stage.Modules.Where(m => !m.Cancelled), Until);

    /// <summary>Where the place is answered.</summary>
    public static Button Answer(Pen pen, string address) => new(pen.In("Confirmer ou refuser", "Confirm or decline"), address);

    /// <summary>What a place asks of a family, and until when.</summary>
    public static Says Ask(Pen pen, AnswerBy? until) =>
        until is null
            ? pen.Says(
                "Merci de confirmer la place, ou de la refuser pour qu’un autre élève en profite. "
                    + "Elle reste réservée tant que vous ne la refusez pas.",
                "Please confirm the place, or decline it so that another pupil can have it. It stays reserved unless you decline it."
            )
            : pen.Says(
                $"Merci de répondre {until.In(pen.Language)} : sans réponse, la place est proposée à un autre élève.",
                $"Please answer {until.In(pen.Language)}: without an answer the place is offered to another pupil."
            );

    public static string NamesOf(Pen pen, IReadOnlyList<PupilLine>? pupils) =>
        pen.Language.List([.. (pupils ?? []).Select(p => p.FirstName)]);

    /// <summary>« mathématiques » within a sentence; an acronym such as « SVT » stays.</summary>
    public static string LowerFirst(string subject) =>
        subject.Length < 2 || char.IsUpper(subject[1]) ? subject : char.ToLowerInvariant(subject[0]) + subject[1..];

    /// <summary>The calendar: invitations are attached, the feed keeps itself up to date.</summary>
    public static IEnumerable<Block> FeedOf(Pen pen, string? feed)
    {
        yield return feed is null
            ? new Aside(
                pen.In(
                    "Une invitation par séance est jointe à ce message pour votre agenda.",
                    "An invitation for each session is attached to this message for your calendar."
                )
            )
            : new Aside(
                pen.In(
                    "Une invitation par séance est jointe pour votre agenda. Ou abonnez votre agenda "
                        + "à cette adresse personnelle, à ne pas partager : il suivra tous les changements.",
                    "An invitation for each session is attached for your calendar. "
                        + "Or subscribe your calendar to this personal address, not to be shared: it will follow every change."
                ),
                pen.In("Mon agenda des stages (.ics)", "My calendar of stages (.ics)"),
                pen.Links.Feed(feed)
            );
    }
}
