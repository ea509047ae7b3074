namespace Stages.Pairing.Tests;

/// <summary>
/// Holds each sentence that an unplaced wish is given against the campaign and its stages: what the words say, read from the
/// statement of the problem alone.
/// </summary>
internal sealed class SentenceChecker(Problem problem, Proposal proposal)
{
    private readonly Dictionary<string, ProposedStage> placeOf = proposal
        .Stages.SelectMany(s => s.Wishes.Select(w => (w, s)))
        .ToDictionary(x => x.w, x => x.s, StringComparer.Ordinal);
    private readonly Dictionary<string, Pupil> pupilOf = problem
        .Pupils.SelectMany(p => p.Wishes.Select(w => (w.Id, p)))
        .ToDictionary(x => x.Id, x => x.p, StringComparer.Ordinal);
    private readonly Dictionary<string, Offer> offers = problem.Offers.ToDictionary(o => o.Id, StringComparer.Ordinal);

    public IEnumerable<string> Untrue() =>
        from unplaced in proposal.Unplaced
        let wish = pupilOf[unplaced.Wish].Wishes.Single(w => w.Id == unplaced.Wish)
        where !Holds(pupilOf[unplaced.Wish], wish, unplaced) || unplaced.Text.Fr.Contains("  ", StringComparison.Ordinal)
        select $"{unplaced.Wish}: {unplaced.Reason}: {unplaced.Text.En}";

    private bool Holds(Pupil pupil, Wish wish, UnplacedWish said)
    {
        var teachers = problem.Offers.Where(o => Teaches(o, wish.Subject, [pupil.Level])).ToArray();
        var sharing = teachers.Where(o => problem.Rules.Weeks.Any(k => HoldsStage(Common(o, pupil, k)))).ToArray();
        var able = sharing.Where(CanTakeGroups).ToArray();
        var stages = proposal.Stages.Where(s => s.Subject == wish.Subject && s.Levels.Contains(pupil.Level)).ToArray();
        var attends = stages.Where(s => s.Modules.All(Slots(pupil, s.Week).Contains)).ToArray();
        var fits = attends.Where(s => s.Modules.All(Free(pupil, s.Week).Contains)).ToArray();
        var free = fits.Any(s => s.Wishes.Count < offers[s.Offer].GroupMax);
        var spare = able.SelectMany(o => problem.Rules.Weeks.Select(k => (Offer: o, Week: k)))
            .Where(x => IsSpare(x.Offer, x.Week) && HoldsStage(Left(x.Offer, x.Week).Intersect(Free(pupil, x.Week))))
            .ToArray();
        var waits = spare.Any(x => GroupIsPossible(x.Offer, x.Week, pupil, wish));
        return said.Text.En switch
        {
            "No teacher offers this subject at this level." => teachers.Length == 0,
            "No teacher of this subject shares enough time slots with the pupil." => teachers.Length > 0 && sharing.Length == 0,
            "The teachers of this subject who are free with the pupil cannot take a group." => sharing.Length > 0 && able.Length == 0,
            "There is a place that suits, which the coordinator can give." => free,
            "A teacher is free and enough pupils are waiting: the coordinator can form a group." => fits.Length == 0 && waits,
            "Too few pupils want this subject at the same times to form a group." => fits.Length == 0 && spare.Length > 0 && !waits,
            "The groups that the pupil could join are full." => fits.Length > 0 && !free,
            "The places in the possible groups went to pupils with a higher priority." => fits.Length > 0
                && !free
                && fits.SelectMany(s => s.Wishes).All(w => pupilOf[w].Priority > pupil.Priority),
            "The teachers who are free when the pupil is have all their groups already, at other hours." => able.Length > 0
                && attends.Length == 0
                && spare.Length == 0,
            "The possible groups clash with the pupil’s other stage, or lie in another week." => fits.Length == 0
                && Own(pupil).Any()
                && !OfSiblings(pupil).Any(),
            "The possible groups meet when a brother or sister has class; the family asks for different hours." => fits.Length == 0
                && !Own(pupil).Any()
                && OfSiblings(pupil).Any(),
            "The possible groups meet during the pupil’s other stage, in another week, or when a brother or sister has class." =>
                fits.Length == 0 && Own(pupil).Any() && OfSiblings(pupil).Any(),
            _ => false,
        };
    }

    private bool GroupIsPossible(Offer offer, string week, Pupil pupil, Wish wish)
    {
        string[][] levels =
        [
            [pupil.Level],
            .. problem.Rules.AdjacentLevels.Where(pair => pair.Contains(pupil.Level)).Select(pair => pair.ToArray()),
        ];
        return levels
            .Where(l => Teaches(offer, wish.Subject, l))
            .Any(l =>
                Sets([.. Left(offer, week).Intersect(Free(pupil, week)).Order()])
                    .Any(set => Waiting(set, week, l, wish.Subject) >= problem.Rules.GroupMin)
            );
    }

    /// <summary>How many could sit there at once: one of each household that has one device.</summary>
    private int Waiting(int[] modules, string week, string[] levels, string subject) =>
        problem
            .Pupils.Where(p =>
                levels.Contains(p.Level)
                && p.Wishes.Any(w => w.Subject == subject && !placeOf.ContainsKey(w.Id))
                && modules.All(Free(p, week).Contains)
            )
            .Select(p => p is { Siblings: { } family, SiblingsRule: "apart" } ? $"family {family}" : p.Id)
            .Distinct(StringComparer.Ordinal)
            .Count();

    private static bool Teaches(Offer offer, string subject, string[] levels) =>
        offer.Teaches.Any(t => t.Subject == subject && levels.All(t.Levels.Contains));

    private bool CanTakeGroups(Offer offer) => offer.StagesPerWeek > 0 && offer.GroupMax >= problem.Rules.GroupMin;

    private IEnumerable<ProposedStage> Own(Pupil pupil) => pupil.Wishes.Where(w => placeOf.ContainsKey(w.Id)).Select(w => placeOf[w.Id]);

    private IEnumerable<ProposedStage> OfSiblings(Pupil pupil) =>
        pupil is { Siblings: { } family, SiblingsRule: "apart" }
            ? problem.Pupils.Where(p => p.Siblings == family && p.Id != pupil.Id).SelectMany(Own)
            : [];

    private HashSet<int> Open(IReadOnlyDictionary<string, int[]> slots, string week) =>
        [.. slots.GetValueOrDefault(week, []).Where(m => problem.Rules.Closed?.Contains(new ClosedSlot(week, m)) != true)];

    private HashSet<int> Slots(Pupil pupil, string week) => pupil.Weeks.ContainsKey(week) ? Open(pupil.Slots, week) : [];

    private HashSet<int> Free(Pupil pupil, string week)
    {
        if (problem.Rules.SingleWeek && Own(pupil).Any(s => s.Week != week))
            return [];
        return [.. Slots(pupil, week).Except(Own(pupil).Concat(OfSiblings(pupil)).Where(s => s.Week == week).SelectMany(s => s.Modules))];
    }

    private IEnumerable<int> Common(Offer offer, Pupil pupil, string week) => Open(offer.Slots, week).Intersect(Slots(pupil, week));

    private HashSet<int> Left(Offer offer, string week) =>
        [.. Open(offer.Slots, week).Except(proposal.Stages.Where(s => s.Offer == offer.Id && s.Week == week).SelectMany(s => s.Modules))];

    private bool IsSpare(Offer offer, string week) =>
        proposal.Stages.Count(s => s.Offer == offer.Id && s.Week == week) < offer.StagesPerWeek;

    private bool HoldsStage(IEnumerable<int> slots) =>
        slots.GroupBy(s => s / problem.Rules.SlotsPerDay).Sum(day => Math.Min(day.Count(), problem.Rules.ModulesPerDayMax))
        >= problem.Rules.ModulesMin;

    private IEnumerable<int[]> Sets(int[] slots) =>
        Choose(slots, problem.Rules.ModulesMin, 0)
            .Where(set => set.GroupBy(m => m / problem.Rules.SlotsPerDay).All(day => day.Count() <= problem.Rules.ModulesPerDayMax));

    private static IEnumerable<int[]> Choose(int[] slots, int size, int from)
    {
        if (size == 0)
            yield return [];
        for (var i = from; size > 0 && i < slots.Length; i++)
        {
            foreach (var rest in Choose(slots, size - 1, i + 1))
                yield return [slots[i], .. rest];
        }
    }
}
