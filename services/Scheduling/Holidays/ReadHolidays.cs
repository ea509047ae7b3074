namespace Stages.Scheduling.Holidays;

/// <summary>
/// The calendar from which a coordinator opens a campaign: school holidays with two weeks proposed, and the public holidays.
/// </summary>
public static class ReadHolidays
{
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
            [.. mondays.Select((monday, i) => new Week(i == 0 ? "A" : "B", monday))],
            PublicHolidays.Within(mondays)
        );
    }
}
