using Marten;
using Stages.ServiceDefaults;

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
                async (
                    Guid id,
                    Caller caller,
                    IfMatch ifMatch,
                    Journal journal,
                    IQuerySession reads,
                    HttpContext http,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    if (caller.Territory is not null)
                        return new NotAllowed().AsProblem();
                    var now = clock.GetUtcNow();
                    var outcome = await journal.Decide<Campaign>(
                        id,
                        campaign => Decide(campaign, Actor.Of(caller), now),
                        ifMatch,
                        cancel: cancel
                    );
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();
                    var closed =
                        await reads.LoadAsync<Campaign>(id, cancel)
                        ?? throw new InvalidOperationException("The campaign just closed has no snapshot.");
                    http.SetETag(closed.Version);
                    return Results.Ok(CampaignView.Of(closed, now));
                }
            )
            .For(Roles.Coordinator)
            .Produces<CampaignView>();
}
