namespace Stages.Notifications.Letters.Notices;

/// <summary>A teacher is asked to take over a stage, before a deadline.</summary>
/// <param name="AnswerBefore">Local time of the campaign.</param>
public sealed record SubstituteNotice(
    StageFacts Stage,
    int GroupSize,
    DateTimeOffset AnswerBeforeInstant,
    DateOnly AnswerDay,
    TimeOnly AnswerBefore
) : Notice
{
    public const string Name = "substitute-invited";

    public override string Kind => Name;

    public override DateTimeOffset? UselessAfter => AnswerBeforeInstant;

    public override Letter Write(Pen pen) =>
        new(
            pen.In(
                $"Pouvez-vous assurer un stage ? {Stage.Name(pen.Language)}",
                $"Could you take over a stage? {Stage.Name(pen.Language)}"
            ),
            pen.In("Pouvez-vous assurer ce stage ?", "Could you take over this stage?"),
            pen.BecauseTeacher,
            new Says(pen.Hello),
            pen.Says(
                "Un collègue ne peut plus assurer ce stage. D’après vos disponibilités, "
                    + "vous pourriez le reprendre : des élèves comptent dessus.",
                "A colleague can no longer teach this stage. By your availability you could take it over: pupils count on it."
            ),
            Stage.AsFacts(pen, TimetableNotice.Group(pen, GroupSize)),
            Stage.AsSessions(pen),
            pen.Says(
                $"Merci de répondre avant {pen.Language.Day(AnswerDay)}, "
                    + $"{pen.Language.Time(AnswerBefore)}. Ensuite, un autre enseignant sera sollicité.",
                $"Please answer before {pen.Language.Day(AnswerDay)}, "
                    + $"{pen.Language.Time(AnswerBefore)}. After that another teacher is asked."
            ),
            new Button(pen.In("Accepter ou refuser", "Accept or decline"), pen.Links.TeacherStages)
        );

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: pouvez-vous assurer le stage {Stage.Name(pen.Language)}, {Stage.ShortSessions(pen)} ? Répondez en ligne.",
            $"Stages: could you take over the stage {Stage.Name(pen.Language)}, {Stage.ShortSessions(pen)}? Answer online."
        );
}
