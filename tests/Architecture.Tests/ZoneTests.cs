using System.Text.RegularExpressions;
using Shouldly;
using Stages.Notifications.Calendars;
using Stages.Portal.Pages.Coordination;
using Stages.Portal.Pages.Shared;
using Stages.Scheduling.Campaigns;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Hours are those of the académie: named in one place, and the same in a timetable, a page, a form and a calendar.</summary>
public sealed partial class ZoneTests
{
    /// <summary>Where stages of a French académie may take place, and one zone each whose clocks change on other nights.</summary>
    public static TheoryData<string> Zones =>
        [
            "Europe/Paris",
            "Indian/Reunion",
            "Indian/Mayotte",
            "America/Guadeloupe",
            "America/Martinique",
            "America/Cayenne",
            "America/Miquelon",
            "Pacific/Noumea",
            "Pacific/Tahiti",
            "Australia/Lord_Howe",
        ];

    [Fact]
    public void a_zone_is_named_in_one_place_and_no_hour_is_that_of_a_machine() =>
        Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".ts")
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal))
            .Where(f => Path.GetFileName(f) != "HomeZone.cs")
            .SelectMany(f => Named().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}"))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Zones))]
    public void a_timetable_a_calendar_a_form_and_a_page_agree_on_every_hour(string zone)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var asked = 0;
        foreach (var day in Days(there))
            for (var time = new TimeOnly(0, 0); ; time = time.AddMinutes(30))
            {
                var instant = Grid.InstantOf(zone, day, time);
                var where = $"{zone} {day:yyyy-MM-dd} {time:HH\\:mm}";
                TimeZones.Instant(zone, day, time).ShouldBe(instant, $"calendar, {where}");
                var local = day.ToDateTime(time);
                if (there.IsInvalidTime(local))
                    Typed.Instant($"{local:yyyy-MM-ddTHH:mm}", zone).ShouldBeNull($"form, {where}");
                else
                {
                    TimeZones.Local(zone, instant).ShouldBe((day, time), $"letter, {where}");
                    Dates.Second(instant, zone).ShouldBe($"{local:yyyy-MM-dd HH:mm:ss}", $"page, {where}");
                    Dates.Instant(instant, zone).ShouldEndWith(Dates.Hour(time));
                    if (!there.IsAmbiguousTime(local))
                        Typed.Instant($"{local:yyyy-MM-ddTHH:mm}", zone).ShouldBe(instant, $"form, {where}");
                }
                asked++;
                if (time == new TimeOnly(23, 30))
                    break;
            }
        asked.ShouldBeGreaterThan(48 * 100);
    }

    [Theory]
    [InlineData("Indian/Reunion", true)]
    [InlineData("Europe/Paris", true)]
    [InlineData("UTC", true)]
    [InlineData("Romance Standard Time", false)]
    [InlineData("Europe/Montpellier", false)]
    [InlineData("", false)]
    public void a_zone_is_one_of_the_iana_database(string name, bool exists) => HomeZone.Exists(name).ShouldBe(exists);

    [Fact]
    public void a_setting_that_is_no_zone_ends_the_start() =>
        Should.Throw<InvalidOperationException>(() => HomeZone.Use("Indian/Reunoin")).Message.ShouldContain(HomeZone.Setting);

    /// <summary>Every fortnight of twelve years, and each night in which a clock changes there, with the days around it.</summary>
    private static IEnumerable<DateOnly> Days(TimeZoneInfo zone)
    {
        var (first, last) = (new DateOnly(2020, 1, 1), new DateOnly(2031, 12, 31));
        for (var day = first; day < last; day = day.AddDays(1))
        {
            var changes =
                zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)) != zone.GetUtcOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue));
            if (day.DayNumber % 14 == 0)
                yield return day;
            else if (changes)
                for (var near = day.AddDays(-1); near <= day.AddDays(1); near = near.AddDays(1))
                    yield return near;
        }
    }

    [GeneratedRegex(
        """
            "(Europe|Indian|America|Pacific|Africa|Atlantic|Asia|Antarctica)/\w+"
            |TimeZoneInfo\.Local\b|ToLocalTime\(|\.LocalDateTime\(\)|GetSystemDefault\(
            |FromDateTime\([^;\n]*UtcDateTime|UtcNow\(\)\.(Year|Month|Day|Date|Hour)\b
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        5000
    )]
    private static partial Regex Named();
}
