namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators: a guardian does not agree with an enrolment. Whose it is, and why, is read where they sign in.</summary>
public sealed record ObjectionNotice(Guid CampaignId, string Campaign, Guid EnrolmentId) : Notice
{
    public const string Name = "guardian-objected";

    public override string Kind => Name;

    /// <summary>To staff alone.</summary>
    public override bool GoesToStrangers => true;

    public override Letter Write(Pen pen) =>
        new(
            Title(pen),
            Title(pen),
            pen.BecauseCoordination,
            pen.Says(
                $"Dans la campagne « {Campaign} », un responsable dit ne pas être d’accord avec l’inscription d’un élève. "
                    + "Rien n’est changé : parlez-en avec la famille.",
                $"In the campaign “{Campaign}”, a guardian says that they do not agree with a pupil’s enrolment. "
                    + "Nothing was changed: speak with the family."
            ),
            new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.CoordinatedEnrolment(CampaignId, EnrolmentId))
        );

    public override string Short(Pen pen) =>
        pen.In(
            "Stages : un responsable n’est pas d’accord avec une inscription. Voyez sur le site.",
            "Stages: a guardian does not agree with an enrolment. See the site."
        );

    private static string Title(Pen pen) =>
        pen.In("Un responsable n’est pas d’accord avec une inscription", "A guardian does not agree with an enrolment");
}
