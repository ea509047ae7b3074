using Stages.Contracts.Enrolment;
using Stages.Notifications.Timetables;

namespace Stages.Notifications.Contacts;

/// <summary>
/// Children of one family in one campaign, so that no letter and no calendar names two of them alike. A name under which a calendar has
/// been told of a stage stays: calendars would go on showing it.
/// </summary>
/// <param name="Others">Their contacts, without the one that is told of.</param>
/// <param name="InStages">Who of all of them is, or was, in a stage.</param>
public sealed record Siblings(IReadOnlyList<EnrolmentContact> Others, IReadOnlySet<Guid> InStages)
{
    public static Siblings None { get; } = new([], new HashSet<Guid>());

    public static async Task<Siblings> Of(Reading reading, EnrolmentAcknowledged m)
    {
        var accounts = m.Guardians.Select(g => g.PersonId).OfType<Guid>().Concat(m.Accounts ?? []).Distinct().ToArray();
        var found = await reading
            .Query<EnrolmentContact>()
            .Where(c => c.CampaignId == m.CampaignId)
            .WhereSql("d.people && ?::uuid[]", [accounts])
            .ToListAsync(reading.Cancel);
        var others = found.Where(c => c.Id != m.EnrolmentId && !c.Erased).ToList();
        if (others.Count == 0)
            return None;
        var all = others.Select(c => c.Id).Append(m.EnrolmentId).ToArray();
        var stages = await reading.Documents.Query<KnownStage>().WhereSql("d.attending && ?::uuid[]", [all]).ToListAsync(reading.Cancel);
        return new Siblings(others, stages.SelectMany(s => s.Attending).Intersect(all).ToHashSet());
    }

    public EnrolmentContact Name(EnrolmentContact contact, EnrolmentContact? known) =>
        known is not null && InStages.Contains(contact.Id) && known.FirstName == contact.FirstName
            ? contact with
            {
                Pupil = known.Pupil,
            }
            : contact with
            {
                Pupil = Told(contact, Others),
            };

    /// <summary>The others whose name it changes that this one is there.</summary>
    public EnrolmentContact[] Renamed(EnrolmentContact contact) =>
        [
            .. from other in Others
            where other.FirstName.Length > 0 && !InStages.Contains(other.Id)
            let name = Told(other, Others.Where(o => o.Id != other.Id).Append(contact))
            where name != other.Pupil
            select other with
            {
                Pupil = name,
            },
        ];

    private static string Told(EnrolmentContact child, IEnumerable<EnrolmentContact> others) =>
        Namesakes.Of(child.FirstName, child.FamilyName, others.Select(o => (o.FirstName, o.FamilyName)));
}
