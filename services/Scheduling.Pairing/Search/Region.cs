namespace Stages.Pairing.Search;

/// <summary>The part of a plan that one thread may change during a round: some levels, and the offers that teach these alone.</summary>
internal sealed class Region(Plan plan, bool[] ownLevels, int[] offerWeeks)
{
    /// <summary>Offer × weeks + week of every offer that this region owns and that can have a stage then.</summary>
    public int[] OfferWeeks { get; } = offerWeeks;

    /// <summary>Offers (as offer × weeks + week) of each pool, within the region.</summary>
    public int[][] OfPool { get; } = ByPool(plan, offerWeeks);

    /// <summary>The pools that the region's offers teach and that have wishes.</summary>
    public int[] Pools { get; } =
    [.. Enumerable.Range(0, plan.C.Pools).Where(pool => ownLevels[pool % plan.C.Levels] && plan.C.WishesOfPool[pool].Length > 0)];

    /// <summary>The wishes of its pupils whose families ask for the same hours as a sibling's.</summary>
    public int[] JoiningWishes { get; } =
    [
        .. plan
            .C.Families.Where((_, f) => plan.C.FamilyRule[f] == SiblingsRule.SameSlots)
            .SelectMany(family => family)
            .Where(pupil => ownLevels[plan.C.PupilLevel[pupil]])
            .SelectMany(pupil => Enumerable.Range(plan.C.FirstWishOf[pupil], plan.C.FirstWishOf[pupil + 1] - plan.C.FirstWishOf[pupil])),
    ];

    public bool OwnsLevel(int level) => ownLevels[level];

    /// <summary>A stage may be changed if its offer belongs to the region and nobody has approved it.</summary>
    public bool Owns(int stage)
    {
        if (plan.Pinned[stage])
            return false;
        foreach (var combo in plan.C.OfferCombos[plan.StageOffer[stage]])
        {
            if (!ownLevels[plan.C.Combos[combo].First % plan.C.Levels])
                return false;
        }

        return true;
    }

    /// <summary>The whole plan as one region.</summary>
    public static Region Whole(Plan plan)
    {
        var levels = new bool[plan.C.Levels];
        Array.Fill(levels, true);
        return new Region(plan, levels, OwnedBy(plan, levels));
    }

    /// <summary>
    /// Two regions that share no level: the levels, in a circle, cut at <paramref name="cut"/> and where half the wishes are
    /// passed.
    /// </summary>
    public static Region[] Halves(Plan plan, int cut)
    {
        var c = plan.C;
        var wishes = new int[c.Levels];
        for (var pool = 0; pool < c.Pools; pool++)
            wishes[pool % c.Levels] += c.WishesOfPool[pool].Length;
        bool[] first = new bool[c.Levels],
            second = new bool[c.Levels];
        var passed = 0;
        for (var i = 0; i < c.Levels; i++)
        {
            var level = (cut + i) % c.Levels;
            (passed * 2 < c.Wishes ? first : second)[level] = true;
            passed += wishes[level];
        }

        return [new Region(plan, first, OwnedBy(plan, first)), new Region(plan, second, OwnedBy(plan, second))];
    }

    private static int[] OwnedBy(Plan plan, bool[] levels)
    {
        var c = plan.C;
        var owned = new List<int>();
        for (var o = 0; o < c.Offers; o++)
        {
            if (!Array.TrueForAll(c.OfferCombos[o], combo => levels[c.Combos[combo].First % c.Levels]))
                continue;
            for (var k = 0; k < c.Weeks; k++)
            {
                if (c.FirstStageOf[o * c.Weeks + k] < c.FirstStageOf[o * c.Weeks + k + 1])
                    owned.Add(o * c.Weeks + k);
            }
        }

        return [.. owned];
    }

    private static int[][] ByPool(Plan plan, int[] offerWeeks)
    {
        var c = plan.C;
        var lists = Enumerable.Range(0, c.Pools).Select(_ => new List<int>()).ToArray();
        foreach (var ow in offerWeeks)
        {
            foreach (var combo in c.OfferCombos[ow / c.Weeks])
            {
                if (!c.Combos[combo].HasTwoLevels)
                    lists[c.Combos[combo].First].Add(ow);
            }
        }

        return [.. lists.Select(list => list.ToArray())];
    }
}
