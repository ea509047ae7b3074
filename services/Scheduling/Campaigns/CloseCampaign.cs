namespace Stages.Scheduling.Campaigns;

/// <summary>Ends a campaign: enrolment closes at once if it was open, and nothing in it is offered, paired or moved any more.</summary>
public static class CloseCampaign
{
    public static Decision Decide(Campaign? campaign, Actor by, DateTimeOffset now) =>
        campaign is null ? new NotFound()
        : campaign.IsClosed ? Decision.Nothing
        : Decision.Of(new CampaignClosed(by, now));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns/{id:guid}/close",
                async (Guid id, [AsParameters] CommandContext context) =>
                    await CampaignView.Answer(
                        await context.Decide<Campaign>(id, campaign => Decide(campaign, Actor.Of(context.Caller), context.Now)),
                        context,
                        Results.Ok
                    )
            )
            .ForWholeAcademie()
            .Produces<CampaignView>();
}
