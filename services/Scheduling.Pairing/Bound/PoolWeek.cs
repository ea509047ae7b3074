namespace Stages.Pairing.Bound;

/// <summary>The wishes of one pool that could be placed in one week, sorted by price, with a word of bits per slot.</summary>
internal sealed class PoolWeek
{
    private readonly Grid grid;
    private readonly int weeks,
        week,
        words;
    private readonly int[] patternSlots;
    private readonly ulong[] slotsOf;
    private readonly int[] wishes,
        sorted;
    private readonly long[] keys,
        spare;
    private readonly ulong[] bits,
        unused;
    private int builtWords;

    public PoolWeek(Campaign c, int pool, int week, int[] patternSlots, int largestGroup)
    {
        (grid, weeks, this.week, this.patternSlots, Largest) = (c.Grid, c.Weeks, week, patternSlots, largestGroup);
        wishes = [.. c.WishesOfPool[pool].Where(w => grid.HoldsStage(c.PupilSlots[c.WishPupil[w] * weeks + week]))];
        slotsOf = [.. wishes.Select(w => c.PupilSlots[c.WishPupil[w] * weeks + week])];
        words = (wishes.Length + 63) / 64;
        sorted = new int[wishes.Length];
        keys = new long[wishes.Length];
        spare = new long[wishes.Length];
        bits = new ulong[words * grid.Slots];
        unused = new ulong[words];
        Top = new int[grid.Patterns.Length * largestGroup];
        TopCount = new byte[grid.Patterns.Length];
    }

    public int Count => wishes.Length;

    public int Largest { get; }

    /// <summary>By pattern × largest group + i: the i-th highest price among the wishes that can attend the whole pattern.</summary>
    public int[] Top { get; }

    public byte[] TopCount { get; }

    public int Price(int rank) => (int)(keys[rank] >> 32);

    /// <summary>Index of a ranked wish's price (wish × weeks + week).</summary>
    public int PriceIndex(int rank) => (wishes[sorted[rank]] * weeks) + week;

    /// <summary>Sorts by price, the highest first, and finds the highest prices of every pattern.</summary>
    public void Load(int[] prices)
    {
        var n = wishes.Length;
        for (var i = 0; i < n; i++)
            keys[i] = ((long)prices[(wishes[i] * weeks) + week] << 32) | (uint)i;
        Descending.Sort(keys, spare);
        for (var i = 0; i < n; i++)
            sorted[i] = (int)(keys[i] & 0xFFFFFFFF);
        builtWords = 0;
        Array.Fill(unused, ulong.MaxValue);
        if (words > 0 && (n & 63) != 0)
            unused[^1] = (1UL << (n & 63)) - 1;
        var size = grid.ModulesMin;
        for (var p = 0; p < TopCount.Length; p++)
        {
            var (count, at) = (0, p * Largest);
            for (var word = 0; word < words && count < Largest; word++)
            {
                for (var meeting = Meeting(p * size, size, word); meeting != 0 && count < Largest; meeting &= meeting - 1)
                    Top[at + count++] = Price((word * 64) + BitOperations.TrailingZeroCount(meeting));
            }

            TopCount[p] = (byte)count;
        }
    }

    /// <summary>The ranks, best first, of the wishes that can attend a pattern; only those not used yet if so asked.</summary>
    public int Ranks(int pattern, int most, bool onlyUnused, Span<int> ranks)
    {
        var size = grid.ModulesMin;
        var count = 0;
        for (var word = 0; word < words && count < most; word++)
        {
            var meeting = Meeting(pattern * size, size, word);
            if (onlyUnused)
                meeting &= unused[word];
            for (; meeting != 0 && count < most; meeting &= meeting - 1)
                ranks[count++] = (word * 64) + BitOperations.TrailingZeroCount(meeting);
        }

        return count;
    }

    public void Use(int rank) => unused[rank >> 6] &= ~(1UL << (rank & 63));

    private ulong Meeting(int at, int size, int word)
    {
        if (word >= builtWords)
            Build(word);
        var row = word * grid.Slots;
        var meeting = ulong.MaxValue;
        for (var i = 0; i < size; i++)
            meeting &= bits[row + patternSlots[at + i]];
        return meeting;
    }

    // Most patterns find their group among the highest prices, so that the later words are seldom needed.
    private void Build(int last)
    {
        for (; builtWords <= last; builtWords++)
        {
            var row = bits.AsSpan(builtWords * grid.Slots, grid.Slots);
            row.Clear();
            var end = Math.Min(64, wishes.Length - (builtWords * 64));
            for (var i = 0; i < end; i++)
            {
                var bit = 1UL << i;
                for (var slots = slotsOf[sorted[(builtWords * 64) + i]]; slots != 0; slots &= slots - 1)
                    row[BitOperations.TrailingZeroCount(slots)] |= bit;
            }
        }
    }
}
