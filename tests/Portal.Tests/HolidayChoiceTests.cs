using System.Globalization;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Coordination;

namespace Stages.Portal.Tests;

/// <summary>What the school calendar proposes to whoever opens a campaign.</summary>
public sealed class HolidayChoiceTests
{
    private static CalendarView Calendar(params (string Holiday, string Monday)[] holidays) =>
        new(
            "C",
            2027,
            [
                .. holidays.Select(h =>
                {
                    var monday = DateOnly.ParseExact(h.Monday, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                    Week[] weeks = [new("A", monday), new("B", monday.AddDays(7))];
                    return new HolidayView("", h.Holiday, monday.AddDays(-2), monday, monday.AddDays(7), monday.AddDays(14), weeks, []);
                }),
            ],
            [],
            ""
        );

    private static HolidayChoice Only(string today, string monday) =>
        HolidayChoice.Coming([Calendar(("hiver", monday))], Noon(today)).ShouldHaveSingleItem();

    private static DateTimeOffset Noon(string day) =>
        new(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(11), TimeSpan.Zero);

    /// <summary>Monday 8 February 2027, opened sooner and sooner before.</summary>
    [Theory]
    [InlineData("2026-11-26", "2026-12-28T08:00", "2027-01-24T23:59")]
    [InlineData("2027-01-10", "2027-01-11T08:00", "2027-01-24T23:59")]
    [InlineData("2027-01-20", "2027-01-21T08:00", "2027-01-31T23:59")]
    [InlineData("2027-01-30", "2027-01-31T08:00", "2027-02-05T23:59")]
    [InlineData("2027-02-04", "2027-02-05T08:00", "2027-02-07T23:59")]
    [InlineData("2027-02-06", "2027-02-07T08:00", "2027-02-07T23:59")]
    public void enrolment_opens_weeks_before_and_closes_in_time_to_form_groups(string today, string opens, string closes)
    {
        var choice = Only(today, "2027-02-08");
        (Text(choice.Opens), Text(choice.Closes)).ShouldBe((opens, closes));
        choice.Closes.ShouldBeLessThan(choice.Holiday.FirstMonday.ToDateTime(TimeOnly.MinValue));
    }

    [Fact]
    public void whatever_the_day_families_can_enrol_before_the_first_week()
    {
        for (var day = new DateOnly(2026, 9, 1); day < new DateOnly(2027, 2, 7); day = day.AddDays(1))
        {
            var choice = Only(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "2027-02-08");
            choice.Opens.ShouldBeLessThan(choice.Closes);
            choice.Opens.ShouldBeGreaterThan(day.ToDateTime(TimeOnly.MaxValue));
        }
    }

    [Fact]
    public void what_is_over_or_begins_tomorrow_is_not_proposed_and_the_next_come_first()
    {
        var calendars = new[]
        {
            Calendar(("printemps", "2027-04-05"), ("ete", "2027-07-05")),
            Calendar(("noel", "2026-12-21"), ("hiver", "2027-02-08"), ("toussaint", "2026-10-19")),
        };
        HolidayChoice
            .Coming(calendars, Noon("2026-12-20"))
            .Select(h => h.Name)
            .ShouldBe(["Vacances d’hiver 2027", "Vacances de printemps 2027", "Vacances d’été 2027"]);
    }

    private static string Text(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
