using Stages.Pairing.Tests;

namespace Stages.Pairing.Benchmarks;

/// <summary>What is told of one proposal, counted by the independent checker.</summary>
/// <param name="Violations">Rules broken, wrong sums and untrue explanations.</param>
/// <param name="Preferred">Share of the placed wishes in a week that their pupil prefers.</param>
/// <param name="Whole">Share of the placed wishes in a stage of the most modules.</param>
/// <param name="TwoLevels">Share of the stages that have two levels.</param>
/// <param name="Together">Share of the families in which all have a place, and all in one week.</param>
/// <param name="Served">Share of the pupils with a place at least.</param>
/// <param name="WorstSchool">The least share of pupils served among schools with ten pupils or more.</param>
internal sealed record Figures(
    int Violations,
    long Weight,
    long Bound,
    double Gap,
    long Quality,
    double Preferred,
    double Whole,
    double TwoLevels,
    double Together,
    double Served,
    double WorstSchool
)
{
    public static Figures Of(Problem problem, Proposal proposal, bool explained = true)
    {
        var check = Checker.Check(problem, proposal, explained);
        var pupilOf = new Dictionary<string, Pupil>(StringComparer.Ordinal);
        foreach (var pupil in problem.Pupils)
        {
            foreach (var wish in pupil.Wishes)
                pupilOf[wish.Id] = pupil;
        }

        var weeksOf = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var (placed, preferred, whole) = (0, 0, 0);
        foreach (var stage in proposal.Stages)
        {
            foreach (var pupil in stage.Wishes.Select(wish => pupilOf[wish]))
            {
                (weeksOf.TryGetValue(pupil.Id, out var weeks) ? weeks : weeksOf[pupil.Id] = new(StringComparer.Ordinal)).Add(stage.Week);
                placed++;
                preferred += pupil.Weeks[stage.Week] == 2 ? 1 : 0;
                whole += stage.Modules.Length == 4 ? 1 : 0;
            }
        }

        var families = problem.Pupils.Where(p => p.Siblings is not null).GroupBy(p => p.Siblings, StringComparer.Ordinal).ToArray();
        var together = families.Count(f =>
            f.All(p => weeksOf.ContainsKey(p.Id)) && f.SelectMany(p => weeksOf[p.Id]).Distinct(StringComparer.Ordinal).Count() == 1
        );
        var worst = problem
            .Pupils.GroupBy(p => p.School, StringComparer.Ordinal)
            .Where(g => g.Count() >= 10)
            .Select(g => Share(g.Count(p => weeksOf.ContainsKey(p.Id)), g.Count()))
            .DefaultIfEmpty(1)
            .Min();
        var bound = proposal.Score.Bound;
        return new Figures(
            check.Violations.Count,
            check.Weight,
            bound,
            bound == 0 ? 0 : (bound - check.Weight) / (double)bound,
            check.Quality,
            Share(preferred, placed),
            Share(whole, placed),
            proposal.Stages.Count == 0 ? 0 : Share(proposal.Stages.Count(s => s.Levels.Count == 2), proposal.Stages.Count),
            Share(together, families.Length),
            Share(weeksOf.Count, problem.Pupils.Count),
            worst
        );
    }

    private static double Share(int some, int all) => all == 0 ? 1 : some / (double)all;
}
