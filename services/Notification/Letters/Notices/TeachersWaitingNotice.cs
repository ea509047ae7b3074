namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators: teachers have waited for two days or more to be accepted.</summary>
public sealed record TeachersWaitingNotice(Guid CampaignId, string Campaign, int Count) : StaffNotice
{
    public const string Name = "teachers-waiting";

    public override string Kind => Name;

    public override Urgency Urgency => Urgency.Bulk;

    protected override IEnumerable<Block> Lines(Pen pen) =>
        [
            pen.Says(
                $"Dans la campagne « {Campaign} », {Number(pen)} depuis deux jours ou plus l’accord de la coordination. "
                    + "Leurs propositions ne comptent pas avant.",
                $"In the campaign “{Campaign}”, {Number(pen)} for two days or more for the coordinators’ agreement. "
                    + "Their offers do not count before."
            ),
            new Button(pen.In("Voir qui attend", "See who waits"), pen.Links.TeachersToAccept(CampaignId)),
        ];

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages : {Vocabulary.Count.Fr(Count, "enseignant")} à accepter, {Campaign}.",
            $"Stages: {Vocabulary.Count.En(Count, "teacher")} to accept, {Campaign}."
        );

    protected override string Title(Pen pen) => pen.In("Des enseignants attendent d’être acceptés", "Teachers wait to be accepted");

    private string Number(Pen pen) =>
        pen.In(
            Vocabulary.Count.Fr(Count, "enseignant attend", "enseignants attendent"),
            Vocabulary.Count.En(Count, "teacher has waited", "teachers have waited")
        );
}
