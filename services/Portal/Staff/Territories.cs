namespace Stages.Portal;

/// <summary>
/// Territories of a coordinator: the académie (none named), a département as schools' codes begin with it, or one school.
/// </summary>
public static class Territories
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["011"] = "Aude",
        ["030"] = "Gard",
        ["034"] = "Hérault",
        ["048"] = "Lozère",
        ["066"] = "Pyrénées-Orientales",
    };

    public static IReadOnlyCollection<string> Known => Names.Keys;

    public static string Name(string? territory) => Say.In(Words(territory));

    public static LocalText Words(string? territory) =>
        territory switch
        {
            null => new("toute l’académie", "whole académie"),
            _ when Names.TryGetValue(territory, out var name) => LocalText.Same($"{name} ({territory})"),
            _ => LocalText.Same(territory),
        };

    /// <summary>
    /// What was chosen from the list, or the school that was typed instead; not readable: neither one of ours nor the code of a school.
    /// </summary>
    public static bool TryRead(string listed, string school, out string? territory)
    {
        territory = (school.Length > 0 ? school : listed).ToUpperInvariant();
        if (territory.Length == 0)
            territory = null;
        return territory is null || (school.Length > 0 ? territory.Length == 8 && IsOne(territory) : Names.ContainsKey(territory));
    }

    /// <summary>Three digits of a département, or the code of a school.</summary>
    public static bool IsOne(string text) =>
        text.Length is 3 or 8
        && text.AsSpan(0, Math.Min(7, text.Length)).IndexOfAnyExceptInRange('0', '9') < 0
        && (text.Length == 3 || char.IsAsciiLetterUpper(text[7]));
}
