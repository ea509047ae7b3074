using Google.OrTools.Sat;

namespace Stages.Pairing.Benchmarks;

/// <summary>What one would write first: the whole problem as one model for a constraint solver. A yardstick, not a method.</summary>
/// <remarks>
/// Every stage that an offer could have is there with a variable for each slot, each combination of levels, and each wish.
/// </remarks>
internal static class PlainModel
{
    /// <summary>The best weight found in this time, or null.</summary>
    public static long? BestFound(Problem problem, double seconds)
    {
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:2,max_time_in_seconds:{seconds}") };
        return solver.Solve(Build(problem)) is CpSolverStatus.Optimal or CpSolverStatus.Feasible
            ? (long)Math.Round(solver.ObjectiveValue)
            : null;
    }

    private static CpModel Build(Problem problem)
    {
        var model = new CpModel();
        var rules = problem.Rules;
        var slotCount = rules.Days * rules.SlotsPerDay;
        var seats = new Dictionary<(string Pupil, string Wish), List<(string Week, BoolVar[] At, BoolVar Sits)>>();
        foreach (var offer in problem.Offers)
        {
            foreach (var week in rules.Weeks)
            {
                var free = offer
                    .Slots.GetValueOrDefault(week, [])
                    .Where(s => rules.Closed?.Contains(new ClosedSlot(week, s)) != true)
                    .ToHashSet();
                var stages = new List<BoolVar[]>();
                for (var number = 0; number < offer.StagesPerWeek && free.Count >= rules.ModulesMin; number++)
                {
                    var open = model.NewBoolVar("");
                    BoolVar[] at = [.. Enumerable.Range(0, slotCount).Select(s => free.Contains(s) ? model.NewBoolVar("") : Never(model))];
                    stages.Add(at);
                    model.Add(LinearExpr.Sum(at) >= rules.ModulesMin * open);
                    model.Add(LinearExpr.Sum(at) <= rules.ModulesMax * open);
                    for (var day = 0; day < rules.Days; day++)
                        model.Add(LinearExpr.Sum(at.Skip(day * rules.SlotsPerDay).Take(rules.SlotsPerDay)) <= rules.ModulesPerDayMax);
                    AddGroup(model, problem, offer, week, open, at, seats);
                }

                for (var slot = 0; slot < slotCount; slot++)
                    model.AddAtMostOne(stages.Select(at => at[slot]));
            }
        }

        var objective = new List<LinearExpr>();
        foreach (var pupil in problem.Pupils)
            AddPupil(model, rules, pupil, seats, objective);
        model.Maximize(LinearExpr.Sum(objective));
        return model;
    }

    private static void AddGroup(
        CpModel model,
        Problem problem,
        Offer offer,
        string week,
        BoolVar open,
        BoolVar[] at,
        Dictionary<(string Pupil, string Wish), List<(string Week, BoolVar[] At, BoolVar Sits)>> seats
    )
    {
        var combos = offer
            .Teaches.SelectMany(t =>
                t.Levels.Select(l => (t.Subject, Levels: new[] { l }))
                    .Concat(
                        problem
                            .Rules.AdjacentLevels.Where(pair => pair.All(t.Levels.Contains))
                            .Select(pair => (t.Subject, Levels: pair.ToArray()))
                    )
            )
            .Select(combo => (combo.Subject, combo.Levels, Is: model.NewBoolVar("")))
            .ToArray();
        model.Add(LinearExpr.Sum(combos.Select(x => x.Is)) == open);
        var group = new List<BoolVar>();
        foreach (var pupil in problem.Pupils.Where(p => p.Weeks.ContainsKey(week)))
        {
            foreach (var wish in pupil.Wishes)
            {
                var suits = combos.Where(x => x.Subject == wish.Subject && x.Levels.Contains(pupil.Level)).Select(x => x.Is).ToArray();
                if (suits.Length == 0)
                    continue;
                var sits = model.NewBoolVar("");
                group.Add(sits);
                model.Add(LinearExpr.Sum(suits) >= sits);
                for (var slot = 0; slot < at.Length; slot++)
                {
                    if (!pupil.Slots.GetValueOrDefault(week, []).Contains(slot))
                        model.AddImplication(sits, (ILiteral)at[slot].Not());
                }

                var key = (pupil.Id, wish.Id);
                (seats.TryGetValue(key, out var list) ? list : seats[key] = []).Add((week, at, sits));
            }
        }

        model.Add(LinearExpr.Sum(group) >= problem.Rules.GroupMin * open);
        model.Add(LinearExpr.Sum(group) <= offer.GroupMax * open);
    }

    private static void AddPupil(
        CpModel model,
        Rules rules,
        Pupil pupil,
        Dictionary<(string Pupil, string Wish), List<(string Week, BoolVar[] At, BoolVar Sits)>> seats,
        List<LinearExpr> objective
    )
    {
        var mine = pupil.Wishes.Select(w => seats.GetValueOrDefault((pupil.Id, w.Id), [])).ToArray();
        foreach (var wish in mine)
            model.AddAtMostOne(wish.Select(x => x.Sits));
        // With one week per pupil: a week is chosen, and seats lie in it.
        var chosen = rules.Weeks.ToDictionary(k => k, _ => model.NewBoolVar(""), StringComparer.Ordinal);
        if (rules.SingleWeek)
            model.AddAtMostOne(chosen.Values);
        foreach (var seat in mine.SelectMany(x => x))
            model.AddImplication(seat.Sits, chosen[seat.Week]);
        for (var i = 0; i < mine.Length; i++)
        {
            foreach (
                var (one, other) in mine.Take(i)
                    .SelectMany(x => x)
                    .SelectMany(_ => mine[i], (one, other) => (one, other))
                    .Where(x => x.one.Week == x.other.Week)
            )
            {
                for (var slot = 0; slot < one.At.Length; slot++)
                    model.AddBoolOr([one.Sits.Not(), other.Sits.Not(), one.At[slot].Not(), other.At[slot].Not()]);
            }
        }

        var all = mine.SelectMany(x => x).Select(x => x.Sits).ToArray();
        var any = model.NewBoolVar("");
        model.Add(LinearExpr.Sum(all) >= any);
        objective.Add(LinearExpr.Sum(all) * (pupil.Priority * rules.Weights.FurtherWish));
        objective.Add(any * (pupil.Priority * (rules.Weights.FirstWish - rules.Weights.FurtherWish)));
    }

    private static BoolVar Never(CpModel model)
    {
        var never = model.NewBoolVar("");
        model.Add(never == 0);
        return never;
    }
}
