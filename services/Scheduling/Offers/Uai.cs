namespace Stages.Scheduling.Offers;

/// <summary>Number of a French school: seven digits and a check letter.</summary>
public static class Uai
{
    private const string Letters = "ABCDEFGHJKLMNPRSTUVWXYZ";

    public static bool IsValid(string? uai) =>
        uai is { Length: 8 }
        && uai[..7].All(char.IsAsciiDigit)
        && Letters[int.Parse(uai.AsSpan(0, 7), provider: System.Globalization.CultureInfo.InvariantCulture) % 23] == uai[7];
}
