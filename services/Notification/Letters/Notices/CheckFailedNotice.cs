namespace Stages.Notifications.Letters.Notices;

/// <summary>For the coordinators: somebody cannot be heard, days before a class. Who it is is read where they sign in.</summary>
public sealed record CheckFailedNotice(Guid CampaignId, string Campaign, bool ByTeacher) : StaffNotice
{
    public const string Name = "check-failed";

    public override string Kind => Name;

    protected override IEnumerable<Block> Lines(Pen pen) =>
        [
            pen.Says(
                $"Dans la campagne « {Campaign} », {Who(pen)} a vérifié son matériel : le son ou le réseau ne marche pas. "
                    + "Mieux vaut y voir avant la première séance : par téléphone, par un prêt, ou en essayant un autre réseau.",
                $"In the campaign “{Campaign}”, {Who(pen)} has checked their equipment: sound or network do not work. "
                    + "It is best seen to before the first session: by telephone, by a loan, or by trying another network."
            ),
            new Button(pen.In("Voir ce qui ne marche pas", "See what does not work"), pen.Links.LiveClasses(CampaignId)),
        ];

    public override string Short(Pen pen) =>
        pen.In(
            $"Stages : {Who(pen)} n’arrive pas à se faire entendre. Voyez sur le site.",
            $"Stages: {Who(pen)} cannot be heard. See the site."
        );

    protected override string Title(Pen pen) =>
        pen.In("Le son ne marche pas chez quelqu’un, avant la classe", "Somebody’s sound does not work, before the class");

    private string Who(Pen pen) => ByTeacher ? pen.In("un enseignant", "a teacher") : pen.In("une famille", "a family");
}
