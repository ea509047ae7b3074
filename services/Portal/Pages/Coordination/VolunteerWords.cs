namespace Stages.Portal.Pages.Coordination;

/// <summary>What one more volunteer would change: in which subject, at which level and, slot by slot, when.</summary>
public static class VolunteerWords
{
    public static string Of(CampaignView campaign, VolunteerView volunteer)
    {
        var subject = campaign.Subject(volunteer.Subject)?.Title ?? volunteer.Subject;
        var levels = string.Join(Say.In(" ou ", " or "), volunteer.Levels);
        var week = campaign.Weeks.FirstOrDefault(w => w.Label == volunteer.Week);
        var slots = volunteer.Slots.Select(code => week is null ? code : WeekGrid.ShortWords(week, code)).ToArray();
        var when = string.Join(", ", slots);
        return Say.In(
            $"{subject}, {levels}\u00a0: {when}\u00a0– {Count.Fr(volunteer.Pupils, "élève aurait", "élèves auraient")} un groupe.",
            $"{subject}, {levels}: {when} – {Count.En(volunteer.Pupils, "pupil", "pupils")} would have a group."
        );
    }
}
