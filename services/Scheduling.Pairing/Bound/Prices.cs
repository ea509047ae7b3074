// The two sides of the market are in Prices.Pupils.cs and Prices.Offers.cs.

namespace Stages.Pairing.Bound;

/// <summary>The Lagrangian dual: a price for each wish and week separates the pupils' choices from the offers'.</summary>
/// <remarks>
/// Whatever the prices u ≥ 0, weight(any plan) ≤ Σ pupils max over a week and a set S of wishes of (weight(S) − u(S))
/// + Σ offers and weeks max over disjoint stages of the sum of their groups' prices. Prices and sums are whole numbers of
/// 1 / <see cref="Scale"/> of a unit of weight: the bound is exact, nothing is rounded the wrong way.
/// </remarks>
internal sealed partial class Prices
{
    private readonly Campaign c;
    private readonly int patterns;
    private readonly uint[] shortPatterns;
    private readonly int[] groupSizes;
    private readonly PoolWeek[] poolWeeks;
    private readonly ComboWeek?[] comboWeeks;
    private readonly int[][] widestCombos;
    private readonly OfferClass[] classes;
    private readonly bool[] reachable,
        possible;

    public Prices(Campaign campaign)
    {
        c = campaign;
        patterns = c.Grid.Patterns.Length;
        // Patterns are compared eight at a time when a week fits 32 bits.
        shortPatterns = c.Grid.Slots <= 32 ? [.. c.Grid.Patterns.Select(p => (uint)p)] : [];
        groupSizes = [.. Enumerable.Range(0, c.Offers).Where(HasStages).Select(o => c.OfferGroupMax[o]).Distinct().Order()];
        var largest = groupSizes.Length == 0 ? 1 : groupSizes[^1];
        var most = (long)Math.Max(c.FirstWish, c.FurtherWish) * (c.Pupils == 0 ? 1 : c.PupilPriority.Max()) * largest;
        Scale = 1;
        while (Scale < 256 && most * Scale * 2 < int.MaxValue)
            Scale *= 2;
        int[] patternSlots = [.. c.Grid.Patterns.SelectMany(Grid.SlotsOf)];
        poolWeeks = new PoolWeek[c.Pools * c.Weeks];
        for (var pw = 0; pw < poolWeeks.Length; pw++)
            poolWeeks[pw] = new PoolWeek(c, pw / c.Weeks, pw % c.Weeks, patternSlots, largest);
        widestCombos = [.. Enumerable.Range(0, c.Offers).Select(Widest)];
        comboWeeks = new ComboWeek?[c.Combos.Length * c.Weeks];
        reachable = new bool[poolWeeks.Length];
        for (var o = 0; o < c.Offers; o++)
        {
            for (var k = 0; k < c.Weeks && HasStages(o); k++)
            {
                if (c.FirstStageOf[o * c.Weeks + k] == c.FirstStageOf[o * c.Weeks + k + 1])
                    continue;
                foreach (var combo in widestCombos[o])
                    comboWeeks[combo * c.Weeks + k] ??= NewComboWeek(combo, k);
            }
        }

        possible = PossibleWeeks();
        classes = OfferClass.Of(c, widestCombos, groupSizes);
        Price = new int[c.Wishes * c.Weeks];
        Used = new byte[c.Wishes * c.Weeks];
        Wanted = new bool[c.Wishes * c.Weeks];
    }

    public int Scale { get; }

    /// <summary>By wish × weeks + week, in 1/<see cref="Scale"/>.</summary>
    public int[] Price { get; }

    /// <summary>How many offers chose the wish, and whether its pupil did, at these prices.</summary>
    public byte[] Used { get; }

    public bool[] Wanted { get; }

    /// <summary>No price above this can be of use.</summary>
    public int Highest(int wish) => c.PupilPriority[c.WishPupil[wish]] * Math.Max(c.FirstWish, c.FurtherWish) * Scale;

    /// <summary>Whether any offer could take the wish in that week.</summary>
    public bool Reachable(int wish, int week) => possible[wish * c.Weeks + week];

    /// <summary>
    /// What a seat costs at a pattern: the mean of the highest prices of those who could meet there; 0 if there are too few.
    /// </summary>
    public float SeatPrice(int poolWeek, int pattern)
    {
        const int few = 3;
        var pool = poolWeeks[poolWeek];
        if (!reachable[poolWeek] || pool.TopCount[pattern] < few)
            return 0;
        var sum = 0f;
        for (var i = 0; i < few; i++)
            sum += pool.Top[(pattern * pool.Largest) + i];
        return sum / few / Scale;
    }

    public void LoadTables()
    {
        Parallel.For(
            0,
            poolWeeks.Length,
            Cores,
            pw =>
            {
                if (reachable[pw])
                    poolWeeks[pw].Load(Price);
            }
        );
        Parallel.For(0, comboWeeks.Length, Cores, cw => comboWeeks[cw]?.Load());
    }

    public ParallelOptions Cores { get; } = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>
    /// The bound at these prices (after <see cref="LoadTables"/> and <see cref="PupilsChoose"/>), rounded down: weights are
    /// whole.
    /// </summary>
    public long Value(long pupilsPart) => (pupilsPart + OffersPart()) / Scale;

    // A wish can be placed in a week only if one of its offers shares enough slots with its pupil.
    private bool[] PossibleWeeks()
    {
        var found = new bool[c.Wishes * c.Weeks];
        Parallel.For(
            0,
            c.Pools * c.Weeks,
            Cores,
            pw =>
            {
                if (!reachable[pw])
                    return;
                var (pool, week) = (pw / c.Weeks, pw % c.Weeks);
                ulong[] slots =
                [
                    .. c.OffersOfPool[pool]
                        .Where(o => c.FirstStageOf[o * c.Weeks + week] < c.FirstStageOf[o * c.Weeks + week + 1])
                        .Select(o => c.OfferSlots[o * c.Weeks + week])
                        .Distinct(),
                ];
                foreach (var wish in c.WishesOfPool[pool])
                {
                    var own = c.PupilSlots[c.WishPupil[wish] * c.Weeks + week];
                    found[wish * c.Weeks + week] = own != 0 && Array.Exists(slots, s => c.Grid.HoldsStage(s & own));
                }
            }
        );
        return found;
    }

    private bool HasStages(int offer) => c.FirstStageOf[offer * c.Weeks] < c.FirstStageOf[(offer + 1) * c.Weeks];

    // A stage of two levels can have any group that one of a single level can: for the bound only the widest combos count.
    private int[] Widest(int offer)
    {
        var all = c.OfferCombos[offer];
        var covered = all.Where(x => c.Combos[x].HasTwoLevels).SelectMany(x => new[] { c.Combos[x].First, c.Combos[x].Second }).ToHashSet();
        return [.. all.Where(x => c.Combos[x].HasTwoLevels || !covered.Contains(c.Combos[x].First))];
    }

    private ComboWeek NewComboWeek(int combo, int week)
    {
        var (first, second) = c.Combos[combo];
        reachable[first * c.Weeks + week] = true;
        if (second >= 0)
            reachable[second * c.Weeks + week] = true;
        return new ComboWeek(
            poolWeeks[first * c.Weeks + week],
            second < 0 ? null : poolWeeks[second * c.Weeks + week],
            groupSizes,
            c.GroupMin,
            patterns
        );
    }
}
