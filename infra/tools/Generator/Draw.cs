namespace Stages.Generator;

/// <summary>Draws with weights from a seeded generator: the same seed gives the same population on every machine.</summary>
public sealed class Draw(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>0 ≤ result &lt; <paramref name="below"/>.</summary>
    public int Below(int below) => random.Next(below);

    /// <summary>0 ≤ result &lt; 1.</summary>
    public double Share() => random.NextDouble();

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T One<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>The place of one of the weights, each as likely as it is heavy.</summary>
    public int Weighted(params IReadOnlyList<double> weights)
    {
        var at = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Count - 1; i++)
        {
            at -= weights[i];
            if (at < 0)
                return i;
        }
        return weights.Count - 1;
    }

    public void Shuffle<T>(IList<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    /// <summary>
    /// Slots 0 to 19 of a week (day × 4 + place within the day) that somebody has: whole days, mornings, afternoons, all but one or
    /// two days, or slots here and there; people with regular weeks often lack one day as well.
    /// </summary>
    public int[] Availability(WeekShape shape, double scattered)
    {
        IEnumerable<int> slots = Enumerable.Range(0, 20);
        switch (shape)
        {
            case WeekShape.Mornings:
                slots = slots.Where(s => s % 4 < 2);
                break;
            case WeekShape.Afternoons:
                slots = slots.Where(s => s % 4 >= 2);
                break;
            case WeekShape.SomeDaysOff:
                int[] off = [Below(5), Below(5)];
                slots = slots.Where(s => !off.Contains(s / 4));
                break;
            case WeekShape.Scattered:
                slots = [.. slots.Where(_ => Chance(scattered))];
                break;
        }
        if (shape <= WeekShape.Afternoons && Chance(.35))
        {
            var off = Below(5);
            slots = slots.Where(s => s / 4 != off);
        }
        return [.. slots];
    }
}

/// <summary>How somebody's free time lies in a week.</summary>
public enum WeekShape
{
    All,
    Mornings,
    Afternoons,
    SomeDaysOff,
    Scattered,
}
