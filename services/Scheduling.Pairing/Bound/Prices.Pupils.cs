namespace Stages.Pairing.Bound;

/// <content>The pupils' side: each chooses for itself, in closed form.</content>
internal sealed partial class Prices
{
    /// <summary>Every pupil takes the week and wishes that leave most after paying; returns the sum of what is left.</summary>
    public long PupilsChoose()
    {
        var total = 0L;
        var chunks = Math.Max(1, c.Pupils / 4096);
        Parallel.For(
            0,
            chunks,
            Cores,
            () => 0L,
            (chunk, _, sum) => sum + PupilsChoose((int)((long)c.Pupils * chunk / chunks), (int)((long)c.Pupils * (chunk + 1) / chunks)),
            sum => Interlocked.Add(ref total, sum)
        );
        return total;
    }

    private long PupilsChoose(int from, int to)
    {
        var sum = 0L;
        Span<int> order = stackalloc int[16],
            cheapest = stackalloc int[16];
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
}
