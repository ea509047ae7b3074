using System.Globalization;
using Stages.Portal.Clients;
using Stages.ServiceDefaults;

namespace Stages.Portal.Pages.Shared;

/// <summary>The slots of one week: days across, starts down, codes such as <c>MON-09:00</c>.</summary>
public static class WeekGrid
{
    public static readonly string[] DayCodes = ["MON", "TUE", "WED", "THU", "FRI"];

    public sealed record Slot(string Code, DateOnly Date, TimeOnly Start);

    public static string Code(int day, TimeOnly start) => $"{DayCodes[day]}-{start.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>Every slot that is not on a closed day.</summary>
    public static IEnumerable<Slot> Open(CampaignView campaign, WeekView week) =>
        from day in Enumerable.Range(0, 5)
        let date = week.Monday.AddDays(day)
        where !campaign.ClosedDates.Contains(date)
        from start in campaign.SlotStarts
        select new Slot(Code(day, start), date, start);

    /// <summary>A slot in words: « mardi 13 avril à 9 h ».</summary>
    public static string Words(WeekView week, string code)
    {
        var day = Array.IndexOf(DayCodes, code[..3]);
        return day < 0 || !TimeOnly.TryParse(code.AsSpan(4), CultureInfo.InvariantCulture, out var start)
            ? code
            : $"{Dates.Day(week.Monday.AddDays(day))} {Say.In("à", "at")} {Dates.Hour(start)}";
    }
}
