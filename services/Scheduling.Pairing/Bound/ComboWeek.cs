namespace Stages.Pairing.Bound;

/// <summary>What the best group of one combo in one week pays, for every pattern and every largest group.</summary>
internal sealed class ComboWeek(PoolWeek first, PoolWeek? second, int[] groupSizes, int groupMin, int patterns)
{
    public PoolWeek First => first;

    public PoolWeek? Second => second;

    /// <summary>By group size (its index) × patterns + pattern: the sum of the highest prices, 0 if too few can come.</summary>
    public int[] Value { get; } = new int[groupSizes.Length * patterns];

    /// <summary>The same while offers take wishes one after another.</summary>
    public int[] Left { get; } = new int[groupSizes.Length * patterns];

    public void Load()
    {
        var largest = first.Largest;
        for (var p = 0; p < patterns; p++)
        {
            int i = 0,
                j = 0,
                taken = 0,
                sum = 0;
            int a = first.TopCount[p],
                b = second?.TopCount[p] ?? 0;
            var (atA, atB) = (p * largest, p * largest);
            for (var size = 0; size < groupSizes.Length; size++)
            {
                for (; taken < groupSizes[size] && i + j < a + b; taken++)
                    sum += j >= b || (i < a && first.Top[atA + i] >= second!.Top[atB + j]) ? first.Top[atA + i++] : second!.Top[atB + j++];
                Value[(size * patterns) + p] = taken >= groupMin ? sum : 0;
            }
        }

        Value.CopyTo(Left, 0);
    }
}
