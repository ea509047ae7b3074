namespace Stages.Enrolments.Schools;

/// <summary>
/// Unité administrative immatriculée: seven digits and a check letter, which is the number modulo 23 in an alphabet without I, O
/// and Q. The first three digits are the département (034 = Hérault).
/// </summary>
public static class Uai
{
    private const string CheckLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";

    public static string Normal(string? uai) => (uai ?? "").Trim().ToUpperInvariant();

    public static bool IsValid(string? uai)
    {
        var code = Normal(uai);
        if (code.Length != 8)
            return false;
        var number = 0;
        foreach (var digit in code.AsSpan(0, 7))
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }
        return code[7] == CheckLetters[number % 23];
    }
}
