namespace Stages.Notifications.Letters.Notices;

/// <summary>A teacher's offer was received, changed or withdrawn.</summary>
/// <param name="What"><c>declared</c>, <c>changed</c> or <c>withdrawn</c>.</param>
/// <param name="Waiting">A coordinator is still to accept the teacher.</param>
public sealed record OfferNotice(
    string What,
    Guid OfferId,
    string Campaign,
    IReadOnlyList<LocalText> Subjects,
    DateTimeOffset At,
    bool Waiting = false
) : Notice
{
    public const string Name = "offer";

    public override string Kind => $"offer-{What}";

    public override Letter Write(Pen pen) =>
        What switch
        {
            "withdrawn" => new Letter(
                pen.In("Votre proposition est retirée", "Your offer is withdrawn"),
                pen.In("Votre proposition est retirée", "Your offer is withdrawn"),
                pen.BecauseTeacher,
                new Says(pen.Hello),
                pen.Says(
                    $"Votre proposition pour la campagne « {Campaign} » est retirée. Si un stage vous était confié, "
                        + $"la coordination cherche à vous remplacer et vous le confirmera par un autre message.",
                    $"Your offer for the campaign “{Campaign}” is withdrawn. If a stage was assigned to you, "
                        + $"the coordinators are looking for somebody to replace you and will confirm it in another message."
                )
            ),
            var what => new Letter(
                what == "changed"
                    ? pen.In("Votre proposition est modifiée", "Your offer was changed")
                    : pen.In("Votre proposition est bien reçue : merci !", "We received your offer: thank you!"),
                what == "changed"
                    ? pen.In("Votre modification est enregistrée", "Your change is saved")
                    : pen.In("Merci de votre proposition", "Thank you for your offer"),
                pen.BecauseTeacher,
                new Says(pen.Hello),
                pen.Says(
                    $"Vos disponibilités pour la campagne « {Campaign} » sont enregistrées.",
                    $"Your availability for the campaign “{Campaign}” is saved."
                ),
                new Facts([(pen.In("Matières", "Subjects"), pen.Language.List([.. Subjects.Select(s => s.In(pen.Language.Code))]))]),
                Waiting
                    ? pen.Says(
                        "Comme il s’agit d’élèves mineurs, la coordination vérifie d’abord qui propose : "
                            + "votre proposition compte dès qu’elle vous a accepté, et un message vous le dit. Vous n’avez rien à faire.",
                        "As the pupils are minors, the coordinators first look at who offers: "
                            + "your offer counts once they have accepted you, and a message tells you so. There is nothing for you to do."
                    )
                    : pen.Says(
                        "Rien ne vous engage encore : dès que l’emploi du temps est publié, "
                            + "vous recevez vos stages, leurs dates et les invitations pour votre agenda.",
                        "Nothing binds you yet: as soon as the timetable is published you get your stages, "
                            + "their dates and the invitations for your calendar."
                    ),
                new Button(pen.In("Voir ou modifier ma proposition", "See or change my offer"), pen.Links.Offer(OfferId))
            ),
        };

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages de réussite : votre proposition est {(What == "withdrawn" ? "retirée" : "enregistrée")}.",
            $"Stages de réussite: your offer is {(What == "withdrawn" ? "withdrawn" : "saved")}."
        );
}
