namespace Stages.Notifications.Letters.Notices;

/// <summary>A pupil has not come to a module that is running.</summary>
public sealed record PupilMissingNotice(PupilLine Pupil, StageFacts Stage, ModuleLine Module, DateTimeOffset EndsAt) : Notice
{
    public const string Name = "pupil-missing";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Now;

    public override DateTimeOffset? UselessAfter => EndsAt;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"{Pupil.FirstName} n’est pas encore en classe", $"{Pupil.FirstName} is not in class yet"),
            pen.In($"{Pupil.FirstName} n’est pas encore en classe", $"{Pupil.FirstName} is not in class yet"),
            pen.BecauseFamily,
            new Says(pen.Hello),
            pen.Says(
                $"La séance de {PlaceNotice.LowerFirst(Stage.Subject.Fr)} {French.De(Pupil.FirstName)} a "
                    + $"commencé à {pen.Language.Time(Module.Start)}, et nous ne voyons pas encore "
                    + $"{Pupil.FirstName} dans la classe virtuelle. Il est encore temps de rejoindre le groupe.",
                $"{Pupil.FirstName}’s session of {Stage.Subject.En} began at {pen.Language.Time(Module.Start)}, "
                    + $"and we do not see {Pupil.FirstName} in the virtual classroom yet. There is still time to join."
            ),
            new Button(pen.In("Rejoindre la classe", "Join the class"), pen.Links.Module(Module.ModuleId)),
            new Aside(
                pen.In(
                    "Un problème de connexion ? Rechargez la page ou essayez un autre appareil : "
                        + "une panne de notre côté ne compte jamais comme une absence.",
                    "Trouble connecting? Reload the page or try another device: an outage on our side never counts as an absence."
                )
            )
        );

    public override string SmsLink(Pen pen) => pen.Links.Family;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: {EnrolmentNotice.Brief(Pupil.FirstName)} n’est pas encore en classe de "
                + $"{PlaceNotice.LowerFirst(Stage.Subject.Fr)} (début {pen.Language.Time(Module.Start)}). "
                + $"Il est encore temps de rejoindre.",
            $"Stages: {EnrolmentNotice.Brief(Pupil.FirstName)} is not in the {Stage.Subject.En} "
                + $"class yet (began {pen.Language.Time(Module.Start)}). There is still time to join."
        );
}

/// <summary>The teacher of a running module has not come: the coordinators are alarmed, the teacher is called.</summary>
/// <param name="ForTeacher">True for the teacher, false for the coordinators.</param>
public sealed record TeacherMissingNotice(bool ForTeacher, StageFacts Stage, ModuleLine Module, int GroupSize, DateTimeOffset EndsAt)
    : Notice
{
    /// <summary>The coordination's addresses are configured.</summary>
    public override bool GoesToStrangers => !ForTeacher;

    public const string Name = "teacher-missing";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Now;

    public override DateTimeOffset? UselessAfter => EndsAt;

    public override Letter Write(Pen pen) =>
        ForTeacher
            ? new Letter(
                pen.In("Votre groupe vous attend", "Your group is waiting for you"),
                pen.In("Votre groupe vous attend", "Your group is waiting for you"),
                pen.BecauseTeacher,
                new Says(pen.Hello),
                pen.Says(
                    $"La séance {Stage.Name(pen.Language)} a commencé à {pen.Language.Time(Module.Start)} "
                        + $"et vos élèves vous attendent dans la classe virtuelle. La coordination est prévenue.",
                    $"The session {Stage.Name(pen.Language)} began at {pen.Language.Time(Module.Start)} "
                        + $"and your pupils are waiting in the virtual classroom. The coordinators are told."
                ),
                new Button(pen.In("Ouvrir la classe", "Open the class"), pen.Links.Module(Module.ModuleId))
            )
            : new Letter(
                pen.In($"ALERTE : pas d’enseignant, {Stage.Name(pen.Language)}", $"ALARM: no teacher, {Stage.Name(pen.Language)}"),
                pen.In("Un groupe est sans enseignant", "A group has no teacher"),
                pen.BecauseCoordination,
                pen.Says(
                    $"La séance a commencé à {pen.Language.Time(Module.Start)} et "
                        + $"{Stage.TeacherFirstName} n’est pas dans la classe virtuelle.",
                    $"The session began at {pen.Language.Time(Module.Start)} and "
                        + $"{Stage.TeacherFirstName} is not in the virtual classroom."
                ),
                Stage.AsFacts(pen, Stage.TeacherLine(pen), TimetableNotice.Group(pen, GroupSize)),
                new Button(pen.In("Agir sur ce stage", "Act on this stage"), pen.Links.CoordinatedStage(Stage.CampaignId, Stage.StageId))
            );

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: votre groupe {Stage.Name(pen.Language)} vous attend depuis {pen.Language.Time(Module.Start)}.",
            $"Stages: your group {Stage.Name(pen.Language)} has been waiting since {pen.Language.Time(Module.Start)}."
        );
}
