namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators: somebody of a class reported a person of it. What was said is read where they sign in.</summary>
public sealed record ReportedNotice(StageFacts Stage) : Notice
{
    public const string Name = "person-reported";

    public override string Kind => Name;

    /// <summary>To staff alone.</summary>
    public override bool GoesToStrangers => true;

    public override Urgency Urgency => Urgency.Now;

    public override Letter Write(Pen pen) =>
        new(
            pen.In($"SIGNALEMENT dans une classe, {Stage.Name(pen.Language)}", $"REPORT from a class, {Stage.Name(pen.Language)}"),
            pen.In("Quelqu’un a fait un signalement", "Somebody has made a report"),
            pen.BecauseCoordination,
            pen.Says(
                "Un élève, une famille ou un enseignant signale quelque chose qui concerne une personne de cette classe. "
                    + "Lisez-le sans attendre : au besoin, vous pouvez retirer aussitôt l’acceptation d’un enseignant.",
                "A pupil, a family or a teacher reports something that concerns a person of this class. "
                    + "Read it without delay: if need be, you can take a teacher’s acceptance back at once."
            ),
            Stage.AsFacts(pen),
            new Button(pen.In("Lire le signalement", "Read the report"), pen.Links.LiveClasses(Stage.CampaignId))
        );

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages: signalement dans une classe, {Stage.Name(pen.Language)}. Lisez-le sur le site.",
            $"Stages: report from a class, {Stage.Name(pen.Language)}. Read it on the site."
        );
}
