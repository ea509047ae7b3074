namespace Stages.Vocabulary;

/// <summary>
/// What texts are compared by, so that « Hélène », « HELENE » and a decomposed « Hélène » are one, in any script: without capitals,
/// accents and ligatures.
/// </summary>
public static class TextKey
{
    /// <summary>Letters that no decomposition takes apart, and what people type for them.</summary>
    private static readonly Dictionary<char, string> Folded = new()
    {
        ['œ'] = "oe",
        ['æ'] = "ae",
        ['ß'] = "ss",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ŧ'] = "t",
        ['ı'] = "i",
        ['ŋ'] = "n",
        ['ς'] = "σ",
    };

    /// <summary>Words of letters and digits with one space between; apostrophes vanish: « N’Diaye » is <c>ndiaye</c>.</summary>
    public static string Of(string? text) => Key(text, apostrophe: "", other: " ");

    /// <summary>The same, but an apostrophe parts words: « L’Alaric » is <c>l alaric</c>.</summary>
    public static string Words(string? text) => Key(text, apostrophe: " ", other: " ");

    /// <summary>Letters and digits alone: « Date de naissance » and « date-de-naissance » are one.</summary>
    public static string Letters(string? text) => Key(text, apostrophe: "", other: "");

    private static string Key(string? text, string apostrophe, string other)
    {
        if (Ascii.IsValid(text))
            return Plain(text ?? "", apostrophe, other);
        var key = new StringBuilder();
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var small = Rune.ToLowerInvariant(rune);
            if (IsAccent(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
                continue;
            if (small.IsBmp && Folded.TryGetValue((char)small.Value, out var letters))
                key.Append(letters);
            else if (IsApostrophe(rune))
                key.Append(apostrophe);
            else if (Rune.IsLetterOrDigit(small) || IsMark(small))
                key.Append(small.ToString());
            else
                key.Append(other);
        }
        return Joined(key.ToString().Normalize());
    }

    /// <summary>The same of what has nothing to take apart, as most texts: in a small part of the time.</summary>
    private static string Plain(string text, string apostrophe, string other)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
            else
                key.Append(c is '\'' or '`' ? apostrophe : other);
        return Joined(key.ToString());
    }

    private static string Joined(string key) => string.Join(' ', key.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Half of a pair of surrogates is no character, and no normalisation takes it.</summary>
    private static string Whole(string? text) => string.Concat((text ?? "").EnumerateRunes());

    private static bool IsApostrophe(Rune rune) =>
        rune.Value is '\'' or '’' or '‘' or '‛' or 'ʼ' or 'ʻ' or 'ʽ' or 'ʾ' or 'ʿ' or 'ʹ' or '`' or '´' or '′' or '＇';

    /// <summary>Signs that readers leave out: the accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic.</summary>
    private static bool IsAccent(Rune rune) =>
        rune.Value
            is (>= 0x0300 and <= 0x036F)
                or (>= 0x0591 and <= 0x05C7)
                or (>= 0x064B and <= 0x065F)
                or 0x0670
                or (>= 0x1AB0 and <= 0x1AFF)
                or (>= 0x1DC0 and <= 0x1DFF)
                or (>= 0x20D0 and <= 0x20FF);

    /// <summary>In other scripts a mark is a vowel: part of the name.</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
