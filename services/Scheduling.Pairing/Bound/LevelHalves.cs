namespace Stages.Pairing.Bound;

/// <summary>Offers (as offer × weeks + week) that teach only in the first half of the levels, only in the second, and in both.</summary>
internal static class LevelHalves
{
    public static int[][] Split(Campaign c)
    {
        var wishes = new int[c.Levels];
        for (var pool = 0; pool < c.Pools; pool++)
            wishes[pool % c.Levels] += c.WishesOfPool[pool].Length;
        // The best cut leaves the larger side, and what teaches in both, as small as can be.
        int[][] best =
        [
            [],
            [],
            [],
        ];
        var least = long.MaxValue;
        for (var from = 0; from < c.Levels; from++)
        {
            for (var length = 1; length < c.Levels; length++)
            {
                var split = Split(c, level => (level - from + c.Levels) % c.Levels < length);
                var cost = Math.Max(split[0].Length, split[1].Length) + (long)split[2].Length;
                if (cost < least)
                    (least, best) = (cost, split);
            }
        }

        return c.Levels == 1 ? [Split(c, _ => true)[0], [], []] : best;
    }

    private static int[][] Split(Campaign c, Func<int, bool> isFirst)
    {
        List<int>[] parts =
        [
            [],
            [],
            [],
        ];
        for (var o = 0; o < c.Offers; o++)
        {
            if (c.FirstStageOf[o * c.Weeks] == c.FirstStageOf[(o + 1) * c.Weeks])
                continue;
            var (first, second) = (false, false);
            foreach (var combo in c.OfferCombos[o])
            {
                var yes = isFirst(c.Combos[combo].First % c.Levels);
                first |= yes;
                second |= !yes;
            }

            for (var k = 0; k < c.Weeks; k++)
            {
                if (c.FirstStageOf[o * c.Weeks + k] < c.FirstStageOf[o * c.Weeks + k + 1])
                    parts[
                        first && second ? 2
                        : first ? 0
                        : 1
                    ]
                        .Add(o * c.Weeks + k);
            }
        }

        return [.. parts.Select(part => part.ToArray())];
    }
}
