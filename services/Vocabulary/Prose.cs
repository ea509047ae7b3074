namespace Stages.Vocabulary;

/// <summary>
/// What staff write in their own words, on one line or several. It may name an address, since whoever writes it answers for it; but no
/// sign in it hides, begins a header, or turns the direction of what stands after it.
/// </summary>
public static class Prose
{
    private static readonly LocalText Turned = new(
        "Ce texte contient un signe invisible qui n’a rien à y faire (il vient souvent d’un copier-coller) : retapez-le.",
        "This text has an invisible sign that does not belong there (often from copying): type it anew."
    );

    /// <summary>Why this is no such text; null when it is one.</summary>
    public static LocalText? Fault(string? text) => (text ?? "").EnumerateRunes().Any(Deceives) ? Turned : null;

    /// <summary>Controls, but for the ends of lines and tabs; and those that turn the direction of writing.</summary>
    public static bool Deceives(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C or 0xFEFF
        || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t'));
}
