namespace Stages.Portal.SignIns;

/// <summary>
/// Codes as people read and type them. Six digits for families and teachers; eight characters for the coordination, of an alphabet
/// in which nothing looks like anything else.
/// </summary>
public static class SignInCode
{
    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    public const int Length = 8;
    public const int Digits = 6;

    public static string Make(bool strong) =>
        strong
            ? RandomNumberGenerator.GetString(Alphabet, Length)
            : RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);

    /// <summary>In two halves, as one reads it out: <c>482 913</c>, <c>K7QX 2MPA</c>.</summary>
    public static string Shown(string code) => $"{code[..(code.Length / 2)]} {code[(code.Length / 2)..]}";

    /// <summary>What was typed, without spaces and marks, in capitals.</summary>
    public static string Typed(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
