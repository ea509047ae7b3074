using System.Runtime.CompilerServices;

namespace Stages.Pairing.Search;

/// <summary>
/// Which stages exist and who is in them. Changed only by opening, closing, seating and unseating, each of which can be undone.
/// </summary>
/// <remarks>
/// A stage's number is fixed: every offer has, in every week, as many numbers as it accepts stages. Two threads may change a
/// plan at once as long as they touch different offers and different levels; each then has its own <see cref="Journal"/>.
/// </remarks>
internal sealed class Plan
{
    /// <summary>Points per unit of weight: the rest of the points is quality, which only guides between equal weights.</summary>
    public const int PointsPerWeight = 100;

    public readonly Campaign C;

    /// <summary>By stage: its offer and week (never change), its modules (0 = not open), combo, group.</summary>
    public readonly int[] StageOffer;
    public readonly byte[] StageWeek;
    public readonly ulong[] Modules;
    public readonly int[] ComboOf,
        Size;
    public readonly bool[] Pinned;
    public readonly int[] SeatBase,
        Seats;

    /// <summary>By wish: the stage it is in (−1 = none) and its index among that stage's seats.</summary>
    public readonly int[] StageOfWish;
    private readonly byte[] seatOfWish;

    /// <summary>
    /// By pupil × weeks + week: slots that are taken, by the pupil or by a sibling who must not be there at the same time; by pupil:
    /// how many wishes are placed, and in which week if only one is allowed.
    /// </summary>
    public readonly ulong[] Busy;
    public readonly byte[] PlacedOf;
    private readonly sbyte[] weekOf;

    /// <summary>By pupil: the siblings to keep apart from whom this thread may change.</summary>
    private readonly int[][] apart;

    /// <summary>By pool: its unplaced wishes; its open stages; its open stages with a free seat.</summary>
    public readonly MemberLists Unplaced;
    public readonly MemberLists OpenStages;
    public readonly MemberLists FreeStages;

    /// <summary>By offer × weeks + week: slots used by its stages, and how many stages are open.</summary>
    public readonly ulong[] OfferBusy;
    public readonly byte[] OpenCount;

    public Plan(Campaign campaign)
    {
        C = campaign;
        var stages = C.Stages;
        StageOffer = new int[stages];
        StageWeek = new byte[stages];
        Modules = new ulong[stages];
        ComboOf = new int[stages];
        Size = new int[stages];
        Pinned = new bool[stages];
        SeatBase = new int[stages + 1];
        for (var ow = 0; ow < C.Offers * C.Weeks; ow++)
        {
            for (var s = C.FirstStageOf[ow]; s < C.FirstStageOf[ow + 1]; s++)
            {
                StageOffer[s] = ow / C.Weeks;
                StageWeek[s] = (byte)(ow % C.Weeks);
                SeatBase[s + 1] = SeatBase[s] + C.OfferGroupMax[ow / C.Weeks];
            }
        }

        Seats = new int[SeatBase[stages]];
        StageOfWish = new int[C.Wishes];
        Array.Fill(StageOfWish, -1);
        seatOfWish = new byte[C.Wishes];
        Busy = new ulong[C.Pupils * C.Weeks];
        PlacedOf = new byte[C.Pupils];
        weekOf = new sbyte[C.Pupils];
        apart = [.. C.Apart];
        OfferBusy = new ulong[C.Offers * C.Weeks];
        OpenCount = new byte[C.Offers * C.Weeks];
        Unplaced = new MemberLists([.. C.WishesOfPool.Select(list => list.Length)], C.Wishes);
        for (var w = 0; w < C.Wishes; w++)
            Unplaced.Add(C.WishPool[w], w);

        // A stage of two levels is in the lists of both pools.
        var room = new int[C.Pools];
        for (var pool = 0; pool < C.Pools; pool++)
        {
            foreach (var o in C.OffersOfPool[pool])
                room[pool] += C.FirstStageOf[(o + 1) * C.Weeks] - C.FirstStageOf[o * C.Weeks];
        }

        OpenStages = new MemberLists(room, stages * 2);
        FreeStages = new MemberLists(room, stages * 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GroupMax(int stage) => SeatBase[stage + 1] - SeatBase[stage];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Group(int stage) => Seats.AsSpan(SeatBase[stage], Size[stage]);

    /// <summary>
    /// The pupil can attend all modules, their stages do not overlap, nor with those of a sibling to keep apart from, and with "single
    /// week" lie in one: slots open to a wish not placed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong FreeSlots(int pupil, int week) =>
        C.SingleWeek && PlacedOf[pupil] > 0 && weekOf[pupil] != week
            ? 0
            : C.PupilSlots[pupil * C.Weeks + week] & ~Busy[pupil * C.Weeks + week];

    /// <summary>The same as if <paramref name="wish"/>, which is placed, were not.</summary>
    public ulong FreeSlotsWithout(int wish, int week)
    {
        var pupil = C.WishPupil[wish];
        var stage = StageOfWish[wish];
        var busy = Busy[pupil * C.Weeks + week];
        if (StageWeek[stage] == week)
            busy &= ~Modules[stage];
        return C.SingleWeek && PlacedOf[pupil] > 1 && weekOf[pupil] != week ? 0 : C.PupilSlots[pupil * C.Weeks + week] & ~busy;
    }

    /// <summary>The week a pupil is bound to by a placed wish, or −1.</summary>
    public int WeekOf(int pupil) => PlacedOf[pupil] == 0 ? -1 : weekOf[pupil];

    /// <summary>Weight gained by placing one more wish of this pupil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Gain(int pupil) => C.Worth(pupil, PlacedOf[pupil]);

    /// <summary>Weight lost by taking away one placed wish of this pupil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Loss(int pupil) => C.Worth(pupil, PlacedOf[pupil] - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Fits(int wish, int stage) => (Modules[stage] & ~FreeSlots(C.WishPupil[wish], StageWeek[stage])) == 0;

    /// <summary>Slots at which an offer is available and not already teaching.</summary>
    public ulong OfferFree(int offer, int week) => C.OfferSlots[offer * C.Weeks + week] & ~OfferBusy[offer * C.Weeks + week];

    /// <summary>An unused stage number of this offer and week, or −1: an offer has no more stages in a week than it accepts.</summary>
    public int SpareStage(int offer, int week)
    {
        var ow = offer * C.Weeks + week;
        if (OpenCount[ow] >= C.FirstStageOf[ow + 1] - C.FirstStageOf[ow])
            return -1;
        for (var s = C.FirstStageOf[ow]; s < C.FirstStageOf[ow + 1]; s++)
        {
            if (Modules[s] == 0)
                return s;
        }

        return -1;
    }

    public void Open(int stage, int combo, ulong modules, Journal? journal)
    {
        var ow = StageOffer[stage] * C.Weeks + StageWeek[stage];
        Modules[stage] = modules;
        ComboOf[stage] = combo;
        OfferBusy[ow] |= modules;
        OpenCount[ow]++;
        var (first, second) = C.Combos[combo];
        OpenStages.Add(first, stage * 2);
        FreeStages.Add(first, stage * 2);
        if (second >= 0)
        {
            OpenStages.Add(second, stage * 2 + 1);
            FreeStages.Add(second, stage * 2 + 1);
        }

        journal?.Opened(stage);
    }

    /// <summary>Closes an empty stage.</summary>
    public void Close(int stage, Journal? journal)
    {
        journal?.Closed(stage, ComboOf[stage], Modules[stage]);
        var ow = StageOffer[stage] * C.Weeks + StageWeek[stage];
        var (first, second) = C.Combos[ComboOf[stage]];
        OpenStages.Remove(first, stage * 2);
        FreeStages.Remove(first, stage * 2);
        if (second >= 0)
        {
            OpenStages.Remove(second, stage * 2 + 1);
            FreeStages.Remove(second, stage * 2 + 1);
        }

        OfferBusy[ow] &= ~Modules[stage];
        OpenCount[ow]--;
        Modules[stage] = 0;
    }

    /// <summary>Gives an open stage another form that suits its teacher and whole group.</summary>
    public void Reopen(int stage, int combo, ulong modules, Journal? journal)
    {
        Span<int> group = stackalloc int[Size[stage]];
        Group(stage).CopyTo(group);
        Dissolve(stage, journal);
        Open(stage, combo, modules, journal);
        foreach (var wish in group)
            Seat(wish, stage, journal);
    }

    /// <summary>Changes the modules of an open stage whose teacher and whole group can follow.</summary>
    public void Shift(int stage, ulong modules)
    {
        var week = StageWeek[stage];
        var old = Modules[stage];
        foreach (var w in Group(stage))
        {
            Free(C.WishPupil[w], week, old);
            Take(C.WishPupil[w], week, modules);
        }

        var ow = StageOffer[stage] * C.Weeks + week;
        OfferBusy[ow] = (OfferBusy[ow] & ~old) | modules;
        Modules[stage] = modules;
    }

    public void Seat(int wish, int stage, Journal? journal)
    {
        var pupil = C.WishPupil[wish];
        var week = StageWeek[stage];
        var seat = Size[stage]++;
        Seats[SeatBase[stage] + seat] = wish;
        seatOfWish[wish] = (byte)seat;
        StageOfWish[wish] = stage;
        Take(pupil, week, Modules[stage]);
        PlacedOf[pupil]++;
        weekOf[pupil] = (sbyte)week;
        Unplaced.Remove(C.WishPool[wish], wish);
        if (Size[stage] == GroupMax(stage))
        {
            var (first, second) = C.Combos[ComboOf[stage]];
            FreeStages.Remove(first, stage * 2);
            if (second >= 0)
                FreeStages.Remove(second, stage * 2 + 1);
        }

        journal?.Seated(wish, stage);
    }

    public void Unseat(int wish, Journal? journal)
    {
        var stage = StageOfWish[wish];
        journal?.Unseated(wish, stage);
        var pupil = C.WishPupil[wish];
        if (Size[stage] == GroupMax(stage))
        {
            var (first, second) = C.Combos[ComboOf[stage]];
            FreeStages.Add(first, stage * 2);
            if (second >= 0)
                FreeStages.Add(second, stage * 2 + 1);
        }

        var seat = seatOfWish[wish];
        var last = Seats[SeatBase[stage] + --Size[stage]];
        Seats[SeatBase[stage] + seat] = last;
        seatOfWish[last] = seat;
        StageOfWish[wish] = -1;
        Free(pupil, StageWeek[stage], Modules[stage]);
        PlacedOf[pupil]--;
        Unplaced.Add(C.WishPool[wish], wish);
    }

    /// <summary>Empties and closes a stage.</summary>
    public void Dissolve(int stage, Journal? journal)
    {
        while (Size[stage] > 0)
            Unseat(Seats[SeatBase[stage] + Size[stage] - 1], journal);
        Close(stage, journal);
    }

    // Of siblings who are kept apart never two are at one time, so what one frees none of the others has.
    private void Take(int pupil, int week, ulong modules)
    {
        Busy[pupil * C.Weeks + week] |= modules;
        foreach (var sibling in apart[pupil])
            Busy[sibling * C.Weeks + week] |= modules;
    }

    private void Free(int pupil, int week, ulong modules)
    {
        Busy[pupil * C.Weeks + week] &= ~modules;
        foreach (var sibling in apart[pupil])
            Busy[sibling * C.Weeks + week] &= ~modules;
    }

    /// <summary>The slots at which a pupil meets, whatever siblings do.</summary>
    public ulong OwnModules(int pupil, int week)
    {
        var modules = 0UL;
        for (var w = C.FirstWishOf[pupil]; w < C.FirstWishOf[pupil + 1]; w++)
        {
            if (StageOfWish[w] >= 0 && StageWeek[StageOfWish[w]] == week)
                modules |= Modules[StageOfWish[w]];
        }

        return modules;
    }

    /// <summary>For a round in which siblings belong to two threads: whom each still has to tell of what it takes.</summary>
    public void Tell(int pupil, int[] siblings) => apart[pupil] = siblings;

    public long Weight()
    {
        var weight = 0L;
        for (var p = 0; p < C.Pupils; p++)
            weight += C.WorthOf(p, PlacedOf[p]);
        return weight;
    }

    public int PlacedWishes()
    {
        var placed = 0;
        foreach (var size in Size)
            placed += size;
        return placed;
    }

    /// <summary>
    /// A stage's share of the quality: preferred weeks of its group, its fourth module, its teacher's preferred slots, its
    /// levels.
    /// </summary>
    public int Quality(int stage)
    {
        var week = StageWeek[stage];
        var quality = BitOperations.PopCount(Modules[stage] & C.OfferPrefers[StageOffer[stage] * C.Weeks + week]);
        if (C.Combos[ComboOf[stage]].HasTwoLevels)
            quality -= QualityWorth.TwoLevels;
        if (BitOperations.PopCount(Modules[stage]) == QualityWorth.WholeStage)
            quality += Size[stage];
        foreach (var w in Group(stage))
        {
            if (C.PupilPrefers[C.WishPupil[w] * C.Weeks + week])
                quality += QualityWorth.PreferredWeek;
        }

        return quality;
    }
}

/// <summary>What the second objective counts.</summary>
internal static class QualityWorth
{
    /// <summary>For each wish placed in a week that its pupil prefers.</summary>
    public const int PreferredWeek = 3;

    /// <summary>A stage of this many modules counts one for each of its group.</summary>
    public const int WholeStage = 4;

    /// <summary>For each module at a slot its teacher prefers.</summary>
    public const int PreferredSlot = 1;

    /// <summary>Taken off for each stage of two levels.</summary>
    public const int TwoLevels = 2;

    /// <summary>For each family that asks for one week and whose every member has a place, all in one.</summary>
    public const int SiblingsTogether = 2;

    /// <summary>For each family that asks for the same hours and whose every member has a place, all at the same.</summary>
    public const int SiblingsAtTheSameHours = 4;
}
