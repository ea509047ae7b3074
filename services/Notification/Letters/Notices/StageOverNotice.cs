namespace Stages.Notifications.Letters.Notices;

/// <summary>A stage does not take place for this recipient any more.</summary>
/// <param name="Why">
/// <c>cancelled</c>: for nobody; <c>left</c>: these pupils no longer have a place; <c>replaced</c>: another teacher takes it;
/// <c>teacher-gone</c>: its teacher has left it, and nobody has taken it yet.
/// </param>
/// <param name="Pupils">The recipient's children; null when the recipient is the teacher.</param>
/// <param name="Reason">In the coordinator's words; only of a cancellation.</param>
/// <param name="Because">
/// Of <c>left</c>: what made them leave, as <see cref="Contracts.Scheduling.PupilGone"/> says; null: a coordinator.
/// </param>
/// <param name="Attending">The recipient's other children, who stay.</param>
/// <param name="Until">Until when those still have to answer.</param>
public sealed record StageOverNotice(
    string Why,
    IReadOnlyList<PupilLine>? Pupils,
    StageFacts Stage,
    string? Reason,
    string? Because = null,
    IReadOnlyList<PupilLine>? Attending = null,
    AnswerBy? Until = null
) : Notice
{
    public const string Name = "stage-over";

    public override string Kind =>
        Why switch
        {
            "cancelled" => "stage-cancelled",
            "left" => Because is null ? "place-ended" : $"place-{Because}",
            "teacher-gone" => "stage-left",
            _ => "stage-taken-over",
        };

    private string Names(Pen pen) => PlaceNotice.NamesOf(pen, Pupils);

    private bool OthersStay => Attending is { Count: > 0 };

    public override Letter Write(Pen pen)
    {
        var name = Stage.Name(pen.Language);
        var (subject, title, sentence) = Why switch
        {
            "cancelled" => (
                pen.In($"Annulé : stage {name}", $"Cancelled: stage {name}"),
                pen.In("Le stage est annulé", "The stage is cancelled"),
                Pupils is null
                    ? pen.In(
                        $"Le stage {name} n’aura pas lieu. Les familles sont prévenues.",
                        $"The stage {name} will not take place. Families are told."
                    )
                    : pen.In(
                        $"Nous sommes désolés : le stage {name}, prévu pour {Names(pen)}, n’aura pas lieu.",
                        $"We are sorry: the stage {name}, planned for {Names(pen)}, will not take place."
                    )
            ),
            "left" => (
                pen.In(
                    $"{Names(pen)} : place en {PlaceNotice.LowerFirst(Stage.Subject.Fr)} rendue",
                    $"{Names(pen)}: place in {Stage.Subject.En} given up"
                ),
                pen.In("La place n’est plus réservée", "The place is no longer reserved"),
                Left(pen)
            ),
            "teacher-gone" => (
                pen.In($"Vous n’assurez plus le stage {name}", $"You no longer teach the stage {name}"),
                pen.In("Ce stage n’est plus le vôtre", "This stage is no longer yours"),
                pen.In(
                    $"Vous n’assurez plus le stage {name}. La coordination cherche quelqu’un pour le reprendre.",
                    $"You no longer teach the stage {name}. The coordinators look for somebody to take it over."
                )
            ),
            _ => (
                pen.In($"Un collègue reprend votre stage : {name}", $"A colleague takes over your stage: {name}"),
                pen.In("Un collègue assure ce stage", "A colleague takes this stage"),
                pen.In(
                    $"Le stage {name} est désormais assuré par {Stage.Teacher(pen)}. Vous n’avez plus rien à faire.",
                    $"The stage {name} is now taught by {Stage.Teacher(pen)}. There is nothing left for you to do."
                )
            ),
        };
        var reason = Reason is { Length: > 0 } words ? new Block[] { pen.Says($"Motif : {words}", $"Reason: {words}") } : [];
        var next = (Why, Pupils) switch
        {
            ("cancelled", not null) => new Block[]
            {
                pen.Says(
                    "Une autre place vous sera proposée si un groupe peut l’accueillir ; "
                        + "l’état de chaque vœu est visible dans votre espace.",
                    "You will be offered another place if a group has one; the state of each wish is on your page."
                ),
                new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(Pupils[0].EnrolmentId)),
            },
            ("left", not null) =>
            [
                new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.Enrolment(Pupils[0].EnrolmentId)),
            ],
            _ => [],
        };
        return new(
            subject,
            title,
            Pupils is null ? pen.BecauseTeacher : pen.BecauseFamily,
            [
                new Says(pen.Hello),
                new Says(sentence),
                .. reason,
                OthersStay
                    ? pen.Says(
                        $"Rien ne change pour {Staying(pen)} : les séances restent dans votre agenda.",
                        $"Nothing changes for {Staying(pen)}: the sessions stay in your calendar."
                    )
                    : new Sessions(
                        pen.In("Séances retirées de votre agenda", "Sessions removed from your calendar"),
                        [.. Stage.AllCancelled().Select(m => StageFacts.Line(pen, m))]
                    ),
                .. next,
            ]
        );
    }

    private string Staying(Pen pen) => PlaceNotice.NamesOf(pen, Attending);

    /// <summary>What became of the place, and why: never one of several reasons.</summary>
    private string Left(Pen pen)
    {
        var (whose, name, who) = (French.De(Names(pen)), Stage.Name(pen.Language), Names(pen));
        return Because switch
        {
            "declined" => pen.In(
                $"La place {whose} dans le stage {name} a été déclinée par l’un des responsables. Elle est proposée à un autre élève.",
                $"{who}’s place in the stage {name} was declined by one of the guardians. It is offered to another pupil."
            ),
            "lapsed" => pen.In(
                $"Le délai pour répondre est passé : la place {whose} dans le stage {name} est proposée à un autre élève. "
                    + "L’inscription continue.",
                $"The time to answer is over: {who}’s place in the stage {name} is offered to another pupil. The enrolment goes on."
            ),
            "withdrawn" => pen.In(
                $"L’inscription {whose} est retirée, comme demandé. Sa place dans le stage {name} est proposée à un autre élève.",
                $"As requested, {who}’s enrolment is withdrawn. The place in the stage {name} is offered to another pupil."
            ),
            "wish-changed" => pen.In(
                $"L’inscription {whose} a été modifiée, et le stage {name} ne répond plus à son niveau ou à ses vœux : "
                    + "sa place est proposée à un autre élève.",
                $"{who}’s enrolment was changed, and the stage {name} no longer suits the level or the wishes: "
                    + "the place is offered to another pupil."
            ),
            _ => pen.In(
                $"La place {whose} dans le stage {name} n’est plus réservée, par décision de la coordination.",
                $"The place of {who} in the stage {name} is no longer reserved, by decision of the coordinators."
            ),
        };
    }

    /// <summary>The same in a few words.</summary>
    private string LeftShort(Pen pen) =>
        Because switch
        {
            "declined" => pen.In("déclinée par un responsable", "declined by a guardian"),
            "lapsed" => pen.In("rendue, délai passé sans réponse", "given up, no answer in time"),
            "withdrawn" => pen.In("rendue, inscription retirée", "given up, enrolment withdrawn"),
            "wish-changed" => pen.In("rendue, inscription modifiée", "given up, enrolment changed"),
            _ => pen.In("retirée par la coordination", "taken back by the coordinators"),
        };

    public override string Short(Pen pen) =>
        Why switch
        {
            "cancelled" => pen.In(
                $"Stages: {Whose(pen)}le stage {Stage.Name(pen.Language)} est annulé. {Reason}",
                $"Stages: {Whose(pen)}the stage {Stage.Name(pen.Language)} is cancelled. {Reason}"
            ),
            "left" => pen.In(
                $"Stages: {Whose(pen)}place en {PlaceNotice.LowerFirst(Stage.Subject.Fr)} {LeftShort(pen)}.",
                $"Stages: {Whose(pen)}place in {Stage.Subject.En} {LeftShort(pen)}."
            ),
            "teacher-gone" => pen.In(
                $"Stages: vous n’assurez plus le stage {Stage.Name(pen.Language)}.",
                $"Stages: you no longer teach the stage {Stage.Name(pen.Language)}."
            ),
            _ => pen.In(
                $"Stages: le stage {Stage.Name(pen.Language)} est repris par {Stage.Teacher(pen)}.",
                $"Stages: {Stage.TeacherFirstName} takes over the stage {Stage.Name(pen.Language)}."
            ),
        };

    private string Whose(Pen pen) => Pupils is null ? "" : EnrolmentNotice.Brief(Names(pen)) + ", ";

    public override string SmsLink(Pen pen) => Pupils is null ? pen.Links.TeacherStages : pen.Links.Family;

    /// <summary>Taken away for the last child alone; where another stays, the sessions are that one's.</summary>
    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) =>
        OthersStay
            ? Stage.Entries(pen, Staying(pen), Stage.Modules.Where(m => !m.Cancelled), Until)
            : Stage.Entries(pen, Pupils is null ? TimetableNotice.Who(pen.Language, Stage) : Names(pen), Stage.AllCancelled());
}
