using System.Text.RegularExpressions;

namespace Stages.Vocabulary;

/// <summary>
/// A name, or one part of it, as its owner writes it: composed (NFC), on one line, without spaces around, invisible signs or signs
/// that turn the direction of writing. It goes into letters and their subjects, so that nothing in it may be taken for an address:
/// a name that leads elsewhere is an advertisement.
/// </summary>
[JsonConverter(typeof(TextJson<NameText>))]
public sealed partial record NameText : IText<NameText>
{
    public const int Longest = 100;

    private static readonly LocalText Missing = new("Indiquez un nom.", "Give a name.");
    private static readonly LocalText TooLong = new("Un nom a 100 caractères au plus.", "A name has 100 characters at most.");
    private static readonly LocalText Shape = new(
        "Un nom s’écrit sur une ligne, avec au moins une lettre.",
        "A name is written on one line, with at least one letter."
    );

    private static readonly LocalText Elsewhere = new(
        "Un nom ne contient ni adresse (@, www., ://, mot.fr) ni numéro. Après le point d’une abréviation, mettez une espace.",
        "A name contains no address (@, www., ://, word.com) and no number. After the dot of an abbreviation put a space."
    );

    private readonly string text;

    private NameText(string text) => this.text = text;

    /// <summary>What people search by, see <see cref="TextKey"/>.</summary>
    public string Key => TextKey.Of(text);

    /// <summary>First signs of its words, as readers see them: « Jean-Pierre » is JP, « Élodie » É.</summary>
    public string Initials =>
        string.Concat(
            text.Split([' ', '-', '\u00A0', '‑'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.EnumerateRunes().Any(Rune.IsLetter))
                .Select(word => StringInfo.GetNextTextElement(word).ToUpperInvariant())
        );

    /// <summary>The first of them; empty where there is none.</summary>
    public string Initial => Initials is { Length: > 0 } all ? StringInfo.GetNextTextElement(all) : "";

    public static NameText Parse(string? text) => Texts.Parse<NameText>(text);

    public static bool TryParse(string? text, [NotNullWhen(true)] out NameText? value, [NotNullWhen(false)] out LocalText? reason)
    {
        value = null;
        var typed = string.Concat((text ?? "").EnumerateRunes().Where(r => !IsHidden(r))).Normalize();
        var name = string.Join(' ', typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        reason =
            name.Length == 0 ? Missing
            : name.Length > Longest ? TooLong
            : name.Any(char.IsControl) || !name.EnumerateRunes().Any(Rune.IsLetter) ? Shape
            : LeadsElsewhere(name) ? Elsewhere
            : null;
        if (reason is null)
            value = new NameText(name);
        return value is not null;
    }

    public override string ToString() => text;

    /// <summary>
    /// Whether a mail program or a telephone makes a link of it, or a reader could follow it. Its signs are looked at as those see them:
    /// dots and slashes of other widths too, and nothing invisible between.
    /// </summary>
    private static bool LeadsElsewhere(string name) =>
        Address()
            .IsMatch(
                string.Concat(name.Where(c => c is not ('\u200c' or '\u200d'))).Normalize(NormalizationForm.FormKC).Replace('。', '.')
            );

    /// <summary>
    /// « @ », « :// », « www. »; a number of six digits; two words with a dot and no space between, unless the first is one capital and
    /// the second begins with one: « M.Durand » is a name, « x.com » and « mot.fr » are places; and « t.me/ ».
    /// </summary>
    [GeneratedRegex(
        @"@|:\s*/\s*/|\bwww\s*\.|(?:\p{Nd}[\s().-]*){6}|\p{N}\.\p{N}"
            + @"|[\p{L}\p{M}\p{N}]{2}\.[\p{L}\p{N}][\p{L}\p{M}\p{N}]|[\p{Ll}\p{N}]\.[\p{L}\p{N}][\p{L}\p{M}\p{N}]"
            + @"|[\p{L}\p{N}]\.\p{Ll}{2}|[\p{L}\p{N}]\.[\p{L}\p{N}-]+[/:?#]",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();

    /// <summary>A joiner between letters is part of how some scripts are written; every other sign that nobody sees is not.</summary>
    private static bool IsHidden(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned;
}

/// <summary>A person's given and family name, two fields: which word is which is asked, never guessed.</summary>
public sealed record PersonName(NameText Given, NameText Family)
{
    /// <summary>By family name, then by given name; compared ordinally.</summary>
    [JsonIgnore]
    public string SortKey => $"{Family.Key}\u0001{Given.Key}";

    /// <summary>One sign of each: « Élodie Le Goff » is ÉL.</summary>
    [JsonIgnore]
    public string Initials => Given.Initial + Family.Initial;

    public static bool TryParse(
        string? given,
        string? family,
        [NotNullWhen(true)] out PersonName? value,
        [NotNullWhen(false)] out LocalText? reason
    )
    {
        value =
            NameText.TryParse(given, out var first, out reason) && NameText.TryParse(family, out var last, out reason)
                ? new PersonName(first, last)
                : null;
        return value is not null;
    }

    /// <summary>Whether every word of a search begins a word of the name, in any order, accents and capitals aside.</summary>
    public bool Answers(string search)
    {
        var words = $"{Given.Key} {Family.Key}".Split(' ');
        return TextKey.Of(search).Split(' ').All(s => words.Any(w => w.StartsWith(s, StringComparison.Ordinal)));
    }

    public override string ToString() => $"{Given} {Family}";
}
