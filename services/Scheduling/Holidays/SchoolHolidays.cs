using System.Globalization;
using CsvHelper;

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

    public static readonly IReadOnlyList<string> Zones = ["A", "B", "C"];

    private const int HolidaysOfAYear = 5;

    private static readonly Lazy<IReadOnlyList<SchoolHoliday>> Rows = new(Read);

    public static IReadOnlyList<SchoolHoliday> All => Rows.Value;

    /// <summary>
    /// Whether school is held in the week of this Monday. Of a school year that the file has not got whole nobody knows: no.
    /// </summary>
    public static bool IsTerm(string? zone, DateOnly monday)
    {
        var year = monday.Month >= 9 ? monday.Year : monday.Year - 1;
        var known = All.Where(h => h.Zone == zone && h.SchoolYear == $"{year}-{year + 1}").ToArray();
        return known.Length == HolidaysOfAYear && !known.Any(h => Covers(h, monday));
    }

    /// <summary>A summer without a known end lasts until September, with which another school year begins.</summary>
    private static bool Covers(SchoolHoliday holiday, DateOnly monday) =>
        holiday.FirstMonday <= monday && monday <= (holiday.LastMonday ?? DateOnly.MaxValue);

    private static IReadOnlyList<SchoolHoliday> Read()
    {
        using var file =
            typeof(SchoolHolidays).Assembly.GetManifestResourceStream("school-holidays-fr.csv")
            ?? throw new InvalidOperationException("school-holidays-fr.csv is missing from the program.");
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<SchoolHoliday>();
        while (csv.Read())
            rows.Add(Row(csv));
        return rows;
    }

    private static SchoolHoliday Row(CsvReader csv) =>
        new(
            csv.GetField("school_year")!,
            csv.GetField("holiday")!,
            csv.GetField("zone")!,
            csv.GetField<DateOnly>("departure_after_class"),
            csv.GetField<DateOnly>("first_monday"),
            csv.GetField<DateOnly?>("last_monday"),
            csv.GetField<DateOnly?>("return_morning"),
            csv.GetField("note") is { Length: > 0 } note ? note : null
        );
}
