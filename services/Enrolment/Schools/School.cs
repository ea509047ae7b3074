using System.Globalization;
using System.Text;

namespace Stages.Enrolments.Schools;

/// <summary>A school as the directory knows it; one for each UAI.</summary>
/// <param name="Id">The UAI.</param>
/// <param name="Levels">Levels of a stage that it can have, from CP to Tle; empty for one that is not eligible.</param>
/// <param name="Priority">REP, REP+ or empty.</param>
/// <param name="Closed">No longer in the newest directory.</param>
public sealed record School(
    string Id,
    string Name,
    string Type,
    string Commune,
    string Postcode,
    string Department,
    string? CirconscriptionUai,
    string? Circonscription,
    string? Bassin,
    string Priority,
    string[] Levels,
    string Words,
    bool Closed
)
{
    public static readonly string[] PrimaryLevels = ["CP", "CE1", "CE2", "CM1", "CM2"];
    public static readonly string[] CollegeLevels = ["6e", "5e", "4e", "3e"];
    public static readonly string[] LyceeLevels = ["2de", "1re", "Tle"];
    public static readonly string[] AllLevels = [.. PrimaryLevels, .. CollegeLevels, .. LyceeLevels];

    public bool InPriorityEducation => Priority.Length > 0;

    /// <summary>Lower case, no accent, no punctuation: « Saint-Géniès » and « saint genies » are the same words.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>Which file the directory was last imported from.</summary>
/// <param name="Hash">SHA-256 of the file; the same file is not imported twice.</param>
public sealed record SchoolDirectoryVersion(string Id, string Hash, int Schools, DateTimeOffset At)
{
    public const string Current = "current";
}
