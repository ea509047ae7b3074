namespace Stages.Scheduling.Campaigns;

/// <summary>
/// The timeslots of a campaign: Monday to Friday of each week at each start, numbered day × starts + index from 0 as the pairing
/// library has them, written <c>MON-09:00</c> for people, and placed on the calendar of the campaign's zone.
/// </summary>
public static class Grid
{
    public static string Code(CampaignPlan plan, int slot) =>
        new SlotCode(slot / plan.SlotStarts.Count, plan.SlotStarts[slot % plan.SlotStarts.Count]).ToString();

    /// <summary>The number of a slot code, or null when the campaign has no such slot.</summary>
    public static int? Number(CampaignPlan plan, string? code) =>
        Texts.Find<SlotCode>(code) is { } slot ? Number(plan, slot.Day, slot.Start) : null;

    /// <summary>The number of the slot that begins then in that week, or null when there is none.</summary>
    public static int? Number(CampaignPlan plan, string week, DateOnly date, TimeOnly start)
    {
        if (MondayOf(plan, week) is not { } monday)
            return null;
        return Number(plan, date.DayNumber - monday.DayNumber, start);
    }

    private static int? Number(CampaignPlan plan, int day, TimeOnly start)
    {
        for (var i = 0; i < plan.SlotStarts.Count && day is >= 0 and < SlotCode.Days; i++)
            if (plan.SlotStarts[i] == start)
                return (day * plan.SlotStarts.Count) + i;
        return null;
    }

    public static int Count(CampaignPlan plan) => SlotCode.Days * plan.SlotStarts.Count;

    public static DateOnly? MondayOf(CampaignPlan plan, string week) => plan.Weeks.FirstOrDefault(w => w.Label == week)?.Monday;

    public static DateOnly DateOf(CampaignPlan plan, string week, int slot) =>
        (MondayOf(plan, week) ?? throw new ArgumentException($"The campaign has no week {week}.", nameof(week))).AddDays(
            slot / plan.SlotStarts.Count
        );

    public static TimeOnly StartOf(CampaignPlan plan, int slot) => plan.SlotStarts[slot % plan.SlotStarts.Count];

    public static bool IsClosed(CampaignPlan plan, string week, int slot) => plan.ClosedDates.Contains(DateOf(plan, week, slot));

    /// <summary>Which day it is there.</summary>
    public static DateOnly DayOf(string timeZone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    /// <summary>
    /// The instant of a local date and time. A time that the change to summer time skips is taken as the clock that was not
    /// yet changed shows it; of a time that comes twice, the first.
    /// </summary>
    public static DateTimeOffset InstantOf(string timeZone, DateOnly date, TimeOnly time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);
        TimeSpan offset;
        if (zone.IsInvalidTime(local))
            offset = zone.GetUtcOffset(local.AddHours(-3));
        else if (zone.IsAmbiguousTime(local))
            offset = zone.GetAmbiguousTimeOffsets(local).Max();
        else
            offset = zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
