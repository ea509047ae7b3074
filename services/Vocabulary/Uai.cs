namespace Stages.Vocabulary;

/// <summary>
/// Unité administrative immatriculée, the national code of a school: seven digits and a check letter, which is the number modulo 23
/// in an alphabet without I, O and Q. The first three digits are the département (034 = Hérault).
/// </summary>
[JsonConverter(typeof(TextJson<Uai>))]
public sealed record Uai : IText<Uai>
{
    private const string CheckLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private const int Length = 8;

    private static readonly LocalText Missing = new("Indiquez le code de l’établissement (UAI).", "Give the school’s code (UAI).");
    private static readonly LocalText Shape = new(
        "Ce code d’établissement (UAI) n’est pas valide : sept chiffres et une lettre de contrôle.",
        "This school code (UAI) is not valid: seven digits and a check letter."
    );
    private static readonly LocalText Check = new(
        "La lettre de contrôle de ce code d’établissement (UAI) ne va pas avec ses chiffres : l’un d’eux est faux.",
        "The check letter of this school code (UAI) does not go with its digits: one of them is wrong."
    );

    private readonly string text;

    private Uai(string text) => this.text = text;

    /// <summary>Three digits: 034 is Hérault.</summary>
    public string Department => text[..3];

    public static Uai Parse(string? text) => Texts.Parse<Uai>(text);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Uai? value, [NotNullWhen(false)] out LocalText? reason)
    {
        value = null;
        var code = Beginning(text);
        if (code.Length == 0)
            reason = Missing;
        else if (
            code.Length != Length
            || code.AsSpan(0, Length - 1).ContainsAnyExceptInRange('0', '9')
            || !char.IsAsciiLetterUpper(code[^1])
        )
            reason = Shape;
        else if (code[^1] != LetterOf(int.Parse(code.AsSpan(0, Length - 1), CultureInfo.InvariantCulture)))
            reason = Check;
        else
        {
            value = new Uai(code);
            reason = null;
            return true;
        }
        return false;
    }

    /// <summary>A code or the beginning of one, as a territory is, in the spelling of codes; empty when nothing was typed.</summary>
    public static string Beginning(string? text) =>
        new([.. (text ?? "").Where(c => !char.IsWhiteSpace(c) && !IsInvisible(c)).Select(char.ToUpperInvariant)]);

    /// <summary>The school that has this number, for whoever makes schools up.</summary>
    /// <param name="number">0 to 9,999,999.</param>
    public static Uai Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 9_999_999);
        return new(string.Create(CultureInfo.InvariantCulture, $"{number:0000000}{LetterOf(number)}"));
    }

    public override string ToString() => text;

    private static char LetterOf(int number) => CheckLetters[number % CheckLetters.Length];

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
