namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators, once a day: families of whom nobody could be told what there was to tell.</summary>
/// <param name="Enrolments">The first of them; the letter leads there and names nobody.</param>
public sealed record UnreachedNotice(Guid CampaignId, string Campaign, int Count, IReadOnlyList<Guid> Enrolments) : StaffNotice
{
    public const string Name = "families-unreached";

    public const int Most = 20;

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Bulk;

    protected override IEnumerable<Block> Lines(Pen pen) =>
        [
            pen.Says(
                $"Dans la campagne « {Campaign} », des messages d’hier n’ont atteint personne dans ces familles : {Count}. "
                    + "Appelez-les, ou corrigez leur adresse.",
                $"In the campaign “{Campaign}”, messages of yesterday reached nobody in these families: {Count}. "
                    + "Call them, or correct their address."
            ),
            new Button(pen.In("Voir qui appeler, et que dire", "See whom to call, and what to say"), pen.Links.PeopleToCall(CampaignId)),
            .. Enrolments.Select(
                (id, i) =>
                    new Aside(
                        $"{i + 1}.",
                        pen.In("Voir l’inscription", "See the enrolment"),
                        pen.Links.CoordinatedEnrolment(CampaignId, id)
                    )
            ),
        ];

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages : {Vocabulary.Count.Fr(Count, "famille")} que rien n’atteint.",
            $"Stages: {Vocabulary.Count.En(Count, "family", "families")} that nothing reaches."
        );

    protected override string Title(Pen pen) => pen.In("Des familles que rien n’atteint", "Families that nothing reaches");
}
