namespace Stages.Pairing.Tests;

/// <summary>Checks a proposal against its problem from the statement alone: rules, score and every explanation.</summary>
internal sealed class Checker
{
    private readonly Problem problem;
    private readonly Proposal proposal;
    private readonly Dictionary<string, Offer> offers;
    private readonly Dictionary<string, (Pupil Pupil, string Subject)> wishes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> place = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Offer, string Week), HashSet<int>> busy = [];
    private readonly Dictionary<(string Offer, string Week), int> stagesOf = [];
    private readonly HashSet<(string, int)> closed;

    private Checker(Problem problem, Proposal proposal)
    {
        (this.problem, this.proposal) = (problem, proposal);
        offers = problem.Offers.ToDictionary(o => o.Id, StringComparer.Ordinal);
        closed = (problem.Rules.Closed ?? []).Select(x => (x.Week, x.Slot)).ToHashSet();
        foreach (var pupil in problem.Pupils)
        {
            foreach (var wish in pupil.Wishes)
                wishes[wish.Id] = (pupil, wish.Subject);
        }
    }

    public List<string> Violations { get; } = [];

    public long Weight { get; private set; }

    public long Quality { get; private set; }

    public int Placed => place.Count;

    public static Checker Check(Problem problem, Proposal proposal, bool explained = true)
    {
        var checker = new Checker(problem, proposal);
        for (var i = 0; i < proposal.Stages.Count; i++)
            checker.CheckStage(i, proposal.Stages[i]);
        checker.CheckPupils();
        if (explained)
        {
            checker.CheckScore();
            checker.CheckExplanations();
        }

        return checker;
    }

    private void Require(bool holds, string message)
    {
        if (!holds)
            Violations.Add(message);
    }

    private bool CanAttend(Pupil pupil, string week, IEnumerable<int> modules) =>
        pupil.Weeks.ContainsKey(week)
        && modules.All(m => pupil.Slots.GetValueOrDefault(week, []).Contains(m) && !closed.Contains((week, m)));

    private bool IsSetOfModules(int[] modules) =>
        modules.Distinct().Count() == modules.Length
        && modules.Length >= problem.Rules.ModulesMin
        && modules.Length <= problem.Rules.ModulesMax
        && modules.All(m => m >= 0 && m < problem.Rules.Days * problem.Rules.SlotsPerDay)
        && modules.GroupBy(m => m / problem.Rules.SlotsPerDay).All(day => day.Count() <= problem.Rules.ModulesPerDayMax);

    private static bool Teaches(Offer offer, string subject, IReadOnlyList<string> levels) =>
        offer.Teaches.Any(t => t.Subject == subject && levels.All(t.Levels.Contains));

    private void CheckStage(int i, ProposedStage stage)
    {
        if (!offers.TryGetValue(stage.Offer, out var offer))
        {
            Violations.Add($"stage {i}: no offer {stage.Offer}");
            return;
        }

        Require(IsSetOfModules(stage.Modules), $"stage {i}: modules {string.Join(',', stage.Modules)}");
        Require(stage.Modules.All(m => !closed.Contains((stage.Week, m))), $"stage {i}: a closed slot");
        Require(
            stage.Levels.Count == 1
                || (stage.Levels.Count == 2 && problem.Rules.AdjacentLevels.Any(pair => pair.ToHashSet().SetEquals(stage.Levels))),
            $"stage {i}: levels"
        );
        Require(Teaches(offer, stage.Subject, stage.Levels), $"stage {i}: does not teach it");
        Require(stage.Modules.All(offer.Slots.GetValueOrDefault(stage.Week, []).Contains), $"stage {i}: teacher not available");
        var key = (stage.Offer, stage.Week);
        var taken = busy.TryGetValue(key, out var set) ? set : busy[key] = [];
        Require(stage.Modules.All(taken.Add), $"stage {i}: teacher twice at one time");
        stagesOf[key] = stagesOf.GetValueOrDefault(key) + 1;
        Require(stagesOf[key] <= offer.StagesPerWeek, $"stage {i}: too many stages in the week");
        Require(
            stage.Wishes.Count >= problem.Rules.GroupMin && stage.Wishes.Count <= offer.GroupMax,
            $"stage {i}: group of {stage.Wishes.Count}"
        );
        var preferred = offer.Preferred is { } likes && likes.TryGetValue(stage.Week, out var list) ? list : [];
        Quality += stage.Modules.Count(preferred.Contains) - (stage.Levels.Count == 2 ? 2 : 0);
        foreach (var id in stage.Wishes)
        {
            if (!wishes.TryGetValue(id, out var wish) || !place.TryAdd(id, i))
            {
                Violations.Add($"stage {i}: wish {id} unknown or placed twice");
                continue;
            }

            Require(wish.Subject == stage.Subject && stage.Levels.Contains(wish.Pupil.Level), $"wish {id}: wrong subject or level");
            Require(CanAttend(wish.Pupil, stage.Week, stage.Modules), $"wish {id}: cannot attend");
            Quality += (wish.Pupil.Weeks.GetValueOrDefault(stage.Week) == 2 ? 3 : 0) + (stage.Modules.Length == 4 ? 1 : 0);
        }
    }

    private void CheckPupils()
    {
        foreach (var pupil in problem.Pupils)
        {
            var mine = pupil.Wishes.Where(w => place.ContainsKey(w.Id)).Select(w => proposal.Stages[place[w.Id]]).ToArray();
            Require(!problem.Rules.SingleWeek || mine.Select(s => s.Week).Distinct().Count() <= 1, $"pupil {pupil.Id}: in both weeks");
            Require(
                mine.SelectMany(s => s.Modules.Select(m => (s.Week, m))).GroupBy(x => x).All(g => g.Count() == 1),
                $"pupil {pupil.Id}: two modules at one time"
            );
            if (mine.Length > 0)
                Weight += (long)pupil.Priority * (problem.Rules.Weights.FirstWish + problem.Rules.Weights.FurtherWish * (mine.Length - 1));
        }

        foreach (var family in problem.Pupils.Where(p => p.Siblings is not null).GroupBy(p => p.Siblings!, StringComparer.Ordinal))
            CheckFamily(family.Key, [.. family]);
    }

    private void CheckFamily(string family, Pupil[] members)
    {
        var hours = members.Select(Hours).ToArray();
        var pairs = (
            from i in Enumerable.Range(0, members.Length)
            from j in Enumerable.Range(0, i)
            select (One: hours[i], Other: hours[j])
        ).ToArray();
        var all = hours.All(h => h.Count > 0);
        switch (members[0].SiblingsRule ?? "sameWeek")
        {
            case "apart":
                Require(!pairs.Any(x => x.One.Overlaps(x.Other)), $"siblings {family}: two at one time");
                break;
            case "sameSlots":
                Quality += all && pairs.All(x => x.One.IsSubsetOf(x.Other) || x.Other.IsSubsetOf(x.One)) ? 4 : 0;
                break;
            case "sameWeek":
                Quality += all && hours.SelectMany(h => h.Select(x => x.Week)).Distinct(StringComparer.Ordinal).Count() == 1 ? 2 : 0;
                break;
        }
    }

    private HashSet<(string Week, int Slot)> Hours(Pupil pupil) =>
        [
            .. pupil
                .Wishes.Where(w => place.ContainsKey(w.Id))
                .Select(w => proposal.Stages[place[w.Id]])
                .SelectMany(s => s.Modules.Select(m => (s.Week, m))),
        ];

    private IEnumerable<Pupil> ApartFrom(Pupil pupil) =>
        pupil is { Siblings: { } family, SiblingsRule: "apart" } ? problem.Pupils.Where(p => p.Siblings == family && p.Id != pupil.Id) : [];

    private void CheckScore()
    {
        var score = proposal.Score;
        Require(score.PlacedWeight == Weight, $"says weight {score.PlacedWeight}, is {Weight}");
        Require(score.Quality == Quality, $"says quality {score.Quality}, is {Quality}");
        Require(score.PlacedWishes == place.Count && score.Wishes == wishes.Count, "miscounts the wishes");
        Require(score.Bound >= Weight, $"bound {score.Bound} is below the weight {Weight}");
    }

    private void CheckExplanations()
    {
        var said = proposal.Unplaced.ToDictionary(u => u.Wish, StringComparer.Ordinal);
        foreach (var (id, (pupil, subject)) in wishes)
        {
            if (place.ContainsKey(id))
            {
                Require(!said.ContainsKey(id), $"wish {id} is placed and explained as unplaced");
                continue;
            }

            if (!said.TryGetValue(id, out var unplaced))
            {
                Violations.Add($"wish {id}: no reason");
                continue;
            }

            Require(unplaced.Text.Fr.Length > 10 && unplaced.Text.En.Length > 10, $"wish {id}: no sentence");
            foreach (var remedy in unplaced.WouldBePlacedIf)
                Require(IsTrue(id, pupil, subject, remedy), $"wish {id}: {remedy} is not true");
        }
    }

    private bool Clashes(Pupil pupil, string week, IEnumerable<int> modules) =>
        pupil
            .Wishes.Where(w => place.ContainsKey(w.Id))
            .Select(w => proposal.Stages[place[w.Id]])
            .Any(s => (problem.Rules.SingleWeek && s.Week != week) || (s.Week == week && s.Modules.Intersect(modules).Any()))
        || ApartFrom(pupil).Any(sibling => Hours(sibling).Overlaps(modules.Select(m => (week, m))));

    private bool IsTrue(string id, Pupil pupil, string subject, Remedy remedy)
    {
        switch (remedy)
        {
            case Remedy.Seat(var number):
                var full = proposal.Stages[number];
                return full.Subject == subject
                    && full.Levels.Contains(pupil.Level)
                    && full.Wishes.Count == offers[full.Offer].GroupMax
                    && CanAttend(pupil, full.Week, full.Modules)
                    && !Clashes(pupil, full.Week, full.Modules);
            case Remedy.PupilSlots(var number, var week, var slots):
                var open = proposal.Stages[number];
                var having = pupil.Slots.GetValueOrDefault(week, []).Concat(slots);
                return open.Subject == subject
                    && open.Levels.Contains(pupil.Level)
                    && open.Week == week
                    && open.Wishes.Count < offers[open.Offer].GroupMax
                    && pupil.Weeks.ContainsKey(week)
                    && open.Modules.All(having.Contains)
                    && !Clashes(pupil, week, open.Modules);
            case Remedy.Pupils more:
                var offer = offers[more.Offer];
                return IsSetOfModules(more.Slots)
                    && CanMeet(id, subject, more.Wishes, more.Levels, more.Week, more.Slots)
                    && more.Missing >= 1
                    && more.Wishes.Count + more.Missing == problem.Rules.GroupMin
                    && Teaches(offer, subject, more.Levels)
                    && more.Slots.All(m =>
                        offer.Slots.GetValueOrDefault(more.Week, []).Contains(m)
                        && !(busy.GetValueOrDefault((more.Offer, more.Week))?.Contains(m) ?? false)
                    )
                    && stagesOf.GetValueOrDefault((more.Offer, more.Week)) < offer.StagesPerWeek;
            case Remedy.Volunteer one:
                return IsSetOfModules(one.Slots)
                    && CanMeet(id, subject, one.Wishes, one.Levels, one.Week, one.Slots)
                    && one.Wishes.Count >= problem.Rules.GroupMin;
            default:
                return false;
        }
    }

    private bool CanMeet(
        string id,
        string subject,
        IReadOnlyList<string> group,
        IReadOnlyList<string> levels,
        string week,
        int[] modules
    ) =>
        group.Contains(id)
        && group.Select(w => wishes[w].Pupil).All(p => !ApartFrom(p).Any(q => q.Wishes.Any(w => group.Contains(w.Id))))
        && group.Distinct(StringComparer.Ordinal).Count() == group.Count
        && group.All(w =>
            !place.ContainsKey(w)
            && wishes[w].Subject == subject
            && levels.Contains(wishes[w].Pupil.Level)
            && CanAttend(wishes[w].Pupil, week, modules)
            && !Clashes(wishes[w].Pupil, week, modules)
        );
}
