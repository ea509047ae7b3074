namespace Stages.Portal.Pages.Family;

/// <summary>A slot of one campaign at which the child has a session of another one.</summary>
/// <param name="Week">Label of the week.</param>
/// <param name="Slot">As forms name it.</param>
public sealed record TakenHour(string Week, string Slot);

/// <summary>
/// Nobody is in two places at a time: whoever enrols a child who has a place in another campaign sees at which hours no group will be
/// formed for them, before they tick them.
/// </summary>
public static class TakenHours
{
    /// <param name="family">Whatever the family has, in all campaigns.</param>
    public static IReadOnlyList<TakenHour> Of(EnrolmentForm form, CampaignView campaign, IEnumerable<EnrolmentView> family)
    {
        var sessions = family
            .Where(e => e.Stands && e.CampaignId != campaign.Id && TextKey.Of(e.Pupil.FirstName) == TextKey.Of(form.FirstName))
            .SelectMany(e => e.Placements.Where(p => p.Status is "offered" or "confirmed"))
            .SelectMany(p => p.Modules ?? [])
            .Select(m => (From: Local(m.StartsAt, campaign), To: Local(m.EndsAt, campaign)))
            .ToArray();
        return sessions.Length == 0
            ? []
            :
            [
                .. from week in campaign.Weeks
                from slot in WeekGrid.Open(campaign, week)
                let starts = slot.Date.ToDateTime(slot.Start)
                where sessions.Any(s => s.From < starts.AddMinutes(campaign.ModuleMinutes) && starts < s.To)
                select new TakenHour(week.Label, slot.Code),
            ];
    }

    /// <summary>As the clock of the campaign shows it, by which its slots go.</summary>
    private static DateTime Local(DateTimeOffset instant, CampaignView campaign) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone)).DateTime;
}
