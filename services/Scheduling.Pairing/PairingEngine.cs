using Stages.Pairing.Model;
using Stages.Pairing.Search;

namespace Stages.Pairing;

/// <summary>Forms stages and places wishes: <c>(problem, previous, seed, budget) → proposal</c>.</summary>
public static class PairingEngine
{
    /// <summary>Searches until the budget is spent or <paramref name="cancel"/> asks to stop, and returns the best proposal found so far.</summary>
    /// <param name="problem">What to pair.</param>
    /// <param name="previous">An earlier proposal to change as little as possible; its pinned stages stay as they are. Null to start afresh.</param>
    /// <param name="seed">With a budget of steps alone, the same seed gives the same proposal.</param>
    /// <param name="budget">When to stop.</param>
    /// <param name="progress">Told several times a second, from the calling thread.</param>
    /// <param name="cancel">Ends the search early; this is not an error.</param>
    /// <param name="time">The clock that measures the budget; the system's by default.</param>
    public static Proposal Solve(
        Problem problem, Proposal? previous, int seed, Budget budget,
        IProgress<PairingProgress>? progress = null, CancellationToken cancel = default, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var started = time.GetTimestamp();
        ProblemValidation.Check(problem);
        var campaign = new Campaign(problem);
        var plan = new Plan(campaign);
        Construction.Build(plan, new Draw(seed), cancel);
        var whole = new RuinAndRecreate(plan, Region.Whole(plan), new Draw(seed));
        var steps = 0L;
        var limit = budget.Time?.TotalSeconds ?? 1e9;
        var w0 = plan.Weight();
        var t0 = double.Parse(Environment.GetEnvironmentVariable("T0") ?? "2000", System.Globalization.CultureInfo.InvariantCulture);
        var t1 = double.Parse(Environment.GetEnvironmentVariable("T1") ?? "100", System.Globalization.CultureInfo.InvariantCulture);
        while (time.GetElapsedTime(started).TotalSeconds < limit)
        {
            var f = time.GetElapsedTime(started).TotalSeconds / limit;
            whole.Run(100, t0 * Math.Pow(t1 / t0, f), cancel);
            steps += 100;
        }
        Console.Error.WriteLine($"{steps} steps, {w0} -> {plan.Weight()}");
        var bound = 0L;
        var bs = new Bound.BoundSearch(campaign, seed);
        var its = int.Parse(Environment.GetEnvironmentVariable("ITS") ?? "400", System.Globalization.CultureInfo.InvariantCulture);
        var a0 = double.Parse(Environment.GetEnvironmentVariable("A0") ?? "4", System.Globalization.CultureInfo.InvariantCulture);
        var a1 = double.Parse(Environment.GetEnvironmentVariable("A1") ?? "0.05", System.Globalization.CultureInfo.InvariantCulture);
        var mo = float.Parse(Environment.GetEnvironmentVariable("MO") ?? "0.8", System.Globalization.CultureInfo.InvariantCulture);
        var wt = plan.Weight();
        var tb = time.GetTimestamp();
        for (var i = 0; i < its; i++)
        {
            bs.Step(a0 * Math.Pow(a1 / a0, i / (double)its), mo);
            if (i % (its / 10) == its / 10 - 1)
                Console.Error.WriteLine($"{i + 1} {time.GetElapsedTime(tb).TotalSeconds:F2} s: {bs.Value(false)} mean {bs.Value(true)} best {bs.Best} gap {(bs.Best - wt) / (double)bs.Best:P2}");
        }
        for (var p = 0; p < campaign.Pupils; p++)
            bound += campaign.WorthOf(p, campaign.FirstWishOf[p + 1] - campaign.FirstWishOf[p]);
        bound = Math.Min(bound, bs.Best);
        return ProposalWriter.Write(plan, seed, bound, [], time.GetElapsedTime(started).TotalSeconds);
    }
}
