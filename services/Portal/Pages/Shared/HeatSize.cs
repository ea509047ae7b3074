namespace Stages.Portal.Pages.Shared;

/// <summary>How wide the cells of a <see cref="HeatMap"/> are, so that all of it is seen on a screen of 1280 pixels.</summary>
public static class HeatSize
{
    /// <summary>What a page has between its margins, at most.</summary>
    public const int Room = 1056;

    private const int Narrowest = 48;
    private const double Letter = 8.6;
    private const int Usual = 13,
        Small = 11;

    /// <summary>A name longer than this has a short one in the picture.</summary>
    private const int LongName = 20;

    public static int Left(IReadOnlyList<string> rows) => 24 + (int)(rows.Max(r => r.Length) * Letter);

    public static int Cell(IReadOnlyList<string> rows, int columns, int wished) =>
        Math.Clamp((Room - 4 - Left(rows)) / Math.Max(1, columns), Math.Min(Narrowest, wished), wished);

    /// <summary>The size of the letters with which a text stays within its cell.</summary>
    public static int Letters(string text, int cell) => text.Length * Usual * .58 > cell - 6 ? Small : Usual;

    public static string Short(string name, string code) => name.Length > LongName ? code : name;
}
