namespace Stages.Scheduling.Campaigns;

/// <summary>Makes <see cref="CampaignView"/>.</summary>
public static class CampaignViews
{
    extension(CampaignView)
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
                campaign.Version,
                p.TrustedDomains ?? [],
                campaign.Seed is { } secret ? Lot.Seal(secret) : null,
                campaign.SeedRevealedAt is null ? null : campaign.Seed,
                p.TermReason
            );
        }

        public static Task<IResult> Answer(Outcome outcome, CommandContext context, Func<CampaignView, IResult> answer) =>
            context.Answer<Campaign>(outcome, c => c.Version, c => ValueTask.FromResult(answer(CampaignView.Of(c, context.Now))));
    }

    private static string StatusOf(Campaign campaign, DateTimeOffset now) =>
        campaign.IsClosed ? "closed"
        : now < campaign.Plan.EnrolmentOpens ? "announced"
        : now < campaign.Plan.EnrolmentCloses ? "open"
        : "enrolmentClosed";
}

/// <summary>The campaign is closed: nothing in it changes any more.</summary>
public sealed record CampaignIsClosed()
    : Refusal(RefusalKind.Conflict, "campaign-closed", "Cette campagne est close.", "This campaign is closed.");
