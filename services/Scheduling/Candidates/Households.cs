namespace Stages.Scheduling.Candidates;

/// <summary>Children of one family, and whether they may be in class at one hour.</summary>
public sealed class Households
{
    public static readonly Households None = new([]);

    private readonly Dictionary<Guid, Guid[]> apart;

    /// <summary>Children who are alone, or whose family has a device for each, are nobody's business.</summary>
    public Households(IEnumerable<Candidate> candidates) =>
        apart = candidates
            .Where(c => c is { Withdrawn: false, SiblingGroup: not null })
            .GroupBy(c => c.SiblingGroup!.Value)
            .Select(family => family.ToArray())
            .Where(family => family.Length > 1 && RuleOf(family) == SiblingsRule.Apart)
            .SelectMany(family => family.Select(c => (c.Id, Others: family.Where(o => o.Id != c.Id).Select(o => o.Id).ToArray())))
            .ToDictionary(x => x.Id, x => x.Others);

    /// <summary>The brothers and sisters who are never to be in class when this child is.</summary>
    public IReadOnlyList<Guid> ApartFrom(Guid enrolment) => apart.GetValueOrDefault(enrolment, []);

    /// <summary>A family asks one thing for all its children; where it said several, the one that binds most.</summary>
    public static string RuleOf(IEnumerable<Candidate> family)
    {
        var asked = family.Select(c => c.SiblingsRule ?? SiblingsRule.SameWeek).ToHashSet(StringComparer.Ordinal);
        return SiblingsRule.All.FirstOrDefault(asked.Contains) ?? SiblingsRule.SameWeek;
    }

    /// <summary>The households of these children, with the siblings who are not among them.</summary>
    public static async Task<Households> Of(
        IQuerySession session,
        Guid campaign,
        IEnumerable<Candidate> candidates,
        CancellationToken cancel
    )
    {
        Guid?[] groups = [.. candidates.Select(c => c.SiblingGroup).Where(g => g is not null).Distinct()];
        return groups.Length == 0
            ? None
            : new Households(
                await session.Query<Candidate>().Where(c => c.CampaignId == campaign && c.SiblingGroup.IsOneOf(groups)).ToListAsync(cancel)
            );
    }
}
