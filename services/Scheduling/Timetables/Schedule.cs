namespace Stages.Scheduling.Timetables;

/// <summary>A module on the calendar: local date and times in the campaign's zone, and the same two instants in UTC.</summary>
public sealed record ModuleTime(DateOnly Date, TimeOnly Start, TimeOnly End, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    /// <summary>
    /// The module lasts its minutes of real time; its local end follows from the instant, also on a night when clocks change.
    /// </summary>
    public static ModuleTime Of(CampaignPlan plan, string week, int slot)
    {
        var (date, start) = (Grid.DateOf(plan, week, slot), Grid.StartOf(plan, slot));
        var startsAt = Grid.InstantOf(plan.TimeZone, date, start);
        var endsAt = startsAt.AddMinutes(plan.ModuleMinutes);
        var localEnd = TimeZoneInfo.ConvertTime(endsAt, TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone));
        return new ModuleTime(date, start, TimeOnly.FromDateTime(localEnd.DateTime), startsAt, endsAt);
    }
}
