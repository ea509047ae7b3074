// Over 150 lines: building the tables, valuing them and letting offers choose share one layout.
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stages.Pairing.Model;
using Stages.Pairing.Search;

namespace Stages.Pairing.Bound;

/// <summary>The Lagrangian dual: a price for each wish and week separates the pupils' choices from the offers'.</summary>
/// <remarks>
/// Whatever the prices u ≥ 0, weight(any plan) ≤ Σ pupils max over a week and a set S of wishes of (weight(S) − u(S))
/// + Σ offers and weeks max over disjoint stages of the sum of their groups' prices. Prices and sums are whole numbers of
/// 1 / <see cref="Scale"/> of a unit of weight: the bound is exact, nothing is rounded the wrong way.
/// </remarks>
internal sealed class Prices
{
    private readonly Campaign c;
    private readonly int patterns;
    private readonly uint[] shortPatterns;
    private readonly int[] groupSizes;
    private readonly PoolWeek[] poolWeeks;
    private readonly ComboWeek?[] comboWeeks;
    private readonly int[][] widestCombos;
    private readonly OfferClass[] classes;
    private readonly bool[] reachable, possible;

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

    /// <summary>What a seat costs at a pattern: the mean of the highest prices of those who could meet there; 0 if there are too few.</summary>
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
        Parallel.For(0, poolWeeks.Length, Cores, pw =>
        {
            if (reachable[pw])
                poolWeeks[pw].Load(Price);
        });
        Parallel.For(0, comboWeeks.Length, Cores, cw => comboWeeks[cw]?.Load());
    }

    public ParallelOptions Cores { get; } = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>The bound at these prices (after <see cref="LoadTables"/> and <see cref="PupilsChoose"/>), rounded down: weights are whole.</summary>
    public long Value(long pupilsPart) => (pupilsPart + OffersPart()) / Scale;

    /// <summary>Every pupil takes the week and wishes that leave most after paying; returns the sum of what is left.</summary>
    public long PupilsChoose()
    {
        var total = 0L;
        var chunks = Math.Max(1, c.Pupils / 4096);
        Parallel.For(0, chunks, Cores, () => 0L, (chunk, _, sum) => sum + PupilsChoose((int)((long)c.Pupils * chunk / chunks), (int)((long)c.Pupils * (chunk + 1) / chunks)),
            sum => Interlocked.Add(ref total, sum));
        return total;
    }

    private long PupilsChoose(int from, int to)
    {
        var sum = 0L;
        Span<int> order = stackalloc int[16], cheapest = stackalloc int[16];
        for (var p = from; p < to; p++)
        {
            var (first, last) = (c.FirstWishOf[p], c.FirstWishOf[p + 1]);
            var (best, bestWeek) = (0L, -1);
            Wanted.AsSpan(first * c.Weeks, (last - first) * c.Weeks).Clear();
            if (!c.SingleWeek)
            {
                sum += ChooseAnyWeeks(p, first, last, cheapest);
                continue;
            }

            for (var k = 0; k < c.Weeks; k++)
            {
                var left = Surplus(p, first, last, k, order, out _);
                if (left > best)
                    (best, bestWeek) = (left, k);
            }

            if (bestWeek < 0)
                continue;
            sum += Surplus(p, first, last, bestWeek, order, out var count);
            for (var i = 0; i < count; i++)
                Wanted[(order[i] * c.Weeks) + bestWeek] = true;
        }

        return sum;
    }

    // In one week: a pupil's wishes count by their number alone, so the cheapest come first.
    private long Surplus(int pupil, int first, int last, int week, Span<int> order, out int count)
    {
        var n = 0;
        for (var w = first; w < last; w++)
        {
            if (!Reachable(w, week))
                continue;
            var i = n++;
            for (; i > 0 && Price[order[i - 1] * c.Weeks + week] > Price[w * c.Weeks + week]; i--)
                order[i] = order[i - 1];
            order[i] = w;
        }

        var (best, paid) = (0L, 0L);
        count = 0;
        for (var i = 0; i < n; i++)
        {
            paid += Price[order[i] * c.Weeks + week];
            var left = c.WorthOf(pupil, i + 1) * Scale - paid;
            if (left > best)
                (best, count) = (left, i + 1);
        }

        return best;
    }

    // Weeks are independent: each wish takes its cheapest week.
    private long ChooseAnyWeeks(int pupil, int first, int last, Span<int> cheapest)
    {
        var n = 0;
        for (var w = first; w < last; w++)
        {
            var best = -1;
            for (var k = 0; k < c.Weeks; k++)
            {
                if (Reachable(w, k) && (best < 0 || Price[w * c.Weeks + k] < Price[w * c.Weeks + best]))
                    best = k;
            }

            if (best < 0)
                continue;
            var i = n++;
            for (; i > 0 && Price[cheapest[i - 1]] > Price[w * c.Weeks + best]; i--)
                cheapest[i] = cheapest[i - 1];
            cheapest[i] = w * c.Weeks + best;
        }

        var (most, paid, count) = (0L, 0L, 0);
        for (var i = 0; i < n; i++)
        {
            paid += Price[cheapest[i]];
            var left = c.WorthOf(pupil, i + 1) * Scale - paid;
            if (left > most)
                (most, count) = (left, i + 1);
        }

        for (var i = 0; i < count; i++)
            Wanted[cheapest[i]] = true;
        return most;
    }

    /// <summary>Every offer teaches, in each week, the disjoint stages whose groups pay most; equal offers are counted once.</summary>
    private long OffersPart()
    {
        var total = 0L;
        Parallel.For(0, classes.Length, Cores, () => (Sum: 0L, Best: new int[patterns], Packing: new Packing(c.Grid)), (i, state, local) =>
        {
            var kind = classes[i];
            local.Best.AsSpan().Clear();
            foreach (var combo in kind.Combos)
                Largest(local.Best, comboWeeks[combo * c.Weeks + kind.Week]!.Value.AsSpan(kind.Size * patterns, patterns));
            foreach (var (slots, limit, times) in kind.Members)
            {
                var value = limit == 1 && shortPatterns.Length > 0
                    ? BestWithin(local.Best, (uint)slots, out _)
                    : local.Packing.Best(local.Best, slots, limit);
                local.Sum += value * times;
            }

            return local;
        }, local => Interlocked.Add(ref total, local.Sum));
        return total;
    }

    /// <summary>Lets the offers of a list choose in turn; each takes its group away from the next as long as others pay nearly as much.</summary>
    /// <param name="slack">How much less, per seat, a wish not taken yet may pay before one is taken twice.</param>
    public void OffersChoose(ReadOnlySpan<int> offerWeeks, int slack)
    {
        Span<int> ranksA = stackalloc int[64], ranksB = stackalloc int[64];
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
        int i = 0, j = 0, sum = 0;
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
        int i = 0, j = 0;
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

    // A wish can be placed in a week only if one of its offers shares enough slots with its pupil.
    private bool[] PossibleWeeks()
    {
        var found = new bool[c.Wishes * c.Weeks];
        Parallel.For(0, c.Pools * c.Weeks, Cores, pw =>
        {
            if (!reachable[pw])
                return;
            var (pool, week) = (pw / c.Weeks, pw % c.Weeks);
            ulong[] slots = [.. c.OffersOfPool[pool].Where(o => c.FirstStageOf[o * c.Weeks + week] < c.FirstStageOf[o * c.Weeks + week + 1])
                .Select(o => c.OfferSlots[o * c.Weeks + week]).Distinct()];
            foreach (var wish in c.WishesOfPool[pool])
            {
                var own = c.PupilSlots[c.WishPupil[wish] * c.Weeks + week];
                found[wish * c.Weeks + week] = own != 0 && Array.Exists(slots, s => c.Grid.HoldsStage(s & own));
            }
        });
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
        return new ComboWeek(poolWeeks[first * c.Weeks + week], second < 0 ? null : poolWeeks[second * c.Weeks + week], groupSizes, c.GroupMin, patterns);
    }
}
