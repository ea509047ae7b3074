namespace Stages.Pairing.Search;

/// <summary>
/// Runs the search on both cores: round after round the levels are cut in two halves elsewhere, and each half has a thread.
/// </summary>
/// <remarks>
/// What one thread changes, the other neither reads nor writes: pupils belong to their level, offers to the half that has all
/// their levels; offers that teach in both halves rest for a round. So the result does not depend on which thread is faster.
/// </remarks>
internal sealed class Annealing(Plan plan, int[]? appeal, int seed)
{
    private readonly Campaign c = plan.C;
    private Region? whole;
    private Region[][]? halves;
    private bool? someRest;
    private readonly Draw cuts = new(seed, 1);
    private readonly Siblings siblings = new(plan.C);
    private readonly Households households = new(plan);
    private int rounds;
    private Snapshot? best;
    private long bestWeight = -1;

    /// <summary>
    /// In points: a loss of this size is accepted with probability 1/e. Hot enough to rearrange groups, cold enough to settle.
    /// </summary>
    public double Hottest { get; init; } = 2000;

    public double Coldest { get; init; } = 30;

    /// <summary>The same in points of quality, while no step may lower the weight.</summary>
    public double HottestQuality { get; init; } = 40;

    public double ColdestQuality { get; init; } = 3;

    /// <summary>What moving a wish away from its place in an earlier proposal costs, or null.</summary>
    public Loyalty? Loyalty { get; init; }

    private Region Whole => whole ??= Region.Whole(plan);

    /// <summary>
    /// One round of so many steps, or until <paramref name="goOn"/> says no; <paramref name="fraction"/> of the search is done.
    /// </summary>
    /// <param name="keepsWeight">Whether it is the turn of the quality: no step may lower the weight.</param>
    public void Round(long steps, double fraction, Func<bool> goOn, bool keepsWeight = false)
    {
        var (hottest, coldest) = keepsWeight ? (HottestQuality, ColdestQuality) : (Hottest, Coldest);
        var temperature = hottest * Math.Pow(coldest / hottest, fraction);
        siblings.Refresh(plan);
        var regions = NextRegions();
        var all = regions.Sum(r => (long)r.OfferWeeks.Length);
        var number = rounds++;
        if (regions.Length > 1)
            households.Divide(pupil => regions[0].OwnsLevel(c.PupilLevel[pupil]), number);
        Parallel.For(
            0,
            regions.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            i =>
            {
                var search = new RuinAndRecreate(plan, regions[i], new Draw(seed, 1000 + (number * 2) + i))
                {
                    Appeal = appeal,
                    Loyalty = Loyalty,
                    Siblings = siblings,
                    KeepsWeight = keepsWeight,
                };
                search.Run(all == 0 ? 0 : Math.Max(1, steps * regions[i].OfferWeeks.Length / all), temperature, goOn);
            }
        );
        households.Unite();
    }

    /// <summary>Remembers the plan if it is the best so far; called only when it may be, since that takes a copy.</summary>
    public void Remember()
    {
        var weight = plan.Weight();
        if (weight <= bestWeight)
            return;
        (bestWeight, best) = (weight, new Snapshot(plan));
    }

    public void RestoreBest()
    {
        if (best is not null && bestWeight > plan.Weight())
            best.Restore(plan);
    }

    private Region[] NextRegions()
    {
        // With a few offers a half would be too poor to find better stages in.
        if (c.Levels < 2 || c.Offers < 8)
            return [Whole];
        halves ??= [.. Enumerable.Range(0, c.Levels).Select(cut => Region.Halves(plan, cut))];
        someRest ??= halves.SelectMany(pair => pair).SelectMany(half => half.OfferWeeks).Distinct().Count() < Whole.OfferWeeks.Length;
        var regions = halves[cuts.Below(c.Levels)];
        // Offers that teach in both halves wherever the cut is, and cuts that leave few offers whole, need rounds on one thread.
        var isPoor = regions.Sum(half => half.OfferWeeks.Length) * 2 < Whole.OfferWeeks.Length;
        return isPoor || (someRest.Value && rounds % 4 == 3) ? [Whole] : regions;
    }
}
