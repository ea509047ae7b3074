namespace Stages.Notifications.Letters.Notices;

/// <summary>The one reminder that a place still waits for its family's answer.</summary>
public sealed record AnswerNotice(IReadOnlyList<PupilLine> Pupils, StageFacts Stage, AnswerBy Until) : Notice
{
    public const string Name = "place-unanswered";

    public override string Kind => Name;

    public override DateTimeOffset? UselessAfter => Until.Instant;

    public override Letter Write(Pen pen)
    {
        var names = PlaceNotice.NamesOf(pen, Pupils);
        return new(
            pen.In($"Rappel : la place {French.De(names)} attend votre réponse", $"Reminder: {names}’s place awaits your answer"),
            pen.In("Une place attend votre réponse", "A place awaits your answer"),
            pen.BecauseFamily,
            new Says(pen.Hello),
            PlaceNotice.Ask(pen, Until),
            Stage.AsFacts(pen, Stage.TeacherLine(pen)),
            Stage.AsSessions(pen),
            new Button(pen.In("Confirmer ou refuser", "Confirm or decline"), pen.Links.Enrolment(Pupils[0].EnrolmentId))
        );
    }

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override string Short(Pen pen)
    {
        var who = EnrolmentNotice.Brief(PlaceNotice.NamesOf(pen, Pupils));
        return pen.In(
            $"Stages, rappel: répondez {Until.Short(pen)} pour la place {French.De(who)} en {PlaceNotice.LowerFirst(Stage.Subject.Fr)}, "
                + "sinon elle est rendue.",
            $"Stages, reminder: answer {Until.Short(pen)} for {who}'s place in {Stage.Subject.En}, or it is given up."
        );
    }
}
