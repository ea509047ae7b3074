using Google.OrTools.Sat;

namespace Stages.Pairing.Tests;

/// <summary>A plain model of the whole statement for an exact solver: an oracle for tiny campaigns.</summary>
internal static class ExactModel
{
    /// <summary>The best weight possible, solved to proof.</summary>
    public static long Optimum(Problem problem)
    {
        var solver = new CpSolver { StringParameters = "num_workers:1" };
        var status = solver.Solve(Build(problem));
        return status == CpSolverStatus.Optimal
            ? (long)Math.Round(solver.ObjectiveValue)
            : throw new InvalidOperationException($"the exact solver ended {status}");
    }

    private static CpModel Build(Problem problem)
    {
        var model = new CpModel();
        var rules = problem.Rules;
        var seats = new List<(Pupil Pupil, string Wish, string Week, int[] Modules, BoolVar Var)>();
        foreach (var offer in problem.Offers)
        {
            foreach (var week in rules.Weeks)
            {
                var stages = new List<(int[] Modules, BoolVar Open)>();
                foreach (var (subject, levels) in Combos(problem, offer))
                {
                    foreach (var modules in ModuleSets(problem, offer.Slots.GetValueOrDefault(week, []), week))
                    {
                        var open = model.NewBoolVar("");
                        var group = problem
                            .Pupils.Where(p =>
                                levels.Contains(p.Level)
                                && p.Weeks.ContainsKey(week)
                                && modules.All(p.Slots.GetValueOrDefault(week, []).Contains)
                            )
                            .SelectMany(p =>
                                p.Wishes.Where(w => w.Subject == subject)
                                    .Select(w => (Pupil: p, Wish: w.Id, Week: week, Modules: modules, Var: model.NewBoolVar("")))
                            )
                            .ToArray();
                        if (group.Length < rules.GroupMin)
                            continue;
                        foreach (var seat in group)
                            model.AddImplication(seat.Var, open);
                        model.Add(LinearExpr.Sum(group.Select(x => x.Var)) <= offer.GroupMax);
                        model.Add(LinearExpr.Sum(group.Select(x => x.Var)) >= rules.GroupMin * open);
                        stages.Add((modules, open));
                        seats.AddRange(group);
                    }
                }

                model.Add(LinearExpr.Sum(stages.Select(s => s.Open)) <= offer.StagesPerWeek);
                for (var slot = 0; slot < rules.Days * rules.SlotsPerDay; slot++)
                    model.AddAtMostOne(stages.Where(s => s.Modules.Contains(slot)).Select(s => s.Open));
            }
        }

        var objective = new List<LinearExpr>();
        foreach (var pupil in seats.GroupBy(x => x.Pupil.Id, StringComparer.Ordinal))
        {
            foreach (var wish in pupil.GroupBy(x => x.Wish, StringComparer.Ordinal))
                model.AddAtMostOne(wish.Select(x => x.Var));
            foreach (var slot in pupil.SelectMany(x => x.Modules.Select(m => (x.Week, Slot: m))).Distinct())
                model.AddAtMostOne(pupil.Where(x => x.Week == slot.Week && x.Modules.Contains(slot.Slot)).Select(x => x.Var));
            if (rules.SingleWeek)
            {
                foreach (
                    var (one, other) in pupil.SelectMany(x =>
                        pupil.Where(y => string.CompareOrdinal(x.Week, y.Week) < 0).Select(y => (x, y))
                    )
                )
                    model.AddAtMostOne([one.Var, other.Var]);
            }

            var any = model.NewBoolVar("");
            model.Add(LinearExpr.Sum(pupil.Select(x => x.Var)) >= any);
            var priority = pupil.First().Pupil.Priority;
            objective.Add(LinearExpr.Sum(pupil.Select(x => x.Var)) * (priority * rules.Weights.FurtherWish));
            objective.Add(any * (priority * (rules.Weights.FirstWish - rules.Weights.FurtherWish)));
        }

        // A household with one device: at each hour one of its children at most.
        foreach (
            var family in seats
                .Where(x => x.Pupil is { Siblings: not null, SiblingsRule: SiblingsRule.Apart })
                .GroupBy(x => x.Pupil.Siblings, StringComparer.Ordinal)
        )
        {
            foreach (var hour in family.SelectMany(x => x.Modules.Select(m => (x.Week, Slot: m))).Distinct())
                model.AddAtMostOne(family.Where(x => x.Week == hour.Week && x.Modules.Contains(hour.Slot)).Select(x => x.Var));
        }

        model.Maximize(LinearExpr.Sum(objective));
        return model;
    }

    private static IEnumerable<(string Subject, string[] Levels)> Combos(Problem problem, Offer offer)
    {
        foreach (var teaching in offer.Teaches)
        {
            foreach (var level in teaching.Levels)
                yield return (teaching.Subject, [level]);
            foreach (var pair in problem.Rules.AdjacentLevels)
            {
                if (pair.All(teaching.Levels.Contains))
                    yield return (teaching.Subject, [.. pair]);
            }
        }
    }

    // The smallest sets suffice for the weight: a longer stage contains one.
    private static IEnumerable<int[]> ModuleSets(Problem problem, int[] slots, string week)
    {
        var rules = problem.Rules;
        var free = slots.Where(s => rules.Closed?.Contains(new ClosedSlot(week, s)) != true).ToArray();
        return Sets(free, rules.ModulesMin, 0)
            .Where(set => set.GroupBy(m => m / rules.SlotsPerDay).All(day => day.Count() <= rules.ModulesPerDayMax));
    }

    private static IEnumerable<int[]> Sets(int[] slots, int size, int from)
    {
        if (size == 0)
            yield return [];
        for (var i = from; size > 0 && i < slots.Length; i++)
        {
            foreach (var rest in Sets(slots, size - 1, i + 1))
                yield return [slots[i], .. rest];
        }
    }
}
