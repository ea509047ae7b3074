using System.Globalization;

namespace Stages.Scheduling.Holidays;

/// <param name="FirstMonday">First Monday without school.</param>
/// <param name="LastMonday">Last Monday without school; unknown for a summer whose return is not yet decreed.</param>
/// <param name="Return">The morning on which school begins again.</param>
public sealed record SchoolHoliday(
    string SchoolYear,
    string Holiday,
    string Zone,
    DateOnly Departure,
    DateOnly FirstMonday,
    DateOnly? LastMonday,
    DateOnly? Return,
    string? Note
);

/// <summary>The school holidays of zones A, B and C, from the file beside this one, which is part of the program.</summary>
public static class SchoolHolidays
{
    /// <summary>Attribution that the licence asks for.</summary>
    public const string Source = "Ministère de l’Éducation nationale, calendrier scolaire (fr-en-calendrier-scolaire), Licence Ouverte 2.0";

    private const string Columns = "school_year,holiday,zone,departure_after_class,first_monday,last_monday,return_morning,note";

    public static readonly IReadOnlyList<string> Zones = ["A", "B", "C"];

    private static readonly Lazy<IReadOnlyList<SchoolHoliday>> Rows = new(Read);

    public static IReadOnlyList<SchoolHoliday> All => Rows.Value;

    /// <summary>The file is ours: no field is quoted, and only the last one, the note, is free text.</summary>
    private static IReadOnlyList<SchoolHoliday> Read()
    {
        using var file =
            typeof(SchoolHolidays).Assembly.GetManifestResourceStream("school-holidays-fr.csv")
            ?? throw new InvalidOperationException("school-holidays-fr.csv is missing from the program.");
        using var lines = new StreamReader(file);
        if (lines.ReadLine() != Columns)
            throw new InvalidDataException("school-holidays-fr.csv has other columns than expected.");
        var rows = new List<SchoolHoliday>();
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            var field = line.Split(',', 8);
            rows.Add(
                new SchoolHoliday(
                    field[0],
                    field[1],
                    field[2],
                    Date(field[3]),
                    Date(field[4]),
                    DateOrNone(field[5]),
                    DateOrNone(field[6]),
                    field[7].Length > 0 ? field[7] : null
                )
            );
        }
        return rows;
    }

    private static DateOnly? DateOrNone(string text) => text.Length > 0 ? Date(text) : null;

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
