namespace Stages.Pairing.Model;

/// <summary>The slots of one week as bits of a word, and the sets of modules that a stage may have.</summary>
internal sealed class Grid
{
    private readonly ulong[] dayMask;
    private readonly ulong[] laterDays;
    private readonly ulong[] laterSlots;

    public Grid(Rules rules)
    {
        Slots = rules.Days * rules.SlotsPerDay;
        ModulesMin = rules.ModulesMin;
        ModulesMax = rules.ModulesMax;
        PerDayMax = rules.ModulesPerDayMax;
        dayMask = new ulong[Slots];
        laterDays = new ulong[Slots];
        laterSlots = new ulong[Slots];
        var all = Slots == 64 ? ulong.MaxValue : (1UL << Slots) - 1;
        for (var slot = 0; slot < Slots; slot++)
        {
            var first = slot / rules.SlotsPerDay * rules.SlotsPerDay;
            for (var other = first; other < first + rules.SlotsPerDay; other++)
                dayMask[slot] |= 1UL << other;
            laterSlots[slot] = slot == 63 ? 0 : all & (ulong.MaxValue << (slot + 1));
            laterDays[slot] = laterSlots[slot] & ~dayMask[slot];
        }

        Patterns = [.. Enumerate(all, ModulesMin)];
    }

    public int Slots { get; }

    public int ModulesMin { get; }

    public int ModulesMax { get; }

    public int PerDayMax { get; }

    /// <summary>Every allowed set of the least number of modules. For the weight only these matter: a longer stage contains one.</summary>
    public ulong[] Patterns { get; }

    /// <summary>
    /// At most so many modules on a day: the slots after <paramref name="slot"/> that may still join <paramref name="chosen"/>.
    /// </summary>
    public ulong Later(ulong chosen, int slot) =>
        PerDayMax == 1 || BitOperations.PopCount(chosen & dayMask[slot]) >= PerDayMax ? laterDays[slot] : laterSlots[slot];

    /// <summary>Whether <paramref name="slot"/> can be added to <paramref name="chosen"/> without too many modules on its day.</summary>
    public bool DayHasRoom(ulong chosen, int slot) => BitOperations.PopCount(chosen & dayMask[slot]) < PerDayMax;

    /// <summary>Whether these slots are an allowed set of modules for one stage.</summary>
    public bool IsStage(ulong modules)
    {
        var count = BitOperations.PopCount(modules);
        if (count < ModulesMin || count > ModulesMax)
            return false;
        for (var rest = modules; rest != 0; rest &= rest - 1)
        {
            if (BitOperations.PopCount(modules & dayMask[BitOperations.TrailingZeroCount(rest)]) > PerDayMax)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether this list is an allowed set of modules: a timetable that people keep may name a slot twice, or one that is no
    /// more.
    /// </summary>
    public bool IsStage(int[] modules) =>
        Array.TrueForAll(modules, m => m >= 0 && m < Slots)
        && BitOperations.PopCount(Campaign.Mask(modules)) == modules.Length
        && IsStage(Campaign.Mask(modules));

    /// <summary>Whether <paramref name="free"/> has room for a stage at all.</summary>
    public bool HoldsStage(ulong free)
    {
        var usable = 0;
        while (free != 0)
        {
            var day = dayMask[BitOperations.TrailingZeroCount(free)];
            usable += Math.Min(PerDayMax, BitOperations.PopCount(free & day));
            free &= ~day;
        }

        return usable >= ModulesMin;
    }

    /// <summary>Every allowed set of <paramref name="size"/> modules within <paramref name="free"/>.</summary>
    public IEnumerable<ulong> Enumerate(ulong free, int size) => Extend(0, free, size);

    private IEnumerable<ulong> Extend(ulong chosen, ulong allowed, int missing)
    {
        if (missing == 0)
        {
            yield return chosen;
            yield break;
        }

        for (var rest = allowed; rest != 0; rest &= rest - 1)
        {
            var slot = BitOperations.TrailingZeroCount(rest);
            var next = chosen | (1UL << slot);
            foreach (var whole in Extend(next, allowed & Later(next, slot), missing - 1))
                yield return whole;
        }
    }

    public static int[] SlotsOf(ulong mask)
    {
        var slots = new int[BitOperations.PopCount(mask)];
        for (var i = 0; mask != 0; mask &= mask - 1)
            slots[i++] = BitOperations.TrailingZeroCount(mask);
        return slots;
    }
}
