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

    private AnswerBy Until => new(AnswerBeforeInstant, AnswerDay, AnswerBefore);

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
                $"Merci de répondre {Until.In(pen.Language)}. Ensuite, un autre enseignant sera sollicité.",
                $"Please answer {Until.In(pen.Language)}. After that another teacher is asked."
            ),
            new Button(pen.In("Accepter ou refuser", "Accept or decline"), pen.Links.TeacherStages)
        );

    public override string SmsLink(Pen pen) => pen.Links.TeacherStages;

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: pouvez-vous assurer le stage {Stage.Name(pen.Language)} ? Répondez {Until.Short(pen)}: {Stage.ShortSessions(pen)}",
            $"Stages: could you take over the stage {Stage.Name(pen.Language)}? Answer {Until.Short(pen)}: {Stage.ShortSessions(pen)}"
        );
}
