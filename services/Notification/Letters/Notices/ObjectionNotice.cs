namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators: a guardian does not agree with an enrolment. Whose it is, and why, is read where they sign in.</summary>
public sealed record ObjectionNotice(Guid CampaignId, string Campaign, Guid EnrolmentId) : StaffNotice
{
    public const string Name = "guardian-objected";

    public override string Kind => Name;

    protected override IEnumerable<Block> Lines(Pen pen) =>
        [
            pen.Says(
                $"Dans la campagne « {Campaign} », un responsable dit ne pas être d’accord avec l’inscription d’un élève. "
                    + "Rien n’est changé : parlez-en avec la famille.",
                $"In the campaign “{Campaign}”, a guardian says that they do not agree with a pupil’s enrolment. "
                    + "Nothing was changed: speak with the family."
            ),
            new Button(pen.In("Voir l’inscription", "See the enrolment"), pen.Links.CoordinatedEnrolment(CampaignId, EnrolmentId)),
        ];

    public override string Short(Pen pen) =>
        pen.In(
            "Stages : un responsable n’est pas d’accord avec une inscription. Voyez sur le site.",
            "Stages: a guardian does not agree with an enrolment. See the site."
        );

    protected override string Title(Pen pen) =>
        pen.In("Un responsable n’est pas d’accord avec une inscription", "A guardian does not agree with an enrolment");
}
