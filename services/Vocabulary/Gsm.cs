using AnyAscii;

namespace Stages.Vocabulary;

/// <summary>
/// The alphabet of text messages (GSM 03.38): what every phone shows and what costs one seventh of 160 octets a sign. Its accents
/// stay (è é à ù ì ò ä ö ñ ü É …); other letters are written in Latin ones, none is left out.
/// </summary>
public static class Gsm
{
    public const int OneMessage = 160;

    // Without the line breaks, the escape and the ten signs that cost two.
    private const string Alphabet =
        "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly Dictionary<int, string> Signs = new()
    {
        ['’'] = "'",
        ['‘'] = "'",
        ['`'] = "'",
        ['«'] = "\"",
        ['»'] = "\"",
        ['“'] = "\"",
        ['”'] = "\"",
        ['–'] = "-",
        ['—'] = "-",
        ['~'] = "-",
        ['…'] = "...",
        ['['] = "(",
        ['{'] = "(",
        [']'] = ")",
        ['}'] = ")",
        ['|'] = "/",
        ['\\'] = "/",
        ['^'] = "",
    };

    public static bool Has(char c) => Alphabet.Contains(c);

    /// <summary>The text as it goes out; one that is longer ends in three dots.</summary>
    /// <param name="longest">In signs of the alphabet, 7 bits each.</param>
    public static string Text(string text, int longest = OneMessage)
    {
        var plain = new StringBuilder();
        var whole = string.Concat(text.EnumerateRunes())
            .Normalize()
            .Replace('\u202F', '\u00A0')
            .Replace("«\u00A0", "«", StringComparison.Ordinal)
            .Replace("\u00A0»", "»", StringComparison.Ordinal);
        foreach (var rune in whole.EnumerateRunes())
            plain.Append(Of(rune));
        return plain.Length <= longest ? plain.ToString() : plain.ToString(0, longest - 3).TrimEnd() + "...";
    }

    private static string Of(Rune rune)
    {
        if (rune.IsBmp && Has((char)rune.Value))
            return rune.ToString();
        if (Signs.TryGetValue(rune.Value, out var sign))
            return sign;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                return " ";
            case UnicodeCategory.Control:
                return rune.Value is '\n' or '\t' ? " " : "";
            case UnicodeCategory.Format
            or UnicodeCategory.OtherSymbol
            or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned:
                return "";
        }
        var latin = string.Concat(rune.ToString().Transliterate().Where(Has));
        return latin.Length > 0 || !Rune.IsLetterOrDigit(rune) ? latin : "?";
    }
}
