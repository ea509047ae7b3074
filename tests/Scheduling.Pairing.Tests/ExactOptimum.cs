using Google.OrTools.Sat;

namespace Stages.Pairing.Tests;

/// <summary>The best weight possible, from a plain model of the statement solved to proof: an oracle for tiny campaigns.</summary>
internal static class ExactOptimum
{
    public static long Of(Problem problem)
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
                        var group = problem.Pupils.Where(p => levels.Contains(p.Level) && p.Weeks.ContainsKey(week) && modules.All(p.Slots.GetValueOrDefault(week, []).Contains))
                            .SelectMany(p => p.Wishes.Where(w => w.Subject == subject).Select(w => (Pupil: p, Wish: w.Id, Week: week, Modules: modules, Var: model.NewBoolVar("")))).ToArray();
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
                foreach (var (one, other) in pupil.SelectMany(x => pupil.Where(y => string.CompareOrdinal(x.Week, y.Week) < 0).Select(y => (x, y))))
                    model.AddAtMostOne([one.Var, other.Var]);
            }

            var any = model.NewBoolVar("");
            model.Add(LinearExpr.Sum(pupil.Select(x => x.Var)) >= any);
            var priority = pupil.First().Pupil.Priority;
            objective.Add(LinearExpr.Sum(pupil.Select(x => x.Var)) * (priority * rules.Weights.FurtherWish));
            objective.Add(any * (priority * (rules.Weights.FirstWish - rules.Weights.FurtherWish)));
        }

        model.Maximize(LinearExpr.Sum(objective));
        var solver = new CpSolver { StringParameters = "num_workers:1" };
        solver.Solve(model).ShouldBe(CpSolverStatus.Optimal);
        return (long)Math.Round(solver.ObjectiveValue);
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
        for (var set = 0; set < 1 << free.Length; set++)
        {
            var modules = free.Where((_, i) => (set & (1 << i)) != 0).ToArray();
            if (modules.Length == rules.ModulesMin && modules.GroupBy(m => m / rules.SlotsPerDay).All(day => day.Count() <= rules.ModulesPerDayMax))
                yield return modules;
        }
    }
}
