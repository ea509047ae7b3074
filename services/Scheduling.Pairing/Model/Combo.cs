namespace Stages.Pairing.Model;

/// <summary>What one stage teaches: the pool of its level, and of the second level if it has two (else −1).</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Combo(int First, int Second)
{
    public bool HasTwoLevels => Second >= 0;

    public bool Takes(int pool) => pool == First || pool == Second;
}

/// <summary>Gives a number to every combo that some offer can teach.</summary>
internal sealed class ComboTable(
    Dictionary<string, int> level,
    Dictionary<string, int> subject,
    IReadOnlyList<IReadOnlyList<string>> adjacent,
    int levels
)
{
    private readonly Dictionary<Combo, int> numbers = [];
    private readonly Dictionary<string, int[]> known = new(StringComparer.Ordinal);

    public Combo[] All() => [.. numbers.OrderBy(x => x.Value).Select(x => x.Key)];

    /// <summary>A stage has one level that its teacher teaches in its subject, or two of them that the rules list as adjacent.</summary>
    public int[] Of(Offer offer)
    {
        var key = string.Join(';', offer.Teaches.Select(t => $"{t.Subject}:{string.Join(',', t.Levels)}"));
        if (known.TryGetValue(key, out var combos))
            return combos;
        var found = new SortedSet<(int, int)>();
        foreach (var teaching in offer.Teaches)
        {
            var pool = subject[teaching.Subject] * levels;
            foreach (var name in teaching.Levels)
                found.Add((pool + level[name], -1));
            foreach (var pair in adjacent)
            {
                if (teaching.Levels.Contains(pair[0]) && teaching.Levels.Contains(pair[1]))
                {
                    var (a, b) = (pool + level[pair[0]], pool + level[pair[1]]);
                    found.Add((Math.Min(a, b), Math.Max(a, b)));
                }
            }
        }

        return known[key] = [
            .. found
                .Select(x => new Combo(x.Item1, x.Item2))
                .Select(x => numbers.TryGetValue(x, out var n) ? n : numbers[x] = numbers.Count),
        ];
    }
}
