namespace Stages.Notifications.Letters.Notices;

public sealed record WishLine(int Rank, LocalText Subject);

/// <summary>
/// An enrolment was received, changed, withdrawn or merged with another, a place given up, or a guardian forgotten: each guardian is told.
/// </summary>
/// <param name="What"><c>submitted</c>, <c>changed</c>, <c>withdrawn</c>, <c>declined</c>, <c>guardian-left</c> or <c>merged</c>.</param>
public sealed record EnrolmentNotice(
    string What,
    Guid EnrolmentId,
    string Pupil,
    string Level,
    string Campaign,
    IReadOnlyList<WishLine> Wishes,
    DateTimeOffset At
) : Notice
{
    public const string Name = "enrolment";

    public override string Kind => $"enrolment-{What}";

    public override Letter Write(Pen pen) =>
        What switch
        {
            "withdrawn" => new Letter(
                pen.In($"Inscription {French.De(Pupil)} retirée", $"{Pupil}’s enrolment is withdrawn"),
                pen.In("L’inscription est retirée", "The enrolment is withdrawn"),
                pen.BecauseFamily,
                new Says(pen.Hello),
                pen.Says(
                    $"L’inscription {French.De(Pupil)} aux stages de réussite « {Campaign} » est retirée, "
                        + $"comme demandé. Ses places, s’il y en avait, sont rendues à d’autres élèves.",
                    $"As requested, {Pupil}’s enrolment in the stages de réussite "
                        + $"“{Campaign}” is withdrawn. Any places are given to other pupils."
                ),
                new Aside(
                    pen.In(
                        "C’est une erreur ? Vous pouvez inscrire de nouveau votre enfant tant que les inscriptions sont ouvertes.",
                        "Is this a mistake? You can enrol your child again as long as enrolment is open."
                    ),
                    pen.In("Mon espace famille", "My family page"),
                    pen.Links.Family
                )
            ),
            "declined" => new Letter(
                pen.In($"Stage {French.De(Pupil)} : la place est rendue", $"{Pupil}’s place was given up"),
                pen.In("La place est rendue", "The place was given up"),
                pen.BecauseFamily,
                new Says(pen.Hello),
                pen.Says(
                    $"La place proposée à {Pupil} ({Wanted(pen)}) a été déclinée par l’un des responsables. "
                        + $"Elle est proposée à un autre élève.",
                    $"The place offered to {Pupil} ({Wanted(pen)}) was declined by one of the guardians. "
                        + $"It is offered to another pupil."
                ),
                new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(EnrolmentId))
            ),
            "guardian-left" => new Letter(
                pen.In($"Inscription {French.De(Pupil)} : un responsable en moins", $"{Pupil}’s enrolment: one guardian fewer"),
                pen.In("L’autre responsable a effacé ses données", "The other guardian has erased their data"),
                pen.BecauseFamily,
                new Says(pen.Hello),
                pen.Says(
                    $"L’autre responsable {French.De(Pupil)} a demandé l’effacement de ses données : "
                        + $"son nom et ses coordonnées ne figurent plus dans l’inscription.",
                    $"{Pupil}’s other guardian asked to have their data erased: "
                        + $"their name and contact details are no longer in the enrolment."
                ),
                pen.Says(
                    "L’inscription continue avec vous : rien d’autre ne change, et vous seul recevez désormais nos messages.",
                    "The enrolment goes on with you: nothing else changes, and from now on our messages go to you alone."
                ),
                new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(EnrolmentId))
            ),
            "merged" => new Letter(
                pen.In($"Inscription {French.De(Pupil)} : il n’y en a plus qu’une", $"{Pupil}’s enrolment: two are now one"),
                pen.In("Les deux inscriptions n’en font plus qu’une", "The two enrolments are one now"),
                pen.BecauseFamily,
                new Says(pen.Hello),
                pen.Says(
                    $"Deux inscriptions étaient au nom {French.De(Pupil)}. La coordination les a réunies : il n’en reste qu’une, "
                        + "que tous ses responsables voient et peuvent modifier. Vous n’avez rien à faire.",
                    $"There were two enrolments for {Pupil}. The coordinators have merged them: one is left, which all guardians "
                        + "see and can change. There is nothing for you to do."
                ),
                Recorded(pen),
                new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(EnrolmentId))
            ),
            var what => new Letter(
                what == "changed"
                    ? pen.In($"Inscription {French.De(Pupil)} modifiée", $"{Pupil}’s enrolment was changed")
                    : pen.In($"Inscription {French.De(Pupil)} bien reçue", $"{Pupil}’s enrolment was received"),
                what == "changed"
                    ? pen.In("Votre modification est enregistrée", "Your change is saved")
                    : pen.In("L’inscription est enregistrée", "The enrolment is saved"),
                pen.BecauseFamily,
                new Says(pen.Hello),
                new Says(
                    what == "changed"
                        ? pen.In(
                            $"L’inscription {French.De(Pupil)} a été modifiée. Voici ce qui est maintenant enregistré.",
                            $"{Pupil}’s enrolment was changed. This is what is now saved."
                        )
                        : pen.In(
                            $"Nous avons bien reçu l’inscription {French.De(Pupil)}. L’ordre d’arrivée ne compte pas : "
                                + $"rien n’est perdu et vous n’avez rien d’autre à faire.",
                            $"We have received {Pupil}’s enrolment. The order of arrival does not matter: "
                                + $"nothing is lost and there is nothing else to do."
                        )
                ),
                Recorded(pen),
                pen.Says(
                    "Les groupes sont formés après la clôture des inscriptions. "
                        + "Vous recevrez alors un message avec la place proposée, les dates et les horaires.",
                    "Groups are formed after enrolment closes. You will then get a message with the place offered, its dates and times."
                ),
                new Button(pen.In("Voir ou modifier l’inscription", "See or change the enrolment"), pen.Links.Enrolment(EnrolmentId))
            ),
        };

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override string Short(Pen pen) =>
        What switch
        {
            "withdrawn" => pen.In(
                $"Stages de réussite : l’inscription {French.De(Brief(Pupil))} est retirée.",
                $"Stages de réussite: {Brief(Pupil)}'s enrolment is withdrawn."
            ),
            "changed" => pen.In(
                $"Stages de réussite : l’inscription {French.De(Brief(Pupil))} est modifiée et enregistrée.",
                $"Stages de réussite: the change of {Brief(Pupil)}'s enrolment is saved."
            ),
            "declined" => pen.In(
                $"Stages de réussite : la place {French.De(Brief(Pupil))} a été déclinée par un responsable et proposée à un autre élève.",
                $"Stages de réussite: {Brief(Pupil)}'s place was declined by a guardian and is offered to another pupil."
            ),
            "guardian-left" => pen.In(
                $"Stages de réussite : l’autre responsable {French.De(Brief(Pupil))} a effacé ses données. "
                    + $"L’inscription continue avec vous.",
                $"Stages de réussite: {Brief(Pupil)}'s other guardian erased their data. The enrolment goes on with you."
            ),
            "merged" => pen.In(
                $"Stages de réussite : les deux inscriptions {French.De(Brief(Pupil))} n’en font plus qu’une. Rien à faire pour vous.",
                $"Stages de réussite: the two enrolments of {Brief(Pupil)} are one now. Nothing for you to do."
            ),
            _ => pen.In(
                $"Stages de réussite : l’inscription {French.De(Brief(Pupil))} est enregistrée. "
                    + $"Un message vous dira la place proposée et les dates.",
                $"Stages de réussite: {Brief(Pupil)}'s enrolment is saved. A message will tell you the place offered and its dates."
            ),
        };

    /// <summary>What stands now.</summary>
    private Facts Recorded(Pen pen) =>
        new([
            (pen.In("Élève", "Pupil"), $"{Pupil} ({Level})"),
            (pen.In("Campagne", "Campaign"), Campaign),
            .. Wishes.Select(w => (pen.In($"Vœu {w.Rank}", $"Wish {w.Rank}"), w.Subject.In(pen.Language.Code))),
        ]);

    private string Wanted(Pen pen) => string.Join(", ", Wishes.Select(w => w.Subject.In(pen.Language.Code)));

    /// <summary>A name as it fits into a text message.</summary>
    public static string Brief(string name) => name.Length <= 24 ? name : name[..23] + ".";
}
