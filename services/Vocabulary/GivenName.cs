using System.Collections.Frozen;

namespace Stages.Vocabulary;

/// <summary>
/// The given name in a whole name, where somebody was asked for one field: « NOM Prénom », « Dr Müller », « M. Paul DURAND »,
/// « Durand, Paul ». Where it cannot be told which word it is, the name is whole, without its title: a family never reads
/// « Avec : Dr » nor « Avec : DE ».
/// </summary>
public static class GivenName
{
    private static readonly FrozenSet<string> Titles = Set(
        "m mm mr mrs ms mme mmes mlle mlles monsieur madame mademoiselle dr docteur pr prof professeur professor sir miss me maitre"
    );

    private static readonly FrozenSet<string> Particles = Set(
        "de d du des la le les l von van den der ten ter zu di da do dos das del della el al ben bin ibn abu o mac mc st saint sainte"
    );

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static string Of(string name)
    {
        var words = name.Split([' ', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(w => Titles.Contains(Plain(w)))
            .ToArray();
        if (words.Length == 0)
            return name.Trim();
        var whole = string.Join(' ', words);
        if (whole.Split(',') is [_, { } after] && after.Trim() is { Length: > 0 } given)
            return given.Trim();
        // Capitals alone are how lists write the family name.
        var small = words.SkipWhile(w => IsCapitals(w) || Particles.Contains(Plain(w))).TakeWhile(w => !IsCapitals(w)).ToArray();
        while (small.Length > 0 && Particles.Contains(Plain(small[^1])))
            small = small[..^1];
        if (words.Any(IsCapitals))
            return small.Length == 0 ? whole : string.Join(' ', small);
        return words.Length == 1 || Plain(words[0]).Length < 2 || Particles.Contains(Plain(words[0])) ? whole : words[0];
    }

    /// <summary>At least two letters, and every letter that has a small one is large; scripts without either have no capitals.</summary>
    private static bool IsCapitals(string word)
    {
        var letters = word.EnumerateRunes().Where(Rune.IsLetter).ToArray();
        return letters.Length > 1 && Array.TrueForAll(letters, Rune.IsUpper);
    }

    private static string Plain(string word) => TextKey.Letters(word);
}
