using Stages.Pairing.Tests;

namespace Stages.Pairing.Benchmarks;

/// <summary>What is told of one proposal, counted by the independent checker.</summary>
/// <param name="Preferred">Share of the placed wishes in a week that their pupil prefers.</param>
/// <param name="Served">Share of the pupils with a place at least.</param>
/// <param name="WorstSchool">The least share of pupils served among schools with ten pupils or more.</param>
internal sealed record Figures(long Weight, long Bound, double Gap, long Quality, double Preferred, double Served, double WorstSchool)
{
    /// <summary>The budget that belongs to a size.</summary>
    public static double BudgetSeconds(int pupils) => pupils switch { <= 800 => 10, <= 5_000 => 15, <= 20_000 => 30, <= 100_000 => 60, _ => 150 };

    public static Figures Of(Problem problem, Proposal proposal, bool explained)
    {
        var check = Checker.Check(problem, proposal, explained);
        if (check.Violations.Count > 0)
            throw new InvalidOperationException($"{check.Violations.Count} violations: {check.Violations[0]}");
        var pupilOf = new Dictionary<string, Pupil>(StringComparer.Ordinal);
        foreach (var pupil in problem.Pupils)
        {
            foreach (var wish in pupil.Wishes)
                pupilOf[wish.Id] = pupil;
        }

        var served = new HashSet<string>(StringComparer.Ordinal);
        var (placed, preferred) = (0, 0);
        foreach (var stage in proposal.Stages)
        {
            foreach (var wish in stage.Wishes)
            {
                var pupil = pupilOf[wish];
                served.Add(pupil.Id);
                placed++;
                preferred += pupil.Weeks[stage.Week] == 2 ? 1 : 0;
            }
        }

        var worst = problem.Pupils.GroupBy(p => p.School, StringComparer.Ordinal).Where(g => g.Count() >= 10)
            .Select(g => g.Count(p => served.Contains(p.Id)) / (double)g.Count()).DefaultIfEmpty(1).Min();
        return new Figures(check.Weight, proposal.Score.Bound, proposal.Score.Bound == 0 ? 0 : (proposal.Score.Bound - check.Weight) / (double)proposal.Score.Bound,
            check.Quality, placed == 0 ? 1 : preferred / (double)placed, problem.Pupils.Count == 0 ? 1 : served.Count / (double)problem.Pupils.Count, worst);
    }
}
