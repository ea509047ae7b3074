using Stages.Pairing.Bound;
using Stages.Pairing.Explanations;
using Stages.Pairing.Search;

namespace Stages.Pairing;

/// <summary>One run: prices and bound, a first plan, the search, the finishing, the explanations.</summary>
internal sealed class Run
{
    /// <summary>Campaigns larger than this learn their prices from a sample of about <see cref="SampleSize"/> pupils.</summary>
    private const int LargestWithoutSample = 40_000,
        SampleSize = 25_000;

    private const int BoundRounds = 400,
        RoundsAfterSample = 30;

    /// <summary>The last part of the search belongs to the second objective.</summary>
    private const double QualityShare = 0.15;

    /// <summary>
    /// Once no plan can weigh more, quality has turn after turn, each of so long, until some of them in a row have brought nothing.
    /// </summary>
    private const double TurnSeconds = 0.3,
        TurnSecondsAWish = 0.002;

    private const int TurnsInVain = 3;

    /// <summary>A tiny campaign is searched through before anything else, for so much of the time: mostly that is the end of it.</summary>
    private const double TinyShare = 0.05;

    private readonly Proposal? previous;
    private readonly int seed;
    private readonly Budget budget;
    private readonly IProgress<PairingProgress>? progress;
    private readonly CancellationToken cancel;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly Campaign campaign;
    private Plan plan;
    private Prices? pricesOfTiny;
    private TimeSpan told;
    private long bound;

    public Run(
        Problem problem,
        Proposal? previous,
        int seed,
        Budget budget,
        IProgress<PairingProgress>? progress,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        (this.previous, this.seed, this.budget, this.progress, this.time, this.cancel) = (previous, seed, budget, progress, time, cancel);
        started = time.GetTimestamp();
        campaign = new Campaign(problem);
        plan = new Plan(campaign);
        bound = campaign.WorthOfAll();
    }

    private double Seconds => time.GetElapsedTime(started).TotalSeconds;

    private double BudgetSeconds => budget.Time?.TotalSeconds ?? double.PositiveInfinity;

    /// <summary>The finishing and the explanations need the end of the budget: more of it where there is more to explain.</summary>
    private double SearchUntil =>
        budget.Time is null ? double.PositiveInfinity : BudgetSeconds - Math.Max(0.02 * BudgetSeconds, campaign.Wishes * 1.2e-5);

    /// <summary>No plan weighs more than this one.</summary>
    private bool IsProved => plan.Weight() >= bound;

    private bool IsOver() => cancel.IsCancellationRequested || Seconds >= SearchUntil;

    public Proposal Execute()
    {
        if (previous is not null)
            return Resolve(previous);
        // A whole plan first, by weight alone: whoever cancels, however early, has something in hand.
        Construction.Build(plan, null, new Draw(seed));
        Report();
        // On two free cores the prices settle well before that; on a busy machine the bound, not the search, is what lacks time.
        var appeal = IsProved ? null : FindBound(0.5 * BudgetSeconds);
        if (cancel.IsCancellationRequested)
            return Finish(null);
        // Stages formed at the bound's prices leave to each pupil what suits few others; the search goes further from there.
        var first = plan;
        if (!IsProved)
        {
            plan = new Plan(campaign);
            Construction.Build(plan, appeal, new Draw(seed));
            TrySearchThrough();
        }
        Search(new Annealing(plan, appeal, seed), Seconds);
        if (first.Weight() > plan.Weight())
            plan = first;
        if (pricesOfTiny is not null && plan.Weight() < bound && ExactSearch.Complete(plan, pricesOfTiny, IsOver))
            bound = plan.Weight();
        Finishing.Improve(plan, _ => true, cancel);
        return Finish(null);
    }

    /// <summary>With steps instead of a time, what is found depends on the seed alone: then this waits for the search.</summary>
    private void TrySearchThrough()
    {
        if (IsProved || pricesOfTiny is null || budget.Time is null)
            return;
        var until = Math.Min(Seconds + (TinyShare * BudgetSeconds), SearchUntil);
        if (ExactSearch.Complete(plan, pricesOfTiny, () => cancel.IsCancellationRequested || Seconds >= until))
            bound = plan.Weight();
    }

    /// <summary>Repairs an earlier proposal: approved stages stay, every move of a wish that had a place costs, and is told.</summary>
    private Proposal Resolve(Proposal earlier)
    {
        var repair = new Repair(campaign, earlier);
        plan = repair.Plan;
        var appeal = IsProved ? null : FindBound(0.4 * BudgetSeconds);
        // Cold: only what pays at once is worth telling a family about.
        Search(
            new Annealing(plan, appeal, seed)
            {
                Hottest = 1,
                Coldest = 1,
                Loyalty = repair.Loyalty,
            },
            Seconds
        );
        repair.LimitMoves();
        Finishing.Improve(plan, repair.IsNew, cancel);
        return Finish(repair.Changes());
    }

    /// <summary>Lowers the bound for at most so many seconds; returns what the prices say of each wish and week.</summary>
    private int[] FindBound(double until)
    {
        var rounds = budget.Iterations is { } steps ? (int)Math.Clamp(steps / 50, 60, BoundRounds) : BoundRounds;
        var search = new BoundSearch(campaign, seed);
        if (campaign.Pupils > LargestWithoutSample)
        {
            var sample = new BoundSearch(campaign.Sample((campaign.Pupils + SampleSize - 1) / SampleSize), seed);
            Rounds(sample, rounds, 2, 0.02, until * 0.6, ofWhole: false);
            search.StartFrom(sample.Model());
            bound = Math.Min(bound, search.Value());
            Rounds(search, RoundsAfterSample, 0.05, 0.01, until, ofWhole: true);
        }
        else
        {
            Rounds(search, rounds, 2, 0.01, until, ofWhole: true);
        }

        search.Value();
        bound = Math.Min(bound, search.Best);
        if (ExactSearch.Suits(campaign))
            pricesOfTiny = search.Prices;
        return search.Appeal();
    }

    // The step shrinks with the rounds, or with the time if that ends first.
    private void Rounds(BoundSearch search, int rounds, double first, double last, double until, bool ofWhole)
    {
        var from = Seconds;
        for (var i = 0; i < rounds && !cancel.IsCancellationRequested && !(ofWhole && IsProved); i++)
        {
            var done = Math.Max(i / (double)rounds, double.IsInfinity(until) ? 0 : (Seconds - from) / Math.Max(1e-3, until - from));
            if (done >= 1)
                return;
            search.Step(first * Math.Pow(last / first, done));
            if (ofWhole && i % 50 == 49)
                bound = Math.Min(bound, search.Value());
            Report();
        }
    }

    private void Search(Annealing annealing, double from)
    {
        var share = annealing.Loyalty is null ? QualityShare : 0;
        // What is small enough to be searched through keeps half of the time for that.
        var end = pricesOfTiny is null ? SearchUntil : (from + SearchUntil) / 2;
        if (share == 0)
        {
            // An earlier proposal that nothing can outweigh is hardly touched.
            Anneal(annealing, from, IsProved ? OneTurn(end) : end, 0, 1, keepsWeight: false);
            annealing.RestoreBest();
            return;
        }
        if (!IsProved)
        {
            Anneal(annealing, from, end - ((end - from) * share), 0, 1 - share, keepsWeight: false);
            annealing.RestoreBest();
        }
        // From here on the weight only grows: first the modules as they can be now, then what another arrangement of the same
        // weight allows.
        Finishing.Improve(plan, _ => true, cancel);
        if (IsProved && budget.Iterations is null)
            TakeTurns(annealing);
        else
            Anneal(annealing, Seconds, end, 1 - share, 1, keepsWeight: true);
    }

    private double OneTurn(double end) => Math.Min(end, Seconds + TurnSeconds + (campaign.Wishes * TurnSecondsAWish));

    /// <summary>The weight is proved: only quality can still grow, and the time ends with the turns that make it grow.</summary>
    private void TakeTurns(Annealing annealing)
    {
        var (best, quality, most) = (new Snapshot(plan), Quality.Of(plan), Quality.AtMost(campaign));
        for (var inVain = 0; inVain < TurnsInVain && quality < most && !IsOver(); )
        {
            Anneal(annealing, Seconds, OneTurn(SearchUntil), 1 - QualityShare, 1, keepsWeight: true);
            Finishing.Improve(plan, _ => true, cancel);
            if (Quality.Of(plan) is var now && now > quality && IsProved)
            {
                (best, quality, inVain) = (new Snapshot(plan), now, 0);
                continue;
            }
            best.Restore(plan);
            inVain++;
        }
    }

    /// <summary>From one share of the budget's steps to another, or from one second to another.</summary>
    private void Anneal(Annealing annealing, double from, double until, double firstShare, double lastShare, bool keepsWeight)
    {
        const int rounds = 120;
        if (budget.Iterations is { } steps)
        {
            var (first, count) = ((long)(steps * firstShare), (long)(steps * (lastShare - firstShare)));
            for (var i = 0; i < rounds && !cancel.IsCancellationRequested && Seconds < SearchUntil; i++)
            {
                annealing.Round(
                    (count * (i + 1) / rounds) - (count * i / rounds),
                    i / (double)rounds,
                    () => !cancel.IsCancellationRequested,
                    keepsWeight
                );
                if (!keepsWeight && i > rounds / 2)
                    annealing.Remember();
                if (IsReached(annealing, keepsWeight))
                    return;
                Report((first + (count * i / (double)rounds)) / steps);
            }
        }
        else
        {
            var length = until - from;
            while (Seconds < until && !cancel.IsCancellationRequested)
            {
                var roundUntil = Math.Min(Seconds + Math.Max(length / rounds, 0.02), until);
                annealing.Round(
                    long.MaxValue / (1 << 24),
                    (Seconds - from) / length,
                    () => Seconds < roundUntil && !cancel.IsCancellationRequested,
                    keepsWeight
                );
                if (!keepsWeight && Seconds - from > 0.9 * length)
                    annealing.Remember();
                if (IsReached(annealing, keepsWeight))
                    return;
                Report();
            }
        }
    }

    /// <summary>The search for weight ends where there is no more of it to be had.</summary>
    private bool IsReached(Annealing annealing, bool keepsWeight) => !keepsWeight && annealing.Loyalty is null && IsProved;

    private Proposal Finish(IReadOnlyList<Change>? changes)
    {
        var unplaced = Explainer.Explain(plan);
        Report(1);
        return ProposalWriter.Write(plan, seed, bound, unplaced, Seconds, changes);
    }

    private void Report(double? fraction = null)
    {
        if (progress is null)
            return;
        var elapsed = time.GetElapsedTime(started);
        if (elapsed - told < TimeSpan.FromSeconds(0.25) && fraction != 1)
            return;
        told = elapsed;
        var weight = plan.Weight();
        progress.Report(
            new PairingProgress(
                plan.PlacedWishes(),
                campaign.Wishes,
                weight,
                bound,
                bound == 0 ? 0 : (bound - weight) / (double)bound,
                elapsed,
                Math.Clamp(fraction ?? (elapsed.TotalSeconds / BudgetSeconds), 0, 1)
            )
        );
    }
}
