using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stages.Pairing.Bound;

/// <content>The offers' side: each packs the disjoint stages whose groups pay most.</content>
internal sealed partial class Prices
{
    /// <summary>Every offer teaches, in each week, the disjoint stages whose groups pay most; equal offers are counted once.</summary>
    private long OffersPart()
    {
        var total = 0L;
        Parallel.For(
            0,
            classes.Length,
            Cores,
            () => (Sum: 0L, Best: new int[patterns], Packing: new Packing(c.Grid)),
            (i, state, local) =>
            {
                var kind = classes[i];
                local.Best.AsSpan().Clear();
                foreach (var combo in kind.Combos)
                    Largest(local.Best, comboWeeks[combo * c.Weeks + kind.Week]!.Value.AsSpan(kind.Size * patterns, patterns));
                foreach (var (slots, limit, times) in kind.Members)
                {
                    var value =
                        limit == 1 && shortPatterns.Length > 0
                            ? BestWithin(local.Best, (uint)slots, out _)
                            : local.Packing.Best(local.Best, slots, limit);
                    local.Sum += value * times;
                }

                return local;
            },
            local => Interlocked.Add(ref total, local.Sum)
        );
        return total;
    }

    /// <summary>What one offer can earn in one week at most (after <see cref="LoadTables"/>).</summary>
    public long MostOf(int offerWeek)
    {
        var (offer, week) = (offerWeek / c.Weeks, offerWeek % c.Weeks);
        var limit = c.FirstStageOf[offerWeek + 1] - c.FirstStageOf[offerWeek];
        if (limit == 0)
            return 0;
        var best = new int[patterns];
        foreach (var combo in widestCombos[offer])
            Largest(
                best,
                comboWeeks[combo * c.Weeks + week]!.Value.AsSpan(Array.IndexOf(groupSizes, c.OfferGroupMax[offer]) * patterns, patterns)
            );
        return new Packing(c.Grid).Best(best, c.OfferSlots[offerWeek], limit);
    }

    /// <summary>
    /// Lets the offers of a list choose in turn; each takes its group away from the next as long as others pay nearly as much.
    /// </summary>
    /// <param name="slack">How much less, per seat, a wish not taken yet may pay before one is taken twice.</param>
    public void OffersChoose(ReadOnlySpan<int> offerWeeks, int slack)
    {
        Span<int> ranksA = stackalloc int[64],
            ranksB = stackalloc int[64];
        foreach (var ow in offerWeeks)
        {
            var (offer, week) = (ow / c.Weeks, ow % c.Weeks);
            var size = Array.IndexOf(groupSizes, c.OfferGroupMax[offer]);
            var free = c.OfferSlots[ow];
            var stages = c.FirstStageOf[ow + 1] - c.FirstStageOf[ow];
            for (var s = 0; s < stages; s++)
            {
                var pattern = ChooseOne(offer, week, size, free, slack, ranksA, ranksB);
                if (pattern < 0)
                    break;
                free &= ~c.Grid.Patterns[pattern];
            }
        }
    }

    private int ChooseOne(int offer, int week, int size, ulong free, int slack, Span<int> ranksA, Span<int> ranksB)
    {
        var seats = groupSizes[size];
        for (var tries = 0; ; tries++)
        {
            var (best, bestPattern, bestCombo) = (0, -1, -1);
            foreach (var combo in widestCombos[offer])
            {
                var value = BestWithin(comboWeeks[combo * c.Weeks + week]!.Left.AsSpan(size * patterns, patterns), free, out var pattern);
                if (value > best)
                    (best, bestPattern, bestCombo) = (value, pattern, combo);
            }

            if (bestPattern < 0)
                return -1;
            var table = comboWeeks[bestCombo * c.Weeks + week]!;
            var at = size * patterns + bestPattern;
            var a = table.First.Ranks(bestPattern, seats, onlyUnused: true, ranksA);
            var b = table.Second?.Ranks(bestPattern, seats, onlyUnused: true, ranksB) ?? 0;
            var now = Sum(table, ranksA[..a], ranksB[..b], seats);
            var least = table.Value[at] - (seats * slack);
            if (tries < 8 && Math.Max(now, least) < table.Left[at])
            {
                table.Left[at] = Math.Max(now, least);
                continue;
            }

            if (now < least || a + b < c.GroupMin)
            {
                a = table.First.Ranks(bestPattern, seats, onlyUnused: false, ranksA);
                b = table.Second?.Ranks(bestPattern, seats, onlyUnused: false, ranksB) ?? 0;
            }

            Take(table, ranksA[..a], ranksB[..b], seats);
            return bestPattern;
        }
    }

    private static int Sum(ComboWeek table, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int seats)
    {
        int i = 0,
            j = 0,
            sum = 0;
        for (; seats > 0 && i + j < a.Length + b.Length; seats--)
        {
            if (j >= b.Length || (i < a.Length && table.First.Price(a[i]) >= table.Second!.Price(b[j])))
                sum += table.First.Price(a[i++]);
            else
                sum += table.Second!.Price(b[j++]);
        }

        return sum;
    }

    private void Take(ComboWeek table, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int seats)
    {
        int i = 0,
            j = 0;
        for (; seats > 0 && i + j < a.Length + b.Length; seats--)
        {
            if (j >= b.Length || (i < a.Length && table.First.Price(a[i]) >= table.Second!.Price(b[j])))
                Take(table.First, a[i++]);
            else
                Take(table.Second!, b[j++]);
        }
    }

    private void Take(PoolWeek pool, int rank)
    {
        pool.Use(rank);
        ref var used = ref Used[pool.PriceIndex(rank)];
        if (used < 255)
            used++;
    }

    private int BestWithin(ReadOnlySpan<int> values, ulong free, out int pattern)
    {
        if (shortPatterns.Length > 0)
            return BestWithin(values, (uint)free, out pattern);
        (var best, pattern) = (0, -1);
        for (var p = 0; p < patterns; p++)
        {
            if (values[p] > best && (c.Grid.Patterns[p] & ~free) == 0)
                (best, pattern) = (values[p], p);
        }

        return best;
    }

    private int BestWithin(ReadOnlySpan<int> values, uint free, out int pattern)
    {
        (var best, pattern) = (0, -1);
        var p = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var closed = Vector256.Create(~free);
            var top = Vector256<int>.Zero;
            var at = Vector256.Create(-1);
            var index = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
            var eight = Vector256.Create(8);
            ref var v0 = ref MemoryMarshal.GetReference(values);
            ref var p0 = ref MemoryMarshal.GetArrayDataReference(shortPatterns);
            for (; p + 8 <= values.Length; p += 8)
            {
                var value = Vector256.LoadUnsafe(ref v0, (nuint)p);
                var fits = Vector256.Equals(Vector256.LoadUnsafe(ref p0, (nuint)p) & closed, Vector256<uint>.Zero).AsInt32();
                var better = fits & Vector256.GreaterThan(value, top);
                top = Vector256.ConditionalSelect(better, value, top);
                at = Vector256.ConditionalSelect(better, index, at);
                index += eight;
            }

            for (var lane = 0; lane < 8; lane++)
            {
                if (top[lane] > best || (top[lane] == best && best > 0 && at[lane] < pattern))
                    (best, pattern) = (top[lane], at[lane]);
            }
        }

        for (; p < values.Length; p++)
        {
            if (values[p] > best && (shortPatterns[p] & ~free) == 0)
                (best, pattern) = (values[p], p);
        }

        return best;
    }

    private static void Largest(Span<int> into, ReadOnlySpan<int> other)
    {
        var i = 0;
        for (; i + Vector<int>.Count <= into.Length; i += Vector<int>.Count)
            Vector.Max(new Vector<int>(into[i..]), new Vector<int>(other[i..])).CopyTo(into[i..]);
        for (; i < into.Length; i++)
            into[i] = Math.Max(into[i], other[i]);
    }
}
