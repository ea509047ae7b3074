using System.Collections.Frozen;

namespace Stages.Vocabulary;

/// <summary>The three kinds of school; no group spans two of them.</summary>
public enum SchoolKind
{
    Ecole,
    College,
    Lycee,
}

/// <summary>One of the twelve levels of French schools from CP to terminale.</summary>
[JsonConverter(typeof(TextJson<Level>))]
public sealed record Level : IText<Level>
{
    /// <summary>In order, youngest first.</summary>
    public static readonly IReadOnlyList<Level> All =
    [
        new(0, "CP", SchoolKind.Ecole, "cours préparatoire", "cours preparatoire"),
        new(1, "CE1", SchoolKind.Ecole, "cours élémentaire 1", "cours elementaire 1"),
        new(2, "CE2", SchoolKind.Ecole, "cours élémentaire 2", "cours elementaire 2"),
        new(3, "CM1", SchoolKind.Ecole, "cours moyen 1", "cours moyen 1"),
        new(4, "CM2", SchoolKind.Ecole, "cours moyen 2", "cours moyen 2"),
        new(5, "6e", SchoolKind.College, "sixième", "6", "6eme"),
        new(6, "5e", SchoolKind.College, "cinquième", "5", "5eme"),
        new(7, "4e", SchoolKind.College, "quatrième", "4", "4eme"),
        new(8, "3e", SchoolKind.College, "troisième", "3", "3eme"),
        new(9, "2de", SchoolKind.Lycee, "seconde", "2", "2nde", "2nd", "2e", "2eme"),
        new(10, "1re", SchoolKind.Lycee, "première", "1", "1ere", "1e"),
        new(11, "Tle", SchoolKind.Lycee, "terminale", "t", "te", "tale", "term"),
    ];

    private static readonly FrozenDictionary<string, Level> ByKey = All.SelectMany(level =>
            level
                .spellings.Append(level.text)
                .Append(level.Name.Fr)
                .Append($"Year {level.Order + 2}")
                .Select(s => (Key: TextKey.Letters(s), level))
        )
        .DistinctBy(x => x.Key)
        .ToFrozenDictionary(x => x.Key, x => x.level, StringComparer.Ordinal);

    private static readonly LocalText Missing = new("Indiquez le niveau (du CP à la Tle).", "Give the level (from CP to Tle).");
    private static readonly LocalText Unknown = new("Niveau inconnu (du CP à la Tle).", "Unknown level (from CP to Tle).");

    private readonly string text;
    private readonly string[] spellings;

    private Level(int order, string text, SchoolKind kind, string french, params string[] spellings)
    {
        (Order, this.text, Kind, this.spellings) = (order, text, kind, spellings);
        Name = new LocalText(french, $"{text} (Year {order + 2})");
    }

    /// <summary>From 0, CP, to 11, Tle.</summary>
    public int Order { get; }

    public SchoolKind Kind { get; }

    /// <summary>In words: « sixième »; in English with the British year of the same age.</summary>
    public LocalText Name { get; }

    /// <summary>Codes of all levels, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. All.Select(l => l.text)];

    /// <summary>Pairs that may share a group: neighbours within one kind of school.</summary>
    public static IReadOnlyList<(Level Younger, Level Older)> Neighbours { get; } =
    [.. All.Zip(All.Skip(1)).Where(pair => pair.First.Kind == pair.Second.Kind)];

    /// <summary>Place of a code in the order of levels; a code that is none comes last.</summary>
    public static int OrderOf(string? code) => Texts.Find<Level>(code)?.Order ?? All.Count;

    public static Level Parse(string? text) => Texts.Parse<Level>(text);

    /// <summary>« 6e », « 6ème », « SIXIEME »; « 2nde », « seconde »; « terminale »; "Year 7".</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Level? value, [NotNullWhen(false)] out LocalText? reason)
    {
        var key = TextKey.Letters(text);
        value = ByKey.GetValueOrDefault(key);
        reason =
            value is not null ? null
            : key.Length == 0 ? Missing
            : Unknown;
        return value is not null;
    }

    public static IEnumerable<Level> Of(SchoolKind kind) => All.Where(l => l.Kind == kind);

    public bool Equals(Level? other) => other?.Order == Order;

    public override int GetHashCode() => Order;

    public override string ToString() => text;
}
