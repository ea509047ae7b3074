using System.Text.RegularExpressions;

namespace Stages.Portal.Pages.Coordination;

/// <summary>Reads what people type into the forms of a campaign. Null is what cannot be read; the form says so beside its field.</summary>
public static partial class Typed
{
    private static readonly string[] DayShapes = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "dddd d MMMM yyyy"];

    public static string NotTimes => Say.In("Écrivez des heures comme 9 h, 11 h 15.", "Write times like 09:00, 11:15.");

    public static string NotDays => Say.In("Écrivez des dates comme 14/7/2027.", "Write dates like 14/7/2027, the day first.");

    public static string NoInstant => Say.In("Cette date et cette heure n’existent pas.", "This date and time do not exist.");

    public static string[] Words(string text) => text.Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>As a browser's field sends it, or as people write it: the day before the month.</summary>
    public static DateOnly? Day(string text)
    {
        var said = FirstOfMonth().Replace(text.Trim(), "1 ");
        foreach (var language in (string[])["fr-FR", "en-GB"])
            if (DateOnly.TryParseExact(said, DayShapes, CultureInfo.GetCultureInfo(language), DateTimeStyles.None, out var day))
                return day;
        return null;
    }

    /// <summary>Parted by commas or lines; null when one of them is no date.</summary>
    public static IReadOnlyList<DateOnly>? Days(string text) => All(Parts(text).Select(Day));

    public static string InWords(IEnumerable<DateOnly> days) => string.Join(", ", days.Select(Dates.DayAndYear));

    /// <summary>9:00, 9h, 9 h 15, 9.15 or 9.</summary>
    public static TimeOnly? Time(string text) =>
        Clock().Match(text) is { Success: true } match
        && int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture) is < 24 and var hour
        && (match.Groups["minute"].Length == 0 ? 0 : int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture))
            is < 60
                and var minute
            ? new TimeOnly(hour, minute)
            : null;

    /// <summary>Parted by commas or lines, or by spaces where each is in one piece; null when one of them is no time.</summary>
    public static IReadOnlyList<TimeOnly>? Times(string text) => All(Parts(text).Select(Time)) ?? All(Words(text).Select(Time));

    public static string InWords(IEnumerable<TimeOnly> times) => string.Join(", ", times.Select(Dates.Hour));

    /// <summary>Null also for the hour that a night in March leaves out.</summary>
    public static DateTimeOffset? Instant(string text, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone))
            : null;
    }

    private static string[] Parts(string text) =>
        text.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IReadOnlyList<T>? All<T>(IEnumerable<T?> read)
        where T : struct
    {
        var all = read.ToArray();
        return Array.TrueForAll(all, one => one is not null) ? [.. all.OfType<T>()] : null;
    }

    /// <summary>Of an hour alone its sign may be absent; minutes are never.</summary>
    [GeneratedRegex(@"^\s*(?<hour>[0-9]{1,2})\s*(?:[hH:.]\s*(?<minute>[0-9]{2})?)?\s*$", RegexOptions.None, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b1er\s+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FirstOfMonth();
}
