using System.Diagnostics;
using System.Globalization;
using Stages.Pairing.Bound;
using Stages.Pairing.Model;

namespace Stages.Pairing.Benchmarks;

/// <summary>
/// Which half of a gap is whose: a longer search shows by how much the plan falls short, a longer market by how much the bound is
/// loose.
/// </summary>
/// <remarks>
/// Both are what was found, hence at least so much. What neither explains is open: the search needs longer still, or no plan can
/// reach the prices' fractions of groups.
/// </remarks>
internal sealed class Halves(Options options, Report report)
{
    private const int LongRounds = 1600;

    public void Run()
    {
        report.Heading(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Which half is to blame: seed 1, against {options.ReferenceScale:0.#} "
                    + $"times the search and a bound without sample of up to {LongRounds} rounds"
            ),
            "| pupils | ratio | gap | at least of it the search's | "
                + "at least of it the bound's | open | to blame | rounds of the long bound |"
        );
        foreach (var size in options.Sizes)
        {
            foreach (var ratio in options.Ratios)
                Row(size, ratio);
        }
    }

    private void Row(int size, double ratio)
    {
        var budget = options.BudgetSeconds(size);
        if (!report.HasTimeFor(budget * (1.5 + options.ReferenceScale)))
        {
            report.Progress($"no time left for the halves at {size} pupils, ratio {ratio:F1}");
            return;
        }

        var problem = options.Campaign(size, ratio, 1);
        var score = PairingEngine.Solve(problem, null, 1, Budget.Seconds(budget)).Score;
        report.Progress($"{size} pupils, ratio {ratio:F1}: gap {score.Gap:P2}, now longer");
        var longer = PairingEngine.Solve(problem, null, 1, Budget.Seconds(budget * options.ReferenceScale)).Score;
        var tight = Math.Min(longer.Bound, LongBound(problem, budget * options.ReferenceScale / 2, out var rounds));
        var all = (double)Math.Max(1, score.Bound);
        var search = Math.Max(0, longer.PlacedWeight - score.PlacedWeight) / all;
        var bound = (score.Bound - Math.Min(score.Bound, tight)) / all;
        var open = score.Gap - search - bound;
        var blame =
            search > 2 * bound ? "search"
            : bound > 2 * search ? "bound"
            : "both";
        report.Line($"| {size} | {ratio:F1} | {score.Gap:P2} | {search:P2} | {bound:P2} | {open:P2} | {blame} | {rounds} |");
    }

    private static long LongBound(Problem problem, double seconds, out int rounds)
    {
        var search = new BoundSearch(new Campaign(problem), 1);
        var clock = Stopwatch.StartNew();
        for (rounds = 0; rounds < LongRounds; rounds++)
        {
            var done = Math.Max(rounds / (double)LongRounds, clock.Elapsed.TotalSeconds / seconds);
            if (done >= 1)
                break;
            search.Step(2 * Math.Pow(0.005 / 2, done));
            if (rounds % 50 == 49)
                search.Value();
        }

        search.Value();
        return search.Best;
    }
}
