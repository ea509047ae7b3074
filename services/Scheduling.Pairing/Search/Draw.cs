namespace Stages.Pairing.Search;

/// <summary>A small random generator (xorshift128+): the same seed gives the same run on every machine and runtime.</summary>
internal sealed class Draw
{
    private ulong a,
        b;

    public Draw(long seed, long stream = 0)
    {
        a = Scatter((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)stream * 0xD1B54A32D192ED03 + 1);
        b = Scatter(a + 0x8CB92BA72F3D8DD7);
    }

    public ulong Bits()
    {
        var (x, y) = (a, b);
        a = y;
        x ^= x << 23;
        b = x ^ y ^ (x >> 17) ^ (y >> 26);
        return b + y;
    }

    /// <summary>A number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(((Bits() >> 32) * (ulong)count) >> 32);

    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public void Shuffle(int[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Scatter(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        x ^= x >> 31;
        return x == 0 ? 1 : x;
    }
}
