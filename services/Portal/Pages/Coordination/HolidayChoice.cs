namespace Stages.Portal.Pages.Coordination;

/// <summary>Holidays to come, and the campaign that they propose: name, weeks, closed days, opening and closing of enrolment.</summary>
public sealed record HolidayChoice(string Zone, HolidayView Holiday, DateTimeOffset Now)
{
    private const int UsualWeeks = 6;

    /// <summary>Between the last day to enrol, a Sunday, and the first Monday, in which groups are formed and people answer.</summary>
    private static readonly int[] DaysToForm = [15, 8, 3];

    private const int ShortestDays = 4;

    /// <summary>Names it in an address.</summary>
    public string Key => Holiday.FirstMonday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Name => $"{Of(Holiday.Holiday)} {Holiday.FirstMonday.Year.ToString(CultureInfo.InvariantCulture)}";

    public string Days => string.Join(Say.In(" et ", " and "), Holiday.Weeks.Select((w, i) => Dates.Week(w, i == Holiday.Weeks.Count - 1)));

    /// <summary>Six weeks before, in the morning; not before tomorrow.</summary>
    public DateTime Opens => Later(Holiday.FirstMonday.AddDays(-7 * UsualWeeks), Tomorrow).ToDateTime(new TimeOnly(8, 0));

    /// <summary>As long before as leaves families some days to enrol.</summary>
    public DateTime Closes => LastDay.ToDateTime(new TimeOnly(23, 59));

    private DateOnly Tomorrow => HomeZone.DayOf(Now).AddDays(1);

    private DateOnly LastDay =>
        DaysToForm
            .Select(days => Holiday.FirstMonday.AddDays(-days))
            .FirstOrDefault(day => day >= DateOnly.FromDateTime(Opens).AddDays(ShortestDays), Holiday.FirstMonday.AddDays(-1));

    /// <summary>By their date; those for which nobody could enrol any more are left out.</summary>
    public static IReadOnlyList<HolidayChoice> Coming(IEnumerable<CalendarView> calendars, DateTimeOffset now) =>
        [
            .. calendars
                .SelectMany(c => c.Holidays.Select(h => new HolidayChoice(c.Zone, h, now)))
                .Where(h => h.Holiday.Weeks.Count > 0 && h.Opens < h.Closes)
                .OrderBy(h => h.Holiday.FirstMonday),
        ];

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static string Of(string holiday) =>
        holiday switch
        {
            "toussaint" => Say.In("Vacances de la Toussaint", "Autumn holidays"),
            "noel" => Say.In("Vacances de Noël", "Christmas holidays"),
            "hiver" => Say.In("Vacances d’hiver", "Winter holidays"),
            "printemps" => Say.In("Vacances de printemps", "Spring holidays"),
            "ete" => Say.In("Vacances d’été", "Summer holidays"),
            _ => holiday,
        };
}
