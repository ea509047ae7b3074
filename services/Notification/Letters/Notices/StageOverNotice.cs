namespace Stages.Notifications.Letters.Notices;

/// <summary>A stage does not take place for this recipient any more.</summary>
/// <param name="Why">
/// <c>cancelled</c>: for nobody; <c>left</c>: these pupils no longer have a place; <c>replaced</c>: another teacher takes it.
/// </param>
/// <param name="Pupils">The recipient's children; null when the recipient is the teacher.</param>
/// <param name="Reason">In the coordinator's words; only of a cancellation.</param>
public sealed record StageOverNotice(string Why, IReadOnlyList<PupilLine>? Pupils, StageFacts Stage, string? Reason) : Notice
{
    public const string Name = "stage-over";

    public override string Kind =>
        Why switch
        {
            "cancelled" => "stage-cancelled",
            "left" => "place-ended",
            _ => "stage-taken-over",
        };

    private string Names(Pen pen) => pen.Language.List([.. (Pupils ?? []).Select(p => p.FirstName)]);

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
                pen.In(
                    $"La place {French.De(Names(pen))} dans le stage {name} n’est plus réservée, "
                        + $"à votre demande ou par décision de la coordination.",
                    $"The place of {Names(pen)} in the stage {name} is no longer reserved, "
                        + $"at your request or by decision of the coordinators."
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
                new Sessions(
                    pen.In("Séances retirées de votre agenda", "Sessions removed from your calendar"),
                    [.. Stage.AllCancelled().Select(m => StageFacts.Line(pen, m))]
                ),
                .. next,
            ]
        );
    }

    public override string Short(Pen pen) =>
        Why switch
        {
            "cancelled" => pen.In(
                $"Stages: {Whose(pen)}le stage {Stage.Name(pen.Language)} est annulé. {Reason}",
                $"Stages: {Whose(pen)}the stage {Stage.Name(pen.Language)} is cancelled. {Reason}"
            ),
            "left" => pen.In(
                $"Stages: {Whose(pen)}la place en {PlaceNotice.LowerFirst(Stage.Subject.Fr)} n'est plus réservée.",
                $"Stages: {Whose(pen)}the place in {Stage.Subject.En} is no longer reserved."
            ),
            _ => pen.In(
                $"Stages: le stage {Stage.Name(pen.Language)} est repris par {Stage.Teacher(pen)}.",
                $"Stages: {Stage.TeacherFirstName} takes over the stage {Stage.Name(pen.Language)}."
            ),
        };

    private string Whose(Pen pen) => Pupils is null ? "" : EnrolmentNotice.Brief(Names(pen)) + ", ";

    public override IEnumerable<CalendarEntry> CalendarEntries(Pen pen) =>
        Stage.Entries(pen, Pupils is null ? TimetableNotice.Who(pen.Language, Stage) : Names(pen), Stage.AllCancelled());
}
