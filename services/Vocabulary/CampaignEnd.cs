namespace Stages.Vocabulary;

/// <summary>When a campaign is over, from which the periods count for which its records are kept.</summary>
public static class CampaignEnd
{
    /// <summary>The last day of its last week (UTC), or the last moment at which one could enrol.</summary>
    /// <param name="mondays">Of its weeks.</param>
    public static DateTimeOffset Of(IEnumerable<DateOnly> mondays, DateTimeOffset enrolmentCloses)
    {
        var last = mondays.Select(m => m.AddDays(6)).DefaultIfEmpty(DateOnly.MinValue).Max();
        var end = new DateTimeOffset(last.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        return end > enrolmentCloses ? end : enrolmentCloses;
    }
}
