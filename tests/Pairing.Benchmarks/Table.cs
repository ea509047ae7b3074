using System.Globalization;

namespace Stages.Pairing.Benchmarks;

/// <summary>For every size and ratio of seats to wishes: the median over some seeds of what the engine reaches within its budget.</summary>
internal sealed class Table(Options options, Report report)
{
    private sealed record Cell(EngineProcess Run, Figures Engine, Figures First);

    public async Task RunAsync()
    {
        report.Heading(
            "Within the budget (first come, first served in brackets)",
            "| pupils | ratio | budget | gap to own bound | weight, % of bound "
                + "| plain CP-SAT, % of bound | preferred week | four modules | two levels | siblings together | served | worst school "
                + "| quality | violations | read + paired + wrote, s | processor, s | memory | seeds |"
        );
        foreach (var size in options.Sizes)
        {
            foreach (var ratio in options.Ratios)
                await RowAsync(size, ratio);
        }
    }

    private async Task RowAsync(int size, double ratio)
    {
        var budget = options.BudgetSeconds(size);
        var exact = size <= 800 && options.ExactSeconds > 0 && report.HasTimeFor(options.ExactSeconds + budget);
        var (cells, plain) = (new List<Cell>(), "—");
        for (var seed = 1; seed <= options.Seeds; seed++)
        {
            // Making, writing and reading the files, the baseline and the check take about as long again at the largest size.
            if (!report.HasTimeFor(budget + (size / 4000.0)))
            {
                report.Progress($"no time left for {size} pupils, ratio {ratio:F1}, seed {seed}");
                break;
            }

            var problem = options.Campaign(size, ratio, seed);
            var run = await EngineProcess.RunAsync(problem, seed, budget);
            var cell = new Cell(run, Figures.Of(problem, run.Proposal), Figures.Of(problem, FirstCome.Serve(problem), explained: false));
            cells.Add(cell);
            report.Progress(
                $"{size} pupils, ratio {ratio:F1}, seed {seed}: gap {cell.Engine.Gap:P2}, "
                    + $"{cell.Engine.Violations} violations, {run.Megabytes} MB"
            );
            if (exact && seed == 1)
                plain = PlainModel.BestFound(problem, options.ExactSeconds) is { } weight
                    ? FormattableString.Invariant($"{weight / (double)cell.Engine.Bound:P1}")
                    : "nothing";
        }

        if (cells.Count == 0)
            return;
        double Of(Func<Cell, double> figure) => cells.Select(figure).Order().ElementAt(cells.Count / 2);
        double Engine(Func<Figures, double> figure) => Of(cell => figure(cell.Engine));
        double First(Func<Figures, double> figure) => Of(cell => figure(cell.First));
        string Beside(Func<Figures, double> figure, string format)
        {
            var (ours, theirs) = (Engine(figure), First(figure));
            return $"{ours.ToString(format, CultureInfo.InvariantCulture)} ({theirs.ToString(format, CultureInfo.InvariantCulture)})";
        }
        var served = Of(x => x.First.Weight / (double)Math.Max(1, x.Engine.Bound));
        var violations = cells.Sum(x => x.Engine.Violations + x.First.Violations);
        var times = $"{Of(x => x.Run.Read):F1} + {Of(x => x.Run.Paired):F1} + {Of(x => x.Run.Wrote):F1}";
        report.Line(
            $"| {size} | {ratio:F1} | {budget:F0} s | **{Engine(f => f.Gap):P2}** | {1 - Engine(f => f.Gap):P1} ({served:P1}) "
                + $"| {plain} | {Beside(f => f.Preferred, "P1")} | {Beside(f => f.Whole, "P0")} | {Beside(f => f.TwoLevels, "P0")} "
                + $"| {Beside(f => f.Together, "P0")} | {Beside(f => f.Served, "P1")} | {Beside(f => f.WorstSchool, "P0")} "
                + $"| {Beside(f => f.Quality, "F0")} | {violations} | {times} | {Of(x => x.Run.Processor):F0} "
                + $"| {Of(x => x.Run.Megabytes):F0} MB | {cells.Count} |"
        );
    }
}
