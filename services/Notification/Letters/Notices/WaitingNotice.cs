namespace Stages.Notifications.Letters.Notices;

/// <param name="Position">1 = next.</param>
public sealed record WaitingLine(
    LocalText Subject,
    int Position,
    LocalText Reason,
    IReadOnlyList<string> HelpFr,
    IReadOnlyList<string> HelpEn
);

/// <summary>After a publication, wishes of a pupil have no place yet: why, where they stand, and what would help.</summary>
public sealed record WaitingNotice(Guid EnrolmentId, string Pupil, string Campaign, IReadOnlyList<WaitingLine> Wishes) : Notice
{
    public const string Name = "wishes-waiting";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Bulk;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"{Pupil} : en liste d’attente", $"{Pupil}: on the waiting list"),
            pen.In("Pas encore de place pour chaque vœu", "Not yet a place for every wish"),
            pen.BecauseFamily,
            [
                new Says(pen.Hello),
                pen.Says(
                    $"L’emploi du temps de la campagne « {Campaign} » est publié. Pour {Pupil}, voici ce qui n’a pas encore de place.",
                    $"The timetable of the campaign “{Campaign}” is published. For {Pupil}, this has no place yet."
                ),
                .. Wishes.SelectMany(w => Lines(pen, w)),
                pen.Says(
                    "Dès qu’une place se libère, elle est proposée au premier de la liste, sans que vous ayez à la demander.",
                    "As soon as a place becomes free it is offered to the first on the list, without your asking."
                ),
                new Button(pen.In("Voir ou élargir les vœux", "See or widen the wishes"), pen.Links.Enrolment(EnrolmentId)),
            ]
        );

    private static IEnumerable<Block> Lines(Pen pen, WaitingLine wish)
    {
        yield return new Facts([
            (pen.In("Vœu", "Wish"), wish.Subject.In(pen.Language.Code)),
            (
                pen.In("Rang", "Position"),
                pen.In(
                    $"{wish.Position}{(wish.Position == 1 ? "er" : "e")} sur la liste d’attente",
                    $"number {wish.Position} on the waiting list"
                )
            ),
            (pen.In("Raison", "Reason"), wish.Reason.In(pen.Language.Code)),
        ]);
        var help = pen.Language == Language.English ? wish.HelpEn : wish.HelpFr;
        if (help.Count > 0)
            yield return new Aside(pen.In("Ce qui aiderait : ", "What would help: ") + string.Join(pen.In(" ; ", "; "), help));
    }

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: {EnrolmentNotice.Brief(Pupil)} est en liste d’attente en {Subjects(pen)}. Une place libérée vous sera proposée.",
            $"Stages: {EnrolmentNotice.Brief(Pupil)} is on the waiting list in {Subjects(pen)}. "
                + $"You will be offered a place that becomes free."
        );

    private string Subjects(Pen pen) =>
        pen.Language.List([.. Wishes.Select(w => pen.In(PlaceNotice.LowerFirst(w.Subject.Fr), w.Subject.En))]);
}
