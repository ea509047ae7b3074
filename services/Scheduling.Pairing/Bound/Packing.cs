namespace Stages.Pairing.Bound;

/// <summary>The best set of disjoint stages that one offer can teach in one week; never less than the best.</summary>
internal sealed class Packing(Grid grid)
{
    private const int MaxLooked = 20_000;
    private readonly (int Value, ulong Modules)[] fitting = new (int, ulong)[grid.Patterns.Length];
    private int count,
        looked;

    public long Best(ReadOnlySpan<int> values, ulong slots, int limit)
    {
        count = 0;
        var top = 0;
        for (var p = 0; p < values.Length; p++)
        {
            if (values[p] > 0 && (grid.Patterns[p] & ~slots) == 0)
            {
                fitting[count++] = (values[p], grid.Patterns[p]);
                top = Math.Max(top, values[p]);
            }
        }

        if (count == 0 || limit == 1)
            return top;
        // A first packing, each stage the best of those left, says how low a stage of a better one can be.
        var greedy = Greedy(limit);
        var least = greedy - ((long)top * (limit - 1));
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (fitting[i].Value >= least)
                fitting[kept++] = fitting[i];
        }

        count = kept;
        fitting.AsSpan(0, count).Sort(static (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Modules.CompareTo(b.Modules));
        looked = 0;
        return Extend(0, 0, limit, 0, greedy);
    }

    private long Greedy(int limit)
    {
        var (sum, busy) = (0L, 0UL);
        for (; limit > 0; limit--)
        {
            var (best, modules) = (0, 0UL);
            for (var i = 0; i < count; i++)
            {
                if (fitting[i].Value > best && (fitting[i].Modules & busy) == 0)
                    (best, modules) = fitting[i];
            }

            if (best == 0)
                break;
            sum += best;
            busy |= modules;
        }

        return sum;
    }

    private long Extend(int from, ulong busy, int left, long sum, long best)
    {
        best = Math.Max(best, sum);
        if (left == 0)
            return best;
        for (var i = from; i < count; i++)
        {
            var reach = sum + ((long)fitting[i].Value * left);
            if (reach <= best)
                return best;
            // Giving up the search keeps the bound valid: nothing from here on can be worth more than this.
            if (++looked > MaxLooked)
                return reach;
            if ((fitting[i].Modules & busy) == 0)
                best = Math.Max(best, Extend(i + 1, busy | fitting[i].Modules, left - 1, sum + fitting[i].Value, best));
        }

        return best;
    }
}
