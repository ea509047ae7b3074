namespace Stages.Portal.Pages.Shared;

/// <summary>The slots of one week: days across, starts down, codes such as <c>MON-09:00</c>.</summary>
public static class WeekGrid
{
    public sealed record Slot(string Code, DateOnly Date, TimeOnly Start);

    public static string Code(int day, TimeOnly start) => new SlotCode(day, start).ToString();

    /// <summary>Every slot that is not on a closed day.</summary>
    public static IEnumerable<Slot> Open(CampaignView campaign, Week week) =>
        from slot in SlotCode.Week([.. campaign.SlotStarts])
        let date = week.Monday.AddDays(slot.Day)
        where !campaign.ClosedDates.Contains(date)
        select new Slot(slot.ToString(), date, slot.Start);

    /// <summary>A slot in words: « mardi 13 avril à 9 h ».</summary>
    public static string Words(Week week, string code) =>
        Texts.Find<SlotCode>(code) is { } slot
            ? $"{Dates.Day(week.Monday.AddDays(slot.Day))} {Say.In("à", "at")} {Dates.Hour(slot.Start)}"
            : code;

    /// <summary>« mar. 13 avr. 9 h ».</summary>
    public static string ShortWords(Week week, string code) =>
        Texts.Find<SlotCode>(code) is { } slot ? $"{Dates.ShortDate(week.Monday.AddDays(slot.Day))} {Dates.Hour(slot.Start)}" : code;
}
