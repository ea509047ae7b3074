namespace Stages.Notifications.Letters.Notices;

/// <summary>A teacher is accepted, or refused, by the coordinators: for this campaign and all others.</summary>
/// <param name="Reason">Of a refusal, in the coordinator's words.</param>
public sealed record AcceptanceNotice(bool Accepted, Guid OfferId, string Campaign, string? Reason) : Notice
{
    public const string Name = "acceptance";

    public override string Kind => Accepted ? "teacher-accepted" : "teacher-refused";

    public override Letter Write(Pen pen) =>
        Accepted
            ? new Letter(
                pen.In("Votre proposition est acceptée", "Your offer is accepted"),
                pen.In("Vous êtes accepté comme enseignant", "You are accepted as a teacher"),
                pen.BecauseTeacher,
                new Says(pen.Hello),
                pen.Says(
                    $"La coordination vous a accepté. Votre proposition pour la campagne « {Campaign} » compte désormais ; "
                        + "les suivantes n’attendront plus.",
                    $"The coordinators have accepted you. Your offer for the campaign “{Campaign}” counts from now on; "
                        + "further ones will not have to wait."
                ),
                pen.Says(
                    "Dès que l’emploi du temps est publié, vous recevez vos stages et leurs dates.",
                    "As soon as the timetable is published you get your stages and their dates."
                ),
                new Button(pen.In("Voir ma proposition", "See my offer"), pen.Links.Offer(OfferId))
            )
            : new Letter(
                pen.In("Votre proposition n’est pas retenue", "Your offer is not accepted"),
                pen.In("Votre proposition n’est pas retenue", "Your offer is not accepted"),
                pen.BecauseTeacher,
                [
                    new Says(pen.Hello),
                    pen.Says(
                        $"La coordination ne vous confie pas de stage pour la campagne « {Campaign} ».",
                        $"The coordinators do not entrust you with a stage in the campaign “{Campaign}”."
                    ),
                    .. Reason is { Length: > 0 } why ? [new Facts([(pen.In("Motif", "Reason"), why)])] : Array.Empty<Block>(),
                    pen.Says(
                        "Si un stage vous était confié, il est repris par quelqu’un d’autre, et sa classe ne vous est plus ouverte. "
                            + "Si vous pensez qu’il s’agit d’une erreur, écrivez à la coordination de votre département.",
                        "If a stage was assigned to you, somebody else takes it over, and its class is no longer open to you. "
                            + "If you think that this is a mistake, write to the coordinators of your département."
                    ),
                    new Button(pen.In("Voir ma proposition", "See my offer"), pen.Links.Offer(OfferId)),
                ]
            );

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        Accepted
            ? pen.In("Stages de réussite : votre proposition est acceptée.", "Stages de réussite: your offer is accepted.")
            : pen.In(
                "Stages de réussite : votre proposition n’est pas retenue. Le motif est sur votre page.",
                "Stages de réussite: your offer is not accepted. The reason is on your page."
            );
}
