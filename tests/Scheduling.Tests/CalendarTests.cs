using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Holidays;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>Dates as people live them: public holidays, leap years, and the nights on which clocks change.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2021, "2021-04-04")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")]
    public void easter_is_where_the_church_has_it(int year, string date) =>
        PublicHolidays.EasterSunday(year).ShouldBe(DateOnly.ParseExact(date, "yyyy-MM-dd", null));

    [Fact]
    public void the_movable_holidays_follow_easter() =>
        PublicHolidays
            .Of(2026)
            .Select(h => h.Date)
            .ShouldBe([
                new(2026, 1, 1),
                new(2026, 4, 6),
                new(2026, 5, 1),
                new(2026, 5, 8),
                new(2026, 5, 14),
                new(2026, 5, 25),
                new(2026, 7, 14),
                new(2026, 8, 15),
                new(2026, 11, 1),
                new(2026, 11, 11),
                new(2026, 12, 25),
            ]);

    [Fact]
    public void a_campaign_closes_the_public_holidays_of_its_weeks_and_keeps_its_own_closed_days()
    {
        // Spring 2026 in zone C: Friday the first of May.
        var plan = (
            (CampaignForm)
                new OpenCampaign { Weeks = [new("A", new(2026, 4, 20)), new("B", new(2026, 4, 27))], ClosedDates = [new(2026, 4, 22)] }
        ).ToPlan();
        plan.ClosedDates.ShouldBe([new DateOnly(2026, 4, 22), new DateOnly(2026, 5, 1)]);
        Grid.IsClosed(plan, "B", Grid.Number(plan, "FRI-09:00")!.Value).ShouldBeTrue();
        Grid.IsClosed(plan, "B", Grid.Number(plan, "THU-16:15")!.Value).ShouldBeFalse();
    }

    [Fact]
    public void two_weeks_are_proposed_from_the_school_calendar()
    {
        var spring = ReadHolidays.Describe(
            SchoolHolidays.All.Single(h => h is { Zone: "C", Holiday: "printemps", SchoolYear: "2025-2026" })
        );
        spring.Weeks.Select(w => (w.Label, w.Monday)).ShouldBe([("A", new DateOnly(2026, 4, 20)), ("B", new DateOnly(2026, 4, 27))]);
        spring.ClosedDates.ShouldBe([new DateOnly(2026, 5, 1)]);
    }

    [Fact]
    public void every_zone_has_its_calendar_from_one_file() =>
        SchoolHolidays
            .All.GroupBy(h => h.Zone)
            .Select(g => (g.Key, g.All(h => h.FirstMonday.DayOfWeek == DayOfWeek.Monday)))
            .ShouldBe([("A", true), ("B", true), ("C", true)], ignoreOrder: true);

    [Fact]
    public void nine_in_the_morning_is_another_instant_before_and_after_the_change_to_summer_time()
    {
        // The night to Sunday 28 March 2021 lies between these two weeks.
        var plan = Some.Plan() with
        {
            Weeks = [new("A", new(2021, 3, 22)), new("B", new(2021, 3, 29))],
        };
        ModuleTime.Of(plan, "A", 0).StartsAt.ShouldBe(new DateTimeOffset(2021, 3, 22, 8, 0, 0, TimeSpan.Zero));
        ModuleTime.Of(plan, "B", 0).StartsAt.ShouldBe(new DateTimeOffset(2021, 3, 29, 7, 0, 0, TimeSpan.Zero));
        ModuleTime.Of(plan, "B", 0).End.ShouldBe(new TimeOnly(11, 0));
    }

    [Fact]
    public void a_time_that_comes_twice_is_the_first_and_one_that_is_skipped_is_the_clock_not_yet_changed()
    {
        Grid.InstantOf("Europe/Paris", new(2021, 10, 31), new(2, 30)).ShouldBe(new DateTimeOffset(2021, 10, 31, 0, 30, 0, TimeSpan.Zero));
        Grid.InstantOf("Europe/Paris", new(2021, 3, 28), new(2, 30)).ShouldBe(new DateTimeOffset(2021, 3, 28, 1, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void a_module_over_the_change_lasts_its_two_hours()
    {
        // No slot of ours lies in that night; the arithmetic of ModuleTime is the same.
        var start = Grid.InstantOf("Europe/Paris", new(2021, 3, 28), new(1, 0));
        TimeZoneInfo
            .ConvertTime(start.AddHours(2), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"))
            .TimeOfDay.ShouldBe(new TimeSpan(4, 0, 0));
    }

    [Fact]
    public void a_leap_day_is_a_day_like_any_other()
    {
        // Monday 26 February 2024: its Thursday is the 29th.
        var plan = Some.Plan() with
        {
            Weeks = [new("A", new(2024, 2, 26))],
        };
        var slot = Grid.Number(plan, "THU-14:00")!.Value;
        Grid.DateOf(plan, "A", slot).ShouldBe(new DateOnly(2024, 2, 29));
        Grid.Number(plan, "A", new DateOnly(2024, 2, 29), new TimeOnly(14, 0)).ShouldBe(slot);
        Grid.DateOf(plan, "A", Grid.Number(plan, "FRI-09:00")!.Value).ShouldBe(new DateOnly(2024, 3, 1));
    }

    [Fact]
    public void each_slot_has_one_code_and_each_code_one_slot()
    {
        var plan = Some.Plan();
        Enumerable
            .Range(0, Grid.Count(plan))
            .Select(s => Grid.Number(plan, Grid.Code(plan, s)))
            .ShouldBe(Enumerable.Range(0, Grid.Count(plan)).Cast<int?>());
        new[] { "SAT-09:00", "MON-09:30", "mon-09:00", "MON 09:00", "MON-9:00", null, "" }
            .Select(c => Grid.Number(plan, c))
            .ShouldAllBe(n => n == null);
    }
}
