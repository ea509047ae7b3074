using Stages.ServiceDefaults;

namespace Stages.Scheduling.Campaigns;

/// <summary>A campaign as the public API shows it.</summary>
/// <param name="Status"><c>announced</c>, <c>open</c> (families enrol), <c>enrolmentClosed</c> or <c>closed</c>.</param>
public sealed record CampaignView(
    Guid Id,
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<Week> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    int ModuleMinutes,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<SubjectView> Subjects,
    Rules Rules,
    string Status,
    long Version
)
{
    public static CampaignView Of(Campaign campaign, DateTimeOffset now)
    {
        var p = campaign.Plan;
        return new CampaignView(
            campaign.Id,
            p.Name,
            p.Academy,
            p.Zone,
            p.TimeZone,
            p.Weeks,
            p.SlotStarts,
            p.ModuleMinutes,
            p.ClosedDates,
            p.EnrolmentOpens,
            p.EnrolmentCloses,
            p.Levels,
            [.. p.Subjects.Select(s => new SubjectView(s.Code, s.Name, s.NameEn, s.Levels))],
            p.Rules,
            StatusOf(campaign, now),
            campaign.Version
        );
    }

    public static Task<IResult> Answer(Outcome outcome, CommandContext context, Func<CampaignView, IResult> answer) =>
        context.Answer<Campaign>(outcome, c => c.Version, c => ValueTask.FromResult(answer(Of(c, context.Now))));

    private static string StatusOf(Campaign campaign, DateTimeOffset now) =>
        campaign.IsClosed ? "closed"
        : now < campaign.Plan.EnrolmentOpens ? "announced"
        : now < campaign.Plan.EnrolmentCloses ? "open"
        : "enrolmentClosed";
}

public sealed record SubjectView(string Code, string Name, string NameEn, IReadOnlyList<string> Levels);

/// <summary>The campaign is closed: nothing in it changes any more.</summary>
public sealed record CampaignIsClosed()
    : Refusal(RefusalKind.Conflict, "campaign-closed", "Cette campagne est close.", "This campaign is closed.");
