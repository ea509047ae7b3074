namespace Stages.Pairing.Model;

/// <summary>The problem with names replaced by numbers and slots by bits; never changes during a run.</summary>
/// <remarks>
/// Pupils and offers are put in an order that depends on their content alone, so that the order of the file's lists
/// and the ids in it have no influence on the result.
/// </remarks>
internal sealed class Campaign
{
    /// <summary>A level's wishes for one subject: pool = subject × levels + level.</summary>
    public readonly int Weeks,
        Levels,
        Subjects,
        Pools,
        Pupils,
        Wishes,
        Offers;
    public readonly bool SingleWeek;
    public readonly int GroupMin,
        VolunteerGroup,
        FirstWish,
        FurtherWish;
    public readonly Grid Grid;
    public readonly Problem Problem;
    public readonly string[] WeekNames,
        LevelNames,
        SubjectNames;

    public readonly Pupil[] PupilOf;
    public readonly int[] PupilLevel,
        PupilPriority,
        PupilSchool,
        FirstWishOf;

    /// <summary>By pupil × weeks + week: slots at which the pupil can attend, and whether they prefer that week.</summary>
    public readonly ulong[] PupilSlots;
    public readonly bool[] PupilPrefers;

    /// <summary>The pupils of each family, and what it asks.</summary>
    public readonly int[][] Families;
    public readonly string[] FamilyRule;

    /// <summary>By pupil: brothers and sisters who are never to have a module at the same time.</summary>
    public readonly int[][] Apart;

    /// <summary>By pupil: one number for all of whom only one can be in a module at a time; the pupil's own where none matters.</summary>
    public readonly int[] OneAtATime;

    public readonly int[] WishPupil,
        WishPool;
    public readonly string[] WishIds;

    public readonly Offer[] OfferOf;
    public readonly int[] OfferLimit,
        OfferGroupMax;
    public readonly ulong[] OfferSlots,
        OfferPrefers;

    /// <summary>What an offer can teach in one stage; a combo is a subject with one level or two adjacent ones.</summary>
    public readonly int[][] OfferCombos;
    public readonly Combo[] Combos;
    public readonly int[][] OffersOfPool,
        WishesOfPool;

    /// <summary>By pool: every offer that teaches it, whether or not it could ever hold a stage.</summary>
    public readonly int[][] TeachersOfPool;

    /// <summary>By offer × weeks + week: number of its first possible stage; the last entry is the number of all.</summary>
    public readonly int[] FirstStageOf;

    public Campaign(Problem problem)
    {
        Problem = problem;
        var rules = problem.Rules;
        Grid = new Grid(rules);
        (SingleWeek, GroupMin) = (rules.SingleWeek, rules.GroupMin);
        (FirstWish, FurtherWish) = (rules.Weights.FirstWish, rules.Weights.FurtherWish);
        WeekNames = [.. rules.Weeks];
        LevelNames = [.. problem.Levels.Order(StringComparer.Ordinal)];
        SubjectNames = [.. problem.Subjects.Order(StringComparer.Ordinal)];
        (Weeks, Levels, Subjects) = (WeekNames.Length, LevelNames.Length, SubjectNames.Length);
        Pools = Levels * Subjects;
        var level = Numbers(LevelNames);
        var subject = Numbers(SubjectNames);
        var open = OpenSlots(rules);

        // Pupils, by content.
        Pupils = problem.Pupils.Count;
        var keyed = new (ulong Key, long Enrolled, int Index)[Pupils];
        for (var i = 0; i < Pupils; i++)
            keyed[i] = (ContentKey(problem.Pupils[i], level, subject, open), problem.Pupils[i].EnrolledAt, i);
        Array.Sort(keyed, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Enrolled.CompareTo(b.Enrolled));
        PupilOf = new Pupil[Pupils];
        PupilLevel = new int[Pupils];
        PupilPriority = new int[Pupils];
        PupilSchool = new int[Pupils];
        PupilSlots = new ulong[Pupils * Weeks];
        PupilPrefers = new bool[Pupils * Weeks];
        FirstWishOf = new int[Pupils + 1];
        Wishes = problem.Pupils.Sum(p => p.Wishes.Count);
        WishPupil = new int[Wishes];
        WishPool = new int[Wishes];
        WishIds = new string[Wishes];
        var w = 0;
        for (var p = 0; p < Pupils; p++)
        {
            var pupil = PupilOf[p] = problem.Pupils[keyed[p].Index];
            PupilLevel[p] = level[pupil.Level];
            PupilPriority[p] = pupil.Priority;
            for (var k = 0; k < Weeks; k++)
            {
                PupilSlots[p * Weeks + k] = SlotsOfPupil(pupil, WeekNames[k]) & open[k];
                PupilPrefers[p * Weeks + k] = pupil.Weeks.GetValueOrDefault(WeekNames[k]) == 2;
            }

            FirstWishOf[p] = w;
            foreach (var wish in pupil.Wishes.Count > 1 ? pupil.Wishes.OrderBy(v => subject[v.Subject]) : pupil.Wishes.AsEnumerable())
            {
                WishPupil[w] = p;
                WishPool[w] = subject[wish.Subject] * Levels + PupilLevel[p];
                WishIds[w++] = wish.Id;
            }
        }

        FirstWishOf[Pupils] = Wishes;
        Families = FamiliesOf(PupilOf);
        FamilyRule = [.. Families.Select(family => PupilOf[family[0]].SiblingsRule ?? SiblingsRule.SameWeek)];
        (Apart, OneAtATime) = KeptApart();
        WishesOfPool = Invert(WishPool, Pools);

        // Offers, by content.
        Offers = problem.Offers.Count;
        var combos = new ComboTable(level, subject, rules.AdjacentLevels, Levels);
        var sorted = new (string Key, int Index)[Offers];
        for (var i = 0; i < Offers; i++)
            sorted[i] = (ContentKey(problem.Offers[i], WeekNames), i);
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key) is not 0 and var c ? c : a.Index.CompareTo(b.Index));
        OfferOf = new Offer[Offers];
        OfferLimit = new int[Offers];
        OfferGroupMax = new int[Offers];
        OfferSlots = new ulong[Offers * Weeks];
        OfferPrefers = new ulong[Offers * Weeks];
        OfferCombos = new int[Offers][];
        FirstStageOf = new int[Offers * Weeks + 1];
        for (var o = 0; o < Offers; o++)
        {
            var offer = OfferOf[o] = problem.Offers[sorted[o].Index];
            OfferGroupMax[o] = offer.GroupMax;
            OfferCombos[o] = combos.Of(offer);
            for (var k = 0; k < Weeks; k++)
            {
                OfferSlots[o * Weeks + k] = Mask(offer.Slots.GetValueOrDefault(WeekNames[k])) & open[k];
                OfferPrefers[o * Weeks + k] = Mask(offer.Preferred?.GetValueOrDefault(WeekNames[k]));
            }

            // No more stages in a week than it accepts, nor than its slots can hold.
            OfferLimit[o] = Math.Min(offer.StagesPerWeek, Grid.Slots / Grid.ModulesMin);
            for (var k = 0; k < Weeks; k++)
            {
                var possible =
                    Grid.HoldsStage(OfferSlots[o * Weeks + k]) && offer.GroupMax >= GroupMin
                        ? Math.Min(OfferLimit[o], System.Numerics.BitOperations.PopCount(OfferSlots[o * Weeks + k]) / Grid.ModulesMin)
                        : 0;
                FirstStageOf[o * Weeks + k + 1] = FirstStageOf[o * Weeks + k] + possible;
            }
        }

        // The campaign's own size, or that of its most welcoming teacher; six where there is none.
        VolunteerGroup = Math.Max(GroupMin, rules.GroupMax ?? (Offers == 0 ? 6 : OfferGroupMax.Max()));
        Combos = combos.All();
        TeachersOfPool = OffersByPool();
        OffersOfPool = [.. TeachersOfPool.Select(list => list.Where(CanHoldStages).ToArray())];
        PupilSchool = SchoolsOf(PupilOf);
    }

    /// <summary>How many stages could exist at once.</summary>
    public int Stages => FirstStageOf[^1];

    /// <summary>The combo of this pool alone, which an offer that teaches the pool has.</summary>
    public int SingleCombo(int offer, int pool) => Array.Find(OfferCombos[offer], combo => Combos[combo] == new Combo(pool, -1));

    /// <summary>What one more placed wish counts for a pupil who has <paramref name="placed"/> already.</summary>
    public int Worth(int pupil, int placed) => PupilPriority[pupil] * (placed == 0 ? FirstWish : FurtherWish);

    /// <summary>What <paramref name="placed"/> wishes count for a pupil.</summary>
    public long WorthOf(int pupil, int placed) =>
        placed == 0 ? 0 : (long)PupilPriority[pupil] * (FirstWish + (long)FurtherWish * (placed - 1));

    /// <summary>What all wishes together would count: a bound that needs no computation.</summary>
    public long WorthOfAll()
    {
        var sum = 0L;
        for (var p = 0; p < Pupils; p++)
            sum += WorthOf(p, FirstWishOf[p + 1] - FirstWishOf[p]);
        return sum;
    }

    /// <summary>One in <paramref name="one"/> of the pupils and of the offers, evenly over all kinds.</summary>
    public Campaign Sample(int one) =>
        new(
            Problem with
            {
                Pupils = [.. PupilOf.Where((_, i) => i % one == one / 2)],
                Offers = [.. OfferOf.Where((_, i) => i % one == one / 2)],
            }
        );

    public static ulong Mask(int[]? slots)
    {
        var mask = 0UL;
        foreach (var slot in slots ?? [])
            mask |= 1UL << slot;
        return mask;
    }

    private static ulong SlotsOfPupil(Pupil pupil, string week) =>
        pupil.Weeks.ContainsKey(week) ? Mask(pupil.Slots.GetValueOrDefault(week)) : 0;

    private ulong[] OpenSlots(Rules rules)
    {
        var open = new ulong[Weeks];
        Array.Fill(open, Grid.Slots == 64 ? ulong.MaxValue : (1UL << Grid.Slots) - 1);
        foreach (var closed in rules.Closed ?? [])
            open[Array.IndexOf(WeekNames, closed.Week)] &= ~(1UL << closed.Slot);
        return open;
    }

    private static Dictionary<string, int> Numbers(string[] names) =>
        names.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i, StringComparer.Ordinal);

    // The level leads the key so that the pupils of a level lie side by side in memory; the rest is a hash of what matters.
    private ulong ContentKey(Pupil pupil, Dictionary<string, int> level, Dictionary<string, int> subject, ulong[] open)
    {
        var hash = Mix(0x9E3779B97F4A7C15, (ulong)pupil.Priority);
        for (var k = 0; k < Weeks; k++)
        {
            hash = Mix(hash, SlotsOfPupil(pupil, WeekNames[k]) & open[k]);
            hash = Mix(hash, (ulong)pupil.Weeks.GetValueOrDefault(WeekNames[k]));
        }

        var wishes = 0UL;
        foreach (var wish in pupil.Wishes)
            wishes += Mix(1, (ulong)subject[wish.Subject]);
        return ((ulong)level[pupil.Level] << 56) | (Mix(hash, wishes) >> 8);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }

    private static string ContentKey(Offer offer, string[] weeks)
    {
        var teaches = string.Join(
            ';',
            offer
                .Teaches.Select(t => $"{t.Subject}:{string.Join(',', t.Levels.Order(StringComparer.Ordinal))}")
                .Order(StringComparer.Ordinal)
        );
        var slots = string.Join(
            ';',
            weeks.Select(k =>
                FormattableString.Invariant(
                    $"{Mask(offer.Slots.GetValueOrDefault(k)):x16}{Mask(offer.Preferred?.GetValueOrDefault(k)):x16}"
                )
            )
        );
        return FormattableString.Invariant($"{teaches}|{slots}|{offer.StagesPerWeek}|{offer.GroupMax}");
    }

    private static int[][] FamiliesOf(Pupil[] pupils)
    {
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var p = 0; p < pupils.Length; p++)
        {
            if (pupils[p].Siblings is { Length: > 0 } family)
                (members.TryGetValue(family, out var list) ? list : members[family] = []).Add(p);
        }

        return [.. members.Values.Select(list => list.ToArray()).OrderBy(list => list[0])];
    }

    private (int[][] Apart, int[] OneAtATime) KeptApart()
    {
        var apart = new int[Pupils][];
        Array.Fill(apart, []);
        int[] one = [.. Enumerable.Range(0, Pupils)];
        for (var f = 0; f < Families.Length; f++)
        {
            if (FamilyRule[f] != SiblingsRule.Apart)
                continue;
            foreach (var pupil in Families[f])
            {
                apart[pupil] = [.. Families[f].Where(p => p != pupil)];
                one[pupil] = Families[f][0];
            }
        }

        return (apart, one);
    }

    private static int[] SchoolsOf(Pupil[] pupils)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. pupils.Select(p => numbers.TryGetValue(p.School, out var n) ? n : numbers[p.School] = numbers.Count)];
    }

    private bool CanHoldStages(int offer) => FirstStageOf[offer * Weeks] < FirstStageOf[(offer + 1) * Weeks];

    private int[][] OffersByPool()
    {
        var lists = Enumerable.Range(0, Pools).Select(_ => new List<int>()).ToArray();
        for (var o = 0; o < Offers; o++)
        {
            foreach (var combo in OfferCombos[o])
            {
                if (Combos[combo].Second < 0)
                    lists[Combos[combo].First].Add(o);
            }
        }

        return [.. lists.Select(list => list.ToArray())];
    }

    private static int[][] Invert(int[] keys, int count)
    {
        var sizes = new int[count];
        foreach (var key in keys)
            sizes[key]++;
        var lists = sizes.Select(size => new int[size]).ToArray();
        Array.Clear(sizes);
        for (var i = 0; i < keys.Length; i++)
            lists[keys[i]][sizes[keys[i]]++] = i;
        return lists;
    }
}
