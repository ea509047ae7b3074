using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration.Attributes;

namespace Stages.Scheduling.Holidays;

/// <param name="FirstMonday">First Monday without school.</param>
/// <param name="LastMonday">Last Monday without school; unknown for a summer whose return is not yet decreed.</param>
/// <param name="Return">The morning on which school begins again.</param>
public sealed record SchoolHoliday(
    [Name("school_year")] string SchoolYear,
    [Name("holiday")] string Holiday,
    [Name("zone")] string Zone,
    [Name("departure_after_class")] DateOnly Departure,
    [Name("first_monday")] DateOnly FirstMonday,
    [Name("last_monday")] DateOnly? LastMonday,
    [Name("return_morning")] DateOnly? Return,
    [Name("note"), NullValues("")] string? Note
);

/// <summary>The school holidays of zones A, B and C, from the file beside this one, which is part of the program.</summary>
public static class SchoolHolidays
{
    /// <summary>Attribution that the licence asks for.</summary>
    public const string Source = "Ministère de l’Éducation nationale, calendrier scolaire (fr-en-calendrier-scolaire), Licence Ouverte 2.0";

    public static readonly IReadOnlyList<string> Zones = ["A", "B", "C"];

    private static readonly Lazy<IReadOnlyList<SchoolHoliday>> Rows = new(Read);

    public static IReadOnlyList<SchoolHoliday> All => Rows.Value;

    private static IReadOnlyList<SchoolHoliday> Read()
    {
        using var file =
            typeof(SchoolHolidays).Assembly.GetManifestResourceStream("school-holidays-fr.csv")
            ?? throw new InvalidOperationException("school-holidays-fr.csv is missing from the program.");
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<SchoolHoliday>()];
    }
}
