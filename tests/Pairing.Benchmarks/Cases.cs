using System.Diagnostics;
using Stages.Pairing.Tests;

namespace Stages.Pairing.Benchmarks;

/// <summary>What is promised of single cases: re-solving, explaining, recommending, and other ids and orders.</summary>
internal sealed class Cases(Options options, Report report)
{
    private const int Withdrawn = 10,
        Late = 200;

    public void Run()
    {
        Resolve();
        Explanations();
        LateWish();
        Permuted();
    }

    /// <summary>Ten teachers with stages withdraw: how long, at what weight, and who moves beyond those who must.</summary>
    private void Resolve()
    {
        const int size = 20_000;
        report.Heading(
            FormattableString.Invariant($"Re-solve at {size} pupils after {Withdrawn} teachers withdraw"),
            "| ratio | seed | seconds | weight, % of a fresh solve | "
                + "wishes forced to move | wishes moved in all | lost their place | moved / forced | violations |"
        );
        foreach (var ratio in options.Ratios)
        {
            for (var seed = 1; seed <= options.Seeds; seed++)
            {
                if (!report.HasTimeFor(70 * options.Scale))
                    return;
                var problem = options.Campaign(size, ratio, seed);
                var before = PairingEngine.Solve(problem, null, seed, Budget.Seconds(options.BudgetSeconds(size)));
                var gone = before
                    .Stages.Select(s => s.Offer)
                    .Distinct(StringComparer.Ordinal)
                    .Where((_, i) => i % 97 == seed)
                    .Take(Withdrawn)
                    .ToHashSet(StringComparer.Ordinal);
                var fewer = problem with { Offers = [.. problem.Offers.Where(o => !gone.Contains(o.Id))] };
                var clock = Stopwatch.StartNew();
                var after = PairingEngine.Solve(fewer, before, seed, Budget.Seconds(ResolveSeconds));
                var seconds = clock.Elapsed.TotalSeconds;
                var fresh = PairingEngine.Solve(fewer, null, seed + 50, Budget.Seconds(options.BudgetSeconds(size)));
                var forced = before.Stages.Where(s => gone.Contains(s.Offer)).Sum(s => s.Wishes.Count);
                var places = Places(after);
                var old = Places(before);
                var lost = old.Keys.Count(wish => !places.ContainsKey(wish));
                var moved = old.Count(x => !places.TryGetValue(x.Key, out var now) || now != x.Value);
                report.Line(
                    $"| {ratio:F1} | {seed} | {seconds:F1} | {after.Score.PlacedWeight / (double)fresh.Score.PlacedWeight:P2} "
                        + $"| {forced} | {moved} | {lost} | {moved / (double)forced:F2} | {Checker.Check(fewer, after).Violations.Count} |"
                );
            }
        }
    }

    private const double ResolveSeconds = 4.5;

    private void Explanations()
    {
        const int size = 5_000;
        report.Heading(
            FormattableString.Invariant($"Explanations at {size} pupils"),
            "| ratio | unplaced | explained | with something that would place it | things said to place one | untrue |"
        );
        foreach (var ratio in options.Ratios.Where(_ => report.HasTimeFor(options.BudgetSeconds(size))))
        {
            var problem = options.Campaign(size, ratio, 1);
            var proposal = PairingEngine.Solve(problem, null, 1, Budget.Seconds(options.BudgetSeconds(size)));
            var violations = Checker.Check(problem, proposal).Violations.Count;
            report.Line(
                $"| {ratio:F1} | {proposal.Score.Wishes - proposal.Score.PlacedWishes} "
                    + $"| {proposal.Unplaced.Count} | {proposal.Unplaced.Count(u => u.WouldBePlacedIf.Count > 0)} "
                    + $"| {proposal.Unplaced.Sum(u => u.WouldBePlacedIf.Count)} | {violations} |"
            );
        }
    }

    private void LateWish()
    {
        const int size = 20_000;
        report.Heading(
            FormattableString.Invariant($"The best places for a late wish at {size} pupils, {Late} of them one after another"),
            "| ratio | median, ms | 95 %, ms | with a place found |"
        );
        foreach (var ratio in options.Ratios.Where(_ => report.HasTimeFor(10)))
        {
            var problem = options.Campaign(size, ratio, 1);
            var current = PairingEngine.Solve(problem, null, 1, Budget.Steps(2_000));
            // Pupils of another campaign: they are new to this one.
            var late = options
                .Campaign(size, ratio, 2)
                .Pupils.Take(Late)
                .Select((p, i) => p with { Id = $"late{i}", Wishes = [new Wish($"late{i}-w", p.Wishes[0].Subject)] })
                .ToArray();
            Recommend.PlacesFor(problem, current, late[0], late[0].Wishes[0].Subject);
            var (times, found) = (new List<double>(), 0);
            foreach (var pupil in late)
            {
                var clock = Stopwatch.StartNew();
                found += Recommend.PlacesFor(problem, current, pupil, pupil.Wishes[0].Subject).Count > 0 ? 1 : 0;
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            report.Line($"| {ratio:F1} | {times[times.Count / 2]:F1} | {times[times.Count * 95 / 100]:F1} | {found} of {Late} |");
        }
    }

    private void Permuted()
    {
        report.Heading(
            "Other ids, every list in another order: the same budget of steps",
            "| pupils | steps | weight | weight of the other | difference |"
        );
        foreach (var (size, steps) in new[] { (800, 20_000), (5_000, 20_000), (20_000, 20_000) })
        {
            if (!report.HasTimeFor(30))
                return;
            var problem = options.Campaign(size, 1.0, 1);
            var one = PairingEngine.Solve(problem, null, 1, Budget.Steps(steps)).Score.PlacedWeight;
            var two = PairingEngine.Solve(Reordered.Of(problem, 5), null, 1, Budget.Steps(steps)).Score.PlacedWeight;
            report.Line($"| {size} | {steps} | {one} | {two} | {Math.Abs(one - two) / (double)one:P3} |");
        }
    }

    private static Dictionary<string, (string Offer, string Week, string Modules)> Places(Proposal proposal) =>
        proposal
            .Stages.SelectMany(s => s.Wishes.Select(wish => (wish, place: (s.Offer, s.Week, string.Join(',', s.Modules)))))
            .ToDictionary(x => x.wish, x => x.place, StringComparer.Ordinal);
}
