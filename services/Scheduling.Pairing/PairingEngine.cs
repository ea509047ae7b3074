using Stages.Pairing.Explanations;

namespace Stages.Pairing;

/// <summary>Forms stages and places wishes: <c>(problem, previous, seed, budget) → proposal</c>.</summary>
public static class PairingEngine
{
    /// <summary>
    /// Searches until the budget is spent or <paramref name="cancel"/> asks to stop, and returns the best proposal found so far.
    /// </summary>
    /// <param name="problem">What to pair.</param>
    /// <param name="previous">
    /// An earlier proposal to change as little as possible; its pinned stages stay as they are. Null to start afresh.
    /// </param>
    /// <param name="seed">With a budget of steps alone, the same seed gives the same proposal.</param>
    /// <param name="budget">When to stop.</param>
    /// <param name="progress">Told several times a second, from the calling thread.</param>
    /// <param name="cancel">Ends the search early; this is not an error.</param>
    /// <param name="time">The clock that measures the budget; the system's by default.</param>
    public static Proposal Solve(
        Problem problem,
        Proposal? previous,
        int seed,
        Budget budget,
        IProgress<PairingProgress>? progress = null,
        CancellationToken cancel = default,
        TimeProvider? time = null
    )
    {
        ProblemValidation.Check(problem);
        return new Run(problem, previous, seed, budget, progress, time ?? TimeProvider.System, cancel).Execute();
    }

    /// <summary>
    /// Explains a proposal as it stands, without searching: a timetable that people have changed by hand, or a problem that has
    /// changed since. Stages that no longer hold under the problem are left out, the others numbered anew; the bound is the plain sum
    /// of what all wishes are worth.
    /// </summary>
    public static Proposal Explain(Problem problem, Proposal proposal)
    {
        ProblemValidation.Check(problem);
        var campaign = new Campaign(problem);
        var plan = PlanReader.Read(campaign, proposal);
        return ProposalWriter.Write(plan, proposal.Seed, campaign.WorthOfAll(), Explainer.Explain(plan), 0);
    }
}
