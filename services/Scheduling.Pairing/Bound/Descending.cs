namespace Stages.Pairing.Bound;

/// <summary>
/// Sorts keys by their upper half, the largest first; for long lists by digits, which is several times faster than comparing.
/// </summary>
internal static class Descending
{
    private const int DigitBits = 11,
        Digits = 1 << DigitBits,
        Short = 256;

    public static void Sort(long[] keys, long[] spare)
    {
        if (keys.Length < Short)
        {
            keys.AsSpan().Sort(static (a, b) => b.CompareTo(a));
            return;
        }

        var highest = 0L;
        foreach (var key in keys)
            highest = Math.Max(highest, key >> 32);
        Span<int> start = stackalloc int[Digits];
        var (from, to) = (keys, spare);
        for (var shift = 32; shift < 64 && highest >> (shift - 32) != 0; shift += DigitBits)
        {
            start.Clear();
            foreach (var key in from)
                start[Digits - 1 - (int)((key >> shift) & (Digits - 1))]++;
            var sum = 0;
            for (var i = 0; i < Digits; i++)
                (start[i], sum) = (sum, sum + start[i]);
            foreach (var key in from)
                to[start[Digits - 1 - (int)((key >> shift) & (Digits - 1))]++] = key;
            (from, to) = (to, from);
        }

        if (from != keys)
            from.CopyTo(keys, 0);
    }
}
