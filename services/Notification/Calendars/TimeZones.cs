using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;

namespace Stages.Notifications.Calendars;

/// <summary>
/// VTIMEZONE. Zones of the European Union get the rule that has stood since 1996 (last Sundays of March and October, 01:00 UTC);
/// others, such as the académies overseas, get the offsets that hold in the years of the calendar.
/// </summary>
public static class TimeZones
{
    public static DateTimeZone Of(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZoneProviders.Tzdb[HomeZone.Id];

    /// <summary>The instant of a local time; one that is skipped in spring moves on, the doubled one in autumn is the earlier.</summary>
    public static DateTimeOffset Instant(string zone, DateOnly date, TimeOnly time) =>
        new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute)
            .InZoneLeniently(Of(zone))
            .ToDateTimeOffset()
            .ToUniversalTime();

    public static (DateOnly Day, TimeOnly Time) Local(string zone, DateTimeOffset instant)
    {
        var local = NodaTime.Instant.FromDateTimeOffset(instant).InZone(Of(zone)).LocalDateTime;
        return (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
    }

    public static void Write(ICalendar.Writer text, string name, DateOnly first, DateOnly last)
    {
        text.Line("BEGIN", "VTIMEZONE");
        text.Line("TZID", name);
        if (IsEuropean(name, first, out var winter))
            WriteEuropean(text, winter);
        else
            WriteIntervals(text, name, first, last);
        text.Line("END", "VTIMEZONE");
    }

    private static void WriteEuropean(ICalendar.Writer text, Offset winter)
    {
        var summer = winter + Offset.FromHours(1);
        // 01:00 UTC as the clock on the wall shows it just before it changes.
        Observance(
            text,
            "DAYLIGHT",
            winter,
            summer,
            new LocalDateTime(1996, 3, 31, 1, 0).PlusTicks(winter.Ticks),
            "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "CEST"
        );
        Observance(
            text,
            "STANDARD",
            summer,
            winter,
            new LocalDateTime(1996, 10, 27, 1, 0).PlusTicks(summer.Ticks),
            "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "CET"
        );
    }

    private static void WriteIntervals(ICalendar.Writer text, string name, DateOnly first, DateOnly last)
    {
        var zone = Of(name);
        var from = new LocalDate(first.Year, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        var to = new LocalDate(last.Year + 1, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        foreach (var interval in zone.GetZoneIntervals(from, to))
        {
            var start = interval.HasStart && interval.Start >= from ? interval.Start : from;
            var before =
                interval.HasStart && interval.Start >= from ? zone.GetUtcOffset(interval.Start - Duration.Epsilon) : interval.WallOffset;
            Observance(
                text,
                interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT",
                before,
                interval.WallOffset,
                start.WithOffset(before).LocalDateTime,
                null,
                interval.Name
            );
        }
    }

    private static void Observance(
        ICalendar.Writer text,
        string kind,
        Offset from,
        Offset to,
        LocalDateTime start,
        string? rule,
        string abbreviation
    )
    {
        text.Line("BEGIN", kind);
        text.Line("TZOFFSETFROM", OffsetOf(from));
        text.Line("TZOFFSETTO", OffsetOf(to));
        text.Line("TZNAME", abbreviation);
        text.Line("DTSTART", start.ToDateTimeUnspecified().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));
        if (rule is not null)
            text.Line("RRULE", rule);
        text.Line("END", kind);
    }

    private static string OffsetOf(Offset offset)
    {
        var minutes = offset.Seconds / 60;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00}"
        );
    }

    /// <summary>By what the zone does in that year, not by its name.</summary>
    private static bool IsEuropean(string name, DateOnly day, out Offset winter)
    {
        (var european, winter) = European.GetOrAdd(
            (name, day.Year),
            static key => (IsEuropean(Of(key.Zone), key.Year, out var offset), offset)
        );
        return european;
    }

    private static readonly ConcurrentDictionary<(string Zone, int Year), (bool, Offset)> European = new();

    private static bool IsEuropean(DateTimeZone zone, int inYear, out Offset winter)
    {
        winter = zone.GetUtcOffset(NodaTime.Instant.FromUtc(inYear, 1, 1, 0, 0));
        if (inYear < 1996 || winter != Offset.FromHours(1))
            return false;
        var year = zone.GetZoneIntervals(NodaTime.Instant.FromUtc(inYear, 1, 1, 0, 0), NodaTime.Instant.FromUtc(inYear + 1, 1, 1, 0, 0))
            .ToList();
        return year.Count == 3 && year[1].Start == LastSunday(inYear, 3) && year[1].End == LastSunday(inYear, 10);
    }

    private static Instant LastSunday(int year, int month)
    {
        var last = new LocalDate(year, month, 31);
        return last.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday)).At(new LocalTime(1, 0)).InUtc().ToInstant();
    }
}
