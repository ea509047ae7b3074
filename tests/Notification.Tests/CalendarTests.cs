using System.Text;
using CsCheck;
using Ical.Net;
using NodaTime;
using Stages.Notifications.Calendars;
using CultureInfo = System.Globalization.CultureInfo;

namespace Stages.Notifications.Tests;

/// <summary>The calendar objects, read back by a library that did not write them.</summary>
public sealed class CalendarTests
{
    private static CalendarEntry Entry(
        DateOnly date,
        string summary = "Mathématiques – Zoé",
        string zone = "Europe/Paris",
        int sequence = 0,
        bool cancelled = false
    ) =>
        new(
            Guid.Parse("01978a00-0000-7000-8000-000000000101"),
            date,
            new TimeOnly(9, 0),
            new TimeOnly(11, 0),
            zone,
            sequence,
            cancelled,
            new DateTimeOffset(2021, 4, 2, 8, 30, 0, TimeSpan.Zero),
            summary,
            "Une séance ; avec Claire, à distance\nhttps://stages.example.org",
            "Classe virtuelle",
            "https://stages.example.org/seance/1",
            "fr"
        );

    [Theory]
    [InlineData(2021, 3, 26, 8)] // Friday before the clocks go forward
    [InlineData(2021, 3, 29, 7)] // Monday after
    [InlineData(2021, 10, 29, 7)] // Friday before they go back
    [InlineData(2021, 11, 2, 8)]
    public void nine_o_clock_is_nine_o_clock_in_the_week_in_which_the_clocks_change(int year, int month, int day, int utcHour)
    {
        var calendar = Calendar.Load(ICalendar.Feed("Stages", [Entry(new DateOnly(year, month, day))])).ShouldNotBeNull();
        var start = calendar.Events.ShouldHaveSingleItem().Start.ShouldNotBeNull();
        start.TzId.ShouldBe("Europe/Paris");
        start.Value.Hour.ShouldBe(9);
        start.AsUtc.ShouldBe(new DateTime(year, month, day, utcHour, 0, 0, DateTimeKind.Utc));
        TimeZones.Instant("Europe/Paris", new DateOnly(year, month, day), new TimeOnly(9, 0)).UtcDateTime.ShouldBe(start.AsUtc);
    }

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("Indian/Reunion")]
    [InlineData("America/Martinique")]
    [InlineData("America/Miquelon")]
    [InlineData("Pacific/Noumea")]
    public void the_zone_as_written_has_the_offsets_that_the_zone_has(string zone)
    {
        var text = ICalendar.Feed("Stages", [Entry(new DateOnly(2021, 4, 12), zone: zone)]);
        var written = WrittenZone.Read(text);
        for (var day = new LocalDateTime(2021, 1, 1, 12, 0); day.Year == 2021; day = day.PlusDays(1))
            written.OffsetAt(day).ShouldBe(DateTimeZoneProviders.Tzdb[zone].AtLeniently(day).Offset, $"{zone} on {day}");
    }

    [Fact]
    public void the_european_rule_holds_in_years_to_come()
    {
        var written = WrittenZone.Read(ICalendar.Feed("Stages", [Entry(new DateOnly(2021, 4, 12))]));
        for (var day = new LocalDateTime(2019, 1, 1, 12, 0); day.Year < 2032; day = day.PlusDays(1))
            written.OffsetAt(day).ShouldBe(DateTimeZoneProviders.Tzdb["Europe/Paris"].AtLeniently(day).Offset, $"{day}");
    }

    [Fact]
    public void an_invitation_names_who_invites_and_who_is_invited()
    {
        var text = ICalendar.Invitation(
            Entry(new DateOnly(2021, 4, 12), sequence: 3),
            new Invited("Stages de réussite", "stages@example.org", "Anne, \"Nana\"; L’Hérault", "anne@example.org")
        );
        var calendar = Calendar.Load(text).ShouldNotBeNull();
        calendar.Method.ShouldBe("REQUEST");
        var module = calendar.Events.ShouldHaveSingleItem();
        module.Uid.ShouldBe("01978a00-0000-7000-8000-000000000101@stages-de-reussite");
        module.Sequence.ShouldBe(3);
        module.Status.ShouldBe("CONFIRMED");
        module.Organizer!.Value!.ToString().ShouldBe("mailto:stages@example.org");
        module.Attendees.ShouldHaveSingleItem().CommonName.ShouldBe("Anne, 'Nana'; L’Hérault");
        module.Description.ShouldBe("Une séance ; avec Claire, à distance\nhttps://stages.example.org");
    }

    [Fact]
    public void a_cancelled_module_is_withdrawn()
    {
        var text = ICalendar.Invitation(
            Entry(new DateOnly(2021, 4, 12), sequence: 4, cancelled: true),
            new Invited("S", "s@example.org", "A", "a@example.org")
        );
        var calendar = Calendar.Load(text).ShouldNotBeNull();
        calendar.Method.ShouldBe("CANCEL");
        calendar.Events.ShouldHaveSingleItem().Status.ShouldBe("CANCELLED");
    }

    [Fact]
    public void whatever_is_written_lines_are_short_end_in_crlf_and_read_back() =>
        Gen.String[0, 200]
            .Sample(typed =>
            {
                var summary = Letters.Clean.Name(typed, 200);
                var text = ICalendar.Feed("Stages", [Entry(new DateOnly(2021, 4, 12), summary)]);
                text.ShouldEndWith("END:VCALENDAR\r\n");
                foreach (var line in text.Split("\r\n"))
                {
                    Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
                    line.ShouldNotContain('\n');
                }
                var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
                var written = unfolded.Split("\r\n").Single(l => l.StartsWith("SUMMARY;LANGUAGE=fr:", StringComparison.Ordinal))[
                    "SUMMARY;LANGUAGE=fr:".Length..
                ];
                written
                    .Replace("\\,", ",", StringComparison.Ordinal)
                    .Replace("\\;", ";", StringComparison.Ordinal)
                    .Replace("\\\\", "\\", StringComparison.Ordinal)
                    .ShouldBe(summary);
            });
}

/// <summary>A VTIMEZONE as a program that trusts nothing but the text would follow it.</summary>
internal sealed class WrittenZone
{
    private readonly List<(LocalDateTime Start, bool Yearly, int Month, Offset To)> observances = [];

    public static WrittenZone Read(string calendar)
    {
        var zone = new WrittenZone();
        foreach (
            var part in calendar
                .Split("BEGIN:")
                .Where(p => p.StartsWith("STANDARD", StringComparison.Ordinal) || p.StartsWith("DAYLIGHT", StringComparison.Ordinal))
        )
        {
            var lines = part.Split("\r\n")
                .Where(l => l.Contains(':', StringComparison.Ordinal))
                .Select(l => l.Split(':', 2))
                .Where(l => l[0] != "END")
                .ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
            var start = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss").Parse(lines["DTSTART"]).Value;
            var to = lines["TZOFFSETTO"];
            var offset = Offset.FromHoursAndMinutes(
                int.Parse(to[..3], CultureInfo.InvariantCulture),
                (to[0] == '-' ? -1 : 1) * int.Parse(to[3..], CultureInfo.InvariantCulture)
            );
            var rule = lines.GetValueOrDefault("RRULE");
            rule?.ShouldMatch("^FREQ=YEARLY;BYMONTH=[0-9]+;BYDAY=-1SU$");
            if (rule is not null)
                start.DayOfWeek.ShouldBe(IsoDayOfWeek.Sunday);
            zone.observances.Add((start, rule is not null, start.Month, offset));
        }
        return zone;
    }

    /// <summary>The offset of the observance that began last; at noon no change is near.</summary>
    public Offset OffsetAt(LocalDateTime noon) =>
        observances
            .SelectMany(o => Onsets(o.Start, o.Yearly, o.Month, noon.Year).Select(at => (at, o.To)))
            .Where(o => o.at <= noon)
            .MaxBy(o => o.at)
            .To;

    private static IEnumerable<LocalDateTime> Onsets(LocalDateTime start, bool yearly, int month, int until)
    {
        if (!yearly)
            return [start];
        return Enumerable
            .Range(start.Year, until - start.Year + 1)
            .Select(year =>
                new LocalDate(year, month, CalendarSystem.Iso.GetDaysInMonth(year, month))
                    .With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday))
                    .At(start.TimeOfDay)
            );
    }
}
