namespace Stages.Pairing.Search;

/// <summary>A stage that could be opened: what it teaches, when, for whom, and what that is worth in points.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal struct FoundStage
{
    public int Combo;
    public ulong Modules;
    public long Points;
}

/// <summary>Finds the stage that an offer should open in a week: the modules at which the most valuable group can meet.</summary>
/// <remarks>
/// Each pool's unplaced wishes that could come, at most 64, are sorted by what they count; every slot has a word with a bit for
/// each wish that is free then. A set of modules is the AND of its slots' words, and its group the lowest bits of that.
/// </remarks>
internal sealed class StageFinder(Plan plan)
{
    private const int Width = 64,
        Window = 160,
        MaxPools = 64;

    private readonly Campaign c = plan.C;
    private readonly Candidates[] known = [.. Enumerable.Range(0, MaxPools).Select(_ => new Candidates(plan.C.Grid.Slots))];
    private readonly int[] knownPool = new int[MaxPools];
    private readonly (int Key, int Wish)[] window = new (int, int)[Window];
    private readonly ulong[] allowed = new ulong[8],
        chosen = new ulong[8],
        wordA = new ulong[8],
        wordB = new ulong[8];
    private int knownCount;

    /// <summary>How much chance may change the value of a candidate, in points; 0 for the plainly best.</summary>
    public int Noise { get; set; }

    /// <summary>
    /// By wish × weeks + week, in points: what the bound's prices say a wish should pay for its place; null to go by weight
    /// alone.
    /// </summary>
    public int[]? Appeal { get; set; }

    /// <summary>
    /// Points of one unit of quality. By default a seventh of a unit of weight: it decides between equals, of which there are
    /// many.
    /// </summary>
    public int QualityPoints { get; set; } = UsualQualityPoints;

    public const int UsualQualityPoints = 15;

    /// <summary>Whether stages of four modules are looked for as well; for the weight alone three are enough.</summary>
    public bool Whole { get; set; }

    /// <summary>What siblings' weeks are worth, or null.</summary>
    public Siblings? Siblings { get; set; }

    /// <summary>A wish that the stage must include, or −1.</summary>
    public int MustSeat { get; set; } = -1;

    public bool Find(int offer, int week, Draw draw, out FoundStage best)
    {
        best = default;
        var free = plan.OfferFree(offer, week);
        if (!c.Grid.HoldsStage(free))
            return false;
        knownCount = 0;
        var seats = c.OfferGroupMax[offer];
        foreach (var combo in c.OfferCombos[offer])
        {
            var (first, second) = c.Combos[combo];
            if (MustSeat >= 0 && !c.Combos[combo].Takes(c.WishPool[MustSeat]))
                continue;
            var a = Of(first, week, free, draw);
            var b = second < 0 ? null : Of(second, week, free, draw);
            if (b is not null && (a.Count == 0 || b.Count == 0))
                continue;
            if (a.Count + (b?.Count ?? 0) >= c.GroupMin)
                BestModules(combo, a, b, free, c.OfferPrefers[offer * c.Weeks + week], seats, ref best);
        }

        return best.Modules != 0;
    }

    /// <summary>Opens the found stage and seats its group.</summary>
    public bool Open(int stage, in FoundStage found, Journal? journal)
    {
        var (first, second) = c.Combos[found.Combo];
        Candidates a = Known(first),
            b = second < 0 ? a : Known(second);
        plan.Open(stage, found.Combo, found.Modules, journal);
        var wordOfA = a.Meeting(found.Modules);
        var wordOfB = second < 0 ? 0 : b.Meeting(found.Modules);
        if (MustSeat >= 0)
            plan.Seat(MustSeat, stage, journal);
        var group = plan.GroupMax(stage);
        while ((wordOfA | wordOfB) != 0 && plan.Size[stage] < group)
        {
            var wish = TakeBest(a, b, ref wordOfA, ref wordOfB, out _);
            // Two wishes of one pupil may both be candidates; only the first still fits.
            if (plan.StageOfWish[wish] < 0 && plan.Fits(wish, stage))
                plan.Seat(wish, stage, journal);
        }

        return plan.Size[stage] >= c.GroupMin;
    }

    private Candidates Known(int pool)
    {
        for (var i = 0; i < knownCount; i++)
        {
            if (knownPool[i] == pool)
                return known[i];
        }

        throw new InvalidOperationException("no candidates were collected for this pool");
    }

    private Candidates Of(int pool, int week, ulong free, Draw draw)
    {
        for (var i = 0; i < knownCount; i++)
        {
            if (knownPool[i] == pool)
                return known[i];
        }

        var slot = Math.Min(knownCount, MaxPools - 1);
        knownPool[slot] = pool;
        knownCount = slot + 1;
        Collect(known[slot], pool, week, free, draw);
        return known[slot];
    }

    private void Collect(Candidates into, int pool, int week, ulong free, Draw draw)
    {
        var unplaced = plan.Unplaced.Items(pool);
        var n = 0;
        if (unplaced.Length > 0)
        {
            var at = unplaced.Length > Window ? draw.Below(unplaced.Length) : 0;
            var looked = Math.Min(unplaced.Length, 2 * Window);
            for (var i = 0; i < looked && n < Window; i++)
            {
                var wish = unplaced[at];
                at = at + 1 == unplaced.Length ? 0 : at + 1;
                var pupil = c.WishPupil[wish];
                var slots = plan.FreeSlots(pupil, week) & free;
                var shared = BitOperations.PopCount(slots);
                if (shared < c.Grid.ModulesMin)
                    continue;
                // Between equals, the pupil who can come at fewer slots goes first: the others find a place more easily.
                var key = Worth(wish, pupil, week) - BitOperations.PopCount(plan.FreeSlots(pupil, week));
                if (Noise > 0)
                    key += draw.Below(Noise);
                if (wish == MustSeat)
                    key += 1 << 28;
                window[n++] = (-key, wish);
            }
        }

        window.AsSpan(0, n).Sort(static (x, y) => x.Key != y.Key ? x.Key.CompareTo(y.Key) : x.Wish.CompareTo(y.Wish));
        into.Clear();
        for (var i = 0; i < Math.Min(n, Width); i++)
        {
            var pupil = c.WishPupil[window[i].Wish];
            into.Add(window[i].Wish, Worth(window[i].Wish, pupil, week), plan.FreeSlots(pupil, week) & free);
        }
    }

    // Where seats are plenty all prices are nothing: a little of the weight itself decides then.
    private const int AppealToGain = 8;

    private int Worth(int wish, int pupil, int week) =>
        (
            Appeal is null
                ? plan.Gain(pupil) * Plan.PointsPerWeight
                : Appeal[wish * c.Weeks + week] + (plan.Gain(pupil) * Plan.PointsPerWeight / AppealToGain)
        )
        + (c.PupilPrefers[pupil * c.Weeks + week] ? QualityWorth.PreferredWeek * QualityPoints : 0)
        + (Siblings?.PointsOfWeek(pupil, week, QualityPoints) ?? 0);

    private void BestModules(int combo, Candidates a, Candidates? b, ulong free, ulong preferred, int seats, ref FoundStage best)
    {
        var size = c.Grid.ModulesMin;
        var longest = Whole ? size + 1 : size;
        var depth = 0;
        var must = MustSeat >= 0 ? MustWord(a, b) : (A: 0UL, B: 0UL);
        var usable = free & (a.Anyone | (b?.Anyone ?? 0));
        var twoLevels = b is null ? 0 : QualityWorth.TwoLevels * QualityPoints;
        allowed[0] = usable;
        chosen[0] = 0;
        wordA[0] = a.All;
        wordB[0] = b?.All ?? 0;
        while (depth >= 0)
        {
            if (allowed[depth] == 0)
            {
                depth--;
                continue;
            }

            var slot = BitOperations.TrailingZeroCount(allowed[depth]);
            allowed[depth] &= allowed[depth] - 1;
            var wa = wordA[depth] & a.At(slot);
            var wb = b is null ? 0 : wordB[depth] & b.At(slot);
            var meeting = BitOperations.PopCount(wa) + BitOperations.PopCount(wb);
            if (meeting < c.GroupMin || (wa & must.A) != must.A || (wb & must.B) != must.B)
                continue;
            var next = chosen[depth] | (1UL << slot);
            // Fewer modules can only suit more pupils: what the best group at these is worth bounds every stage that contains them.
            var points = (b is null ? TopOne(a, wa, seats) : TopTwo(a, b, wa, wb, seats)) - twoLevels;
            var whole = Whole ? Math.Min(seats, meeting) * QualityPoints : 0;
            if (points + whole + (longest * QualityPoints) <= best.Points)
                continue;
            if (depth + 1 >= size)
            {
                points += BitOperations.PopCount(next & preferred) * QualityPoints;
                if (depth + 1 > size)
                    points += whole;
                if (points > best.Points)
                    best = new FoundStage
                    {
                        Combo = combo,
                        Modules = next,
                        Points = points,
                    };
                if (depth + 1 == longest)
                    continue;
            }

            depth++;
            chosen[depth] = next;
            allowed[depth] = usable & c.Grid.Later(next, slot);
            wordA[depth] = wa;
            wordB[depth] = wb;
        }
    }

    private (ulong A, ulong B) MustWord(Candidates a, Candidates? b)
    {
        // The wish has the largest key of all, hence the first place in its pool.
        if (a.Count > 0 && a.Wish(0) == MustSeat)
            return (1, 0);
        return b is { Count: > 0 } && b.Wish(0) == MustSeat ? (0, 1) : (ulong.MaxValue, ulong.MaxValue);
    }

    private static long TopOne(Candidates a, ulong word, int seats)
    {
        var points = 0L;
        for (; word != 0 && seats > 0; seats--, word &= word - 1)
            points += a.Points(BitOperations.TrailingZeroCount(word));
        return points;
    }

    private static long TopTwo(Candidates a, Candidates b, ulong wordOfA, ulong wordOfB, int seats)
    {
        var total = 0L;
        for (; (wordOfA | wordOfB) != 0 && seats > 0; seats--)
        {
            TakeBest(a, b, ref wordOfA, ref wordOfB, out var points);
            total += points;
        }

        return total;
    }

    private static int TakeBest(Candidates a, Candidates b, ref ulong wordOfA, ref ulong wordOfB, out int points)
    {
        var fromA = wordOfA == 0 ? -1 : BitOperations.TrailingZeroCount(wordOfA);
        var fromB = wordOfB == 0 ? -1 : BitOperations.TrailingZeroCount(wordOfB);
        if (fromB < 0 || (fromA >= 0 && a.Points(fromA) >= b.Points(fromB)))
        {
            wordOfA &= wordOfA - 1;
            points = a.Points(fromA);
            return a.Wish(fromA);
        }

        wordOfB &= wordOfB - 1;
        points = b.Points(fromB);
        return b.Wish(fromB);
    }

    /// <summary>The wishes of one pool that could join, best first, and for each slot who is free then.</summary>
    private sealed class Candidates(int slots)
    {
        private readonly int[] wishes = new int[Width],
            points = new int[Width];
        private readonly ulong[] free = new ulong[slots];

        public int Count { get; private set; }

        public ulong Anyone { get; private set; }

        public ulong All => Count == Width ? ulong.MaxValue : (1UL << Count) - 1;

        public int Wish(int i) => wishes[i];

        public int Points(int i) => points[i];

        public ulong At(int slot) => free[slot];

        public void Clear()
        {
            (Count, Anyone) = (0, 0);
            Array.Clear(free);
        }

        public void Add(int wish, int worth, ulong at)
        {
            wishes[Count] = wish;
            points[Count] = worth;
            Anyone |= at;
            var bit = 1UL << Count++;
            for (; at != 0; at &= at - 1)
                free[BitOperations.TrailingZeroCount(at)] |= bit;
        }

        public ulong Meeting(ulong modules)
        {
            var word = All;
            for (; modules != 0; modules &= modules - 1)
                word &= free[BitOperations.TrailingZeroCount(modules)];
            return word;
        }
    }
}
