namespace Stages.Portal.Pages.Shared;

/// <summary>Several hours of a week as people say them: « lun. 12, mar. 13 et jeu. 15 avr. à 9 h ».</summary>
public static class SessionTimes
{
    public static string Words(IEnumerable<ModuleView> modules) => Words(modules.Select(m => (m.Date, m.Start)));

    /// <summary>What was ticked of a week.</summary>
    public static string Words(Week week, IEnumerable<string> slots) =>
        Words(slots.Select(Texts.Find<SlotCode>).OfType<SlotCode>().Select(s => (week.Monday.AddDays(s.Day), s.Start)));

    /// <summary>Days that share an hour stand together; with their month, so that a day is no hour.</summary>
    public static string Words(IEnumerable<(DateOnly Date, TimeOnly Start)> sessions) =>
        string.Join(
            Say.Semicolon,
            sessions
                .GroupBy(s => s.Start, s => s.Date)
                .OrderBy(hour => hour.Min())
                .ThenBy(hour => hour.Key)
                .Select(hour => $"{Days([.. hour.Distinct().Order()])} {Say.In("à", "at")} {Dates.Hour(hour.Key)}")
        );

    private static string Days(DateOnly[] days)
    {
        var isOneMonth = days[0].Month == days[^1].Month;
        string[] words = [.. days.Select((day, i) => isOneMonth && i < days.Length - 1 ? Dates.DayOfWeek(day) : Dates.ShortDate(day))];
        return words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} {Say.In("et", "and")} {words[^1]}";
    }
}
