namespace Stages.Api.Scheduling;

/// <param name="Holiday"><c>toussaint</c>, <c>noel</c>, <c>hiver</c>, <c>printemps</c> or <c>ete</c>.</param>
/// <param name="Departure">After the classes of this day.</param>
/// <param name="LastMonday">Null for a summer whose return is not yet decreed.</param>
/// <param name="Weeks">The first two whole weeks, as a campaign has them.</param>
/// <param name="ClosedDates">Public holidays in these weeks.</param>
public sealed record HolidayView(
    string SchoolYear,
    string Holiday,
    DateOnly Departure,
    DateOnly FirstMonday,
    DateOnly? LastMonday,
    DateOnly? Return,
    IReadOnlyList<Week> Weeks,
    IReadOnlyList<DateOnly> ClosedDates
);

public sealed record PublicHolidayView(DateOnly Date, string Name);

/// <summary>School holidays of one zone that begin in one year, and the public holidays of that year.</summary>
public sealed record CalendarView(
    string Zone,
    int Year,
    IReadOnlyList<HolidayView> Holidays,
    IReadOnlyList<PublicHolidayView> PublicHolidays,
    string Source
);
