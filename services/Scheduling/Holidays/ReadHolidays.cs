namespace Stages.Scheduling.Holidays;

/// <summary>
/// The calendar from which a coordinator opens a campaign: school holidays with two weeks proposed, and the public holidays.
/// </summary>
public static class ReadHolidays
{
    public sealed record WeekView(string Label, DateOnly Monday);

    /// <param name="Weeks">The first two whole weeks, as a campaign has them.</param>
    /// <param name="ClosedDates">Public holidays in these weeks.</param>
    public sealed record HolidayView(
        string SchoolYear,
        string Holiday,
        DateOnly Departure,
        DateOnly FirstMonday,
        DateOnly? LastMonday,
        DateOnly? Return,
        IReadOnlyList<WeekView> Weeks,
        IReadOnlyList<DateOnly> ClosedDates
    );

    public sealed record PublicHolidayView(DateOnly Date, string Name);

    public sealed record CalendarView(
        string Zone,
        int Year,
        IReadOnlyList<HolidayView> Holidays,
        IReadOnlyList<PublicHolidayView> PublicHolidays,
        string Source
    );

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/holidays",
                (string? zone, int? year, TimeProvider clock) =>
                {
                    zone = zone?.ToUpperInvariant() ?? "C";
                    var of = year ?? HomeZone.DayOf(clock.GetUtcNow()).Year;
                    var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
                    if (!SchoolHolidays.Zones.Contains(zone))
                        errors["zone"] = [Say.In("La zone est A, B ou C.", "The zone is A, B or C.")];
                    if (of is < 1900 or > 2200)
                        errors["year"] = [Say.In("L’année est comprise entre 1900 et 2200.", "The year lies between 1900 and 2200.")];
                    if (errors.Count > 0)
                        return Problems.Validation(errors);
                    return Results.Ok(
                        new CalendarView(
                            zone,
                            of,
                            [.. SchoolHolidays.All.Where(h => h.Zone == zone && h.FirstMonday.Year == of).Select(Describe)],
                            [.. PublicHolidays.Of(of).Select(h => new PublicHolidayView(h.Date, Say.In(h.Name, h.NameEn)))],
                            SchoolHolidays.Source
                        )
                    );
                }
            )
            .AllowAnonymous()
            .Produces<CalendarView>();

    public static HolidayView Describe(SchoolHoliday holiday)
    {
        var mondays = new[] { holiday.FirstMonday, holiday.FirstMonday.AddDays(7) }
            .Where(m => m <= (holiday.LastMonday ?? holiday.FirstMonday.AddDays(7)))
            .ToArray();
        return new HolidayView(
            holiday.SchoolYear,
            holiday.Holiday,
            holiday.Departure,
            holiday.FirstMonday,
            holiday.LastMonday,
            holiday.Return,
            [.. mondays.Select((monday, i) => new WeekView(i == 0 ? "A" : "B", monday))],
            PublicHolidays.Within(mondays)
        );
    }
}
