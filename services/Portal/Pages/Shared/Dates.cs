namespace Stages.Portal.Pages.Shared;

/// <summary>Dates and times as people say them, in the campaign's own zone.</summary>
public static class Dates
{
    private static CultureInfo Culture => CultureInfo.GetCultureInfo(Say.InEnglish ? "en-GB" : "fr-FR");

    public static string Day(DateOnly date) =>
        Say.In(First(date, date.ToString("dddd d MMMM", Culture)), date.ToString("dddd d MMMM", Culture));

    /// <summary>On a paper, or of a class that may be long past.</summary>
    public static string FullDay(DateOnly date) => First(date, date.ToString("dddd d MMMM yyyy", Culture));

    public static string DayAndYear(DateOnly date) => First(date, date.ToString("d MMMM yyyy", Culture));

    public static string ShortDay(DateOnly date) => date.ToString("ddd d", Culture);

    /// <summary>« lun. 9 févr. »: with its month it is no number of something else.</summary>
    public static string ShortDate(DateOnly date) => First(date, date.ToString("ddd d MMM", Culture));

    /// <summary>« lun. 1er », where the month is said beside it.</summary>
    public static string DayOfWeek(DateOnly date) => First(date, date.ToString("ddd d", Culture) + " ").TrimEnd();

    public static string DayName(DateOnly date) => date.ToString("ddd", Culture);

    public static string Hour(TimeOnly time) =>
        Say.In(
            time.Minute == 0 ? $"{time.Hour}\u00a0h" : $"{time.Hour}\u00a0h\u00a0{time.Minute:00}",
            time.ToString("HH:mm", CultureInfo.InvariantCulture)
        );

    public static string Instant(DateTimeOffset instant, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return $"{First(DateOnly.FromDateTime(local.DateTime), local.ToString("d MMMM", Culture))} "
            + $"{Say.In("à", "at")} {Hour(TimeOnly.FromDateTime(local.DateTime))}";
    }

    /// <summary>To the second, as a log says it; it sorts as it reads.</summary>
    public static string Second(DateTimeOffset instant, string zone) =>
        TimeZoneInfo
            .ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateTimeOffset? StartOf(DateOnly? day, string zone) =>
        day is { } date
            ? TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(zone))
            : null;

    /// <summary>« Du 12 au 16 avril ou du 19 au 23 avril 2021 »</summary>
    public static string Weeks(CampaignView c) =>
        string.Join(Say.In(" ou ", " or "), c.Weeks.Select((w, i) => Week(w, i == c.Weeks.Count - 1)));

    public static string Week(Week week, bool year = false)
    {
        var friday = week.Monday.AddDays(4);
        var from = week.Monday.Month == friday.Month ? week.Monday.Day.ToString(Culture) : week.Monday.ToString("d MMMM", Culture);
        return Say.In(
            $"du {(week.Monday.Day == 1 ? "1er" + from[1..] : from)} au {friday.ToString(year ? "d MMMM yyyy" : "d MMMM", Culture)}",
            $"{from} to {friday.ToString(year ? "d MMMM yyyy" : "d MMMM", Culture)}"
        );
    }

    /// <summary>« 21 – 25 déc. »</summary>
    public static string ShortWeek(Week week)
    {
        var friday = week.Monday.AddDays(4);
        var from = week.Monday.ToString(week.Monday.Month == friday.Month ? "%d" : "d MMM", Culture);
        return $"{from} – {friday.ToString("d MMM", Culture)}";
    }

    private static string First(DateOnly date, string text) =>
        !Say.InEnglish && date.Day == 1 ? text.Replace("1 ", "1er ", StringComparison.Ordinal) : text;
}
