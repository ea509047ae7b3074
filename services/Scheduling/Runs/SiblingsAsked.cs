namespace Stages.Scheduling.Runs;

/// <summary>What families ask for brothers and sisters, as the engine is to take it beside the stages that it keeps.</summary>
internal sealed class SiblingsAsked
{
    private readonly Households households;
    private readonly ILookup<Guid, Stage> besideOf;
    private readonly Dictionary<Guid, string> rules;

    /// <param name="candidates">All of the campaign.</param>
    /// <param name="kept">Stages that stay as they are.</param>
    /// <param name="beside">Stages that stay and are no part of the problem.</param>
    public SiblingsAsked(IReadOnlyList<Candidate> candidates, Stage[] kept, Stage[] beside)
    {
        households = new Households(candidates);
        besideOf = ByPupil(beside);
        var keptOf = ByPupil(kept);
        rules = candidates
            .Where(c => c is { Withdrawn: false, SiblingGroup: not null })
            .GroupBy(c => c.SiblingGroup!.Value)
            .ToDictionary(family => family.Key, family => RuleOf([.. family], keptOf));
    }

    public string? RuleOf(Candidate candidate) =>
        candidate.SiblingGroup is { } family && rules.TryGetValue(family, out var rule) ? rule : null;

    /// <summary>Week and slots at which a sibling to keep apart from is in class whatever the engine does.</summary>
    public IEnumerable<(string Week, IEnumerable<int> Slots)> TakenBeside(Candidate candidate) =>
        households
            .ApartFrom(candidate.Id)
            .SelectMany(sibling => besideOf[sibling])
            .Select(stage => (stage.Week, stage.Modules.Select(m => m.Slot)));

    // What people were told stays, also where the family has changed its mind since: the rule then no longer binds these.
    private static string RuleOf(Candidate[] family, ILookup<Guid, Stage> keptOf)
    {
        var rule = Households.RuleOf(family);
        if (rule != SiblingsRule.Apart)
            return rule;
        var hours = family.SelectMany(c => keptOf[c.Id].SelectMany(s => s.Modules.Select(m => (s.Week, m.Slot))).Distinct()).ToArray();
        return hours.Distinct().Count() == hours.Length ? rule : SiblingsRule.Any;
    }

    private static ILookup<Guid, Stage> ByPupil(Stage[] stages) =>
        stages.SelectMany(s => s.Seats.Select(seat => (seat.EnrolmentId, Stage: s))).ToLookup(x => x.EnrolmentId, x => x.Stage);
}
