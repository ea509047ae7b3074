using Stages.Pairing.Explanations;
using Stages.Pairing.Search;

namespace Stages.Pairing;

/// <summary>A way to place a wish: a free seat in a stage that exists, or a stage that a free teacher could open.</summary>
/// <param name="Stage">Number of the stage with a free seat; null if it would be a new one.</param>
/// <param name="Wishes">The wishes that would come with it in a new stage, this one left out.</param>
public sealed record PlaceOption(
    int? Stage,
    string Offer,
    IReadOnlyList<string> Levels,
    string Week,
    int[] Modules,
    bool PreferredWeek,
    int FreeSeats,
    IReadOnlyList<string> Wishes,
    LocalText Text
);

/// <summary>A teacher who could take a whole stage over, at the same modules.</summary>
/// <param name="PreferredModules">At how many of the modules this teacher prefers to teach.</param>
/// <param name="OtherStages">How many stages this teacher has already in the campaign.</param>
public sealed record SubstituteOption(string Offer, int PreferredModules, int OtherStages, LocalText Text);

/// <summary>What one more volunteer at these slots would bring.</summary>
/// <param name="Weight">Weight that the group would add to the proposal.</param>
public sealed record VolunteerOption(
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    int[] Modules,
    IReadOnlyList<string> Wishes,
    long Weight,
    LocalText Text
);

/// <summary>Answers about one case against a proposal as it stands, without running the engine.</summary>
public static class Recommend
{
    /// <summary>The best places for one wish of one pupil, who may be new: free seats first, then stages that could open.</summary>
    public static IReadOnlyList<PlaceOption> PlacesFor(Problem problem, Proposal current, Pupil pupil, string subject, int count = 5)
    {
        var grid = new Grid(problem.Rules);
        var offers = problem.Offers.ToDictionary(o => o.Id, StringComparer.Ordinal);
        var own = pupil.Wishes.Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        var households = new HouseholdHours(problem, current);
        ProposedStage[] others = own.Count == 0 ? [] : [.. current.Stages.Where(s => HasOneOf(s.Wishes, own))];
        var found = new List<(int Rank, PlaceOption Option)>();
        for (var i = 0; i < current.Stages.Count; i++)
        {
            var stage = current.Stages[i];
            if (
                stage.Subject != subject
                || !stage.Levels.Contains(pupil.Level, StringComparer.Ordinal)
                || !offers.TryGetValue(stage.Offer, out var offer)
            )
                continue;
            var free = offer.GroupMax - stage.Wishes.Count;
            var modules = Campaign.Mask(stage.Modules);
            if (free <= 0 || (modules & ~(FreeSlots(problem, pupil, stage.Week, others) & ~households.Taken(pupil, stage.Week))) != 0)
                continue;
            var preferred = pupil.Weeks.GetValueOrDefault(stage.Week) == 2;
            found.Add(
                (
                    (preferred ? 100_000 : 0) + 1000 - stage.Wishes.Count,
                    new PlaceOption(
                        i,
                        stage.Offer,
                        stage.Levels,
                        stage.Week,
                        stage.Modules,
                        preferred,
                        free,
                        [],
                        Sentences.FreeSeat(stage.Week, free)
                    )
                )
            );
        }

        if (found.Count < count)
            found.AddRange(NewStages(problem, current, pupil, subject, grid, others, households));
        return
        [
            .. found.OrderByDescending(x => x.Rank).ThenBy(x => x.Option.Offer, StringComparer.Ordinal).Take(count).Select(x => x.Option),
        ];
    }

    /// <summary>
    /// Teachers who teach the same, are free at all modules of the stage, accept one more stage that week and as large a group.
    /// </summary>
    public static IReadOnlyList<SubstituteOption> SubstitutesFor(Problem problem, Proposal current, int stage, int count = 5)
    {
        var wanted = current.Stages[stage];
        var modules = Campaign.Mask(wanted.Modules);
        var load = Loads(current);
        var found = new List<SubstituteOption>();
        foreach (var offer in problem.Offers)
        {
            if (offer.Id == wanted.Offer || offer.GroupMax < wanted.Wishes.Count)
                continue;
            if (!offer.Teaches.Any(t => t.Subject == wanted.Subject && wanted.Levels.All(t.Levels.Contains)))
                continue;
            var (busy, stages) = load.GetValueOrDefault((offer.Id, wanted.Week));
            var free = Campaign.Mask(offer.Slots.GetValueOrDefault(wanted.Week)) & ~busy;
            if ((modules & ~free) != 0 || stages >= offer.StagesPerWeek)
                continue;
            var likes = BitOperations.PopCount(modules & Campaign.Mask(offer.Preferred?.GetValueOrDefault(wanted.Week)));
            var elsewhere = problem.Rules.Weeks.Sum(week => load.GetValueOrDefault((offer.Id, week)).Stages);
            found.Add(new SubstituteOption(offer.Id, likes, elsewhere, Sentences.Substitute(likes, elsewhere)));
        }

        return
        [
            .. found
                .OrderByDescending(x => x.PreferredModules)
                .ThenBy(x => x.OtherStages)
                .ThenBy(x => x.Offer, StringComparer.Ordinal)
                .Take(count),
        ];
    }

    /// <summary>
    /// Which subject, level and slots of one more volunteer would place the most weight, the best first, one for each subject and
    /// level.
    /// </summary>
    public static IReadOnlyList<VolunteerOption> VolunteerEffect(Problem problem, Proposal current, int count = 10)
    {
        var c = new Campaign(problem);
        var plan = PlanReader.Read(c, current);
        var found = new List<VolunteerOption>();
        for (var pool = 0; pool < c.Pools; pool++)
        {
            if (VolunteerStage.Best(plan, pool) is not { } best)
                continue;
            var weight = best.Wishes.Sum(w => (long)plan.Gain(c.WishPupil[w]));
            found.Add(
                new VolunteerOption(
                    c.SubjectNames[pool / c.Levels],
                    [c.LevelNames[pool % c.Levels]],
                    c.WeekNames[best.Week],
                    Grid.SlotsOf(best.Modules),
                    [.. best.Wishes.Select(w => c.WishIds[w])],
                    weight,
                    Sentences.Volunteer(best.Wishes.Length)
                )
            );
        }

        return
        [
            .. found
                .OrderByDescending(x => x.Weight)
                .ThenBy(x => x.Subject, StringComparer.Ordinal)
                .ThenBy(x => x.Levels[0], StringComparer.Ordinal)
                .Take(count),
        ];
    }

    private static bool HasOneOf(IReadOnlyList<string> wishes, HashSet<string> some)
    {
        for (var i = 0; i < wishes.Count; i++)
        {
            if (some.Contains(wishes[i]))
                return true;
        }

        return false;
    }

    private static ulong FreeSlots(Problem problem, Pupil pupil, string week, ProposedStage[] others)
    {
        if (!pupil.Weeks.ContainsKey(week))
            return 0;
        var free = Campaign.Mask(pupil.Slots.GetValueOrDefault(week));
        foreach (var other in others)
        {
            if (other.Week == week)
                free &= ~Campaign.Mask(other.Modules);
            else if (problem.Rules.SingleWeek)
                return 0;
        }

        return free & ~Campaign.Mask([.. (problem.Rules.Closed ?? []).Where(x => x.Week == week).Select(x => x.Slot)]);
    }

    private static Dictionary<(string Offer, string Week), (ulong Busy, int Stages)> Loads(Proposal current)
    {
        var load = new Dictionary<(string Offer, string Week), (ulong Busy, int Stages)>();
        foreach (var stage in current.Stages)
        {
            var (busy, stages) = load.GetValueOrDefault((stage.Offer, stage.Week));
            load[(stage.Offer, stage.Week)] = (busy | Campaign.Mask(stage.Modules), stages + 1);
        }

        return load;
    }

    // A stage that a teacher with time left could open for this pupil and unplaced pupils of the same level.
    private static List<(int Rank, PlaceOption Option)> NewStages(
        Problem problem,
        Proposal current,
        Pupil pupil,
        string subject,
        Grid grid,
        ProposedStage[] others,
        HouseholdHours households
    )
    {
        var placed = new HashSet<string>(current.Stages.SelectMany(s => s.Wishes), StringComparer.Ordinal);
        var waiting = problem
            .Pupils.Where(p => p.Level == pupil.Level && p.Id != pupil.Id && !p.Wishes.Any(w => placed.Contains(w.Id)))
            .SelectMany(p => p.Wishes.Where(w => w.Subject == subject).Take(1).Select(w => (Pupil: p, Wish: w.Id)))
            .ToArray();
        var load = Loads(current);
        var found = new List<(int, PlaceOption)>();
        foreach (var week in problem.Rules.Weeks)
        {
            var own = FreeSlots(problem, pupil, week, others) & ~households.Taken(pupil, week);
            if (!grid.HoldsStage(own))
                continue;
            ulong[] slots = [.. waiting.Select(x => FreeSlots(problem, x.Pupil, week, []) & ~households.Taken(x.Pupil, week))];
            foreach (var offer in problem.Offers)
            {
                var (busy, stages) = load.GetValueOrDefault((offer.Id, week));
                var free = own & Campaign.Mask(offer.Slots.GetValueOrDefault(week)) & ~busy;
                if (
                    stages >= offer.StagesPerWeek
                    || offer.GroupMax < problem.Rules.GroupMin
                    || !grid.HoldsStage(free)
                    || !offer.Teaches.Any(t => t.Subject == subject && t.Levels.Contains(pupil.Level))
                )
                    continue;
                var (best, most) = (0UL, 0);
                foreach (var modules in grid.Patterns)
                {
                    if ((modules & ~free) != 0)
                        continue;
                    var size = 0;
                    foreach (var other in slots)
                        size += (modules & ~other) == 0 ? 1 : 0;
                    if (best == 0 || size > most)
                        (best, most) = (modules, size);
                }

                string[] group =
                [
                    .. waiting
                        .Where((x, i) => (best & ~slots[i]) == 0 && HouseholdHours.Of(x.Pupil) != HouseholdHours.Of(pupil))
                        .DistinctBy(x => HouseholdHours.Of(x.Pupil), StringComparer.Ordinal)
                        .Take(offer.GroupMax - 1)
                        .Select(x => x.Wish),
                ];
                if (group.Length + 1 < problem.Rules.GroupMin)
                    continue;
                var preferred = pupil.Weeks.GetValueOrDefault(week) == 2;
                found.Add(
                    (
                        (preferred ? 50_000 : 0) + group.Length - 1_000,
                        new PlaceOption(
                            null,
                            offer.Id,
                            [pupil.Level],
                            week,
                            Grid.SlotsOf(best),
                            preferred,
                            offer.GroupMax - 1 - group.Length,
                            group,
                            Sentences.NewStage(week, group.Length + 1)
                        )
                    )
                );
            }
        }

        return found;
    }
}
