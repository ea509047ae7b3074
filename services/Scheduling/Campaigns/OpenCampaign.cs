using Marten;
using Stages.ServiceDefaults;

namespace Stages.Scheduling.Campaigns;

public sealed record OpenCampaign : CampaignForm;

public sealed class OpenCampaignValidator : CampaignFormValidator<OpenCampaign>;

/// <summary>A coordinator of the whole académie opens a campaign.</summary>
public static class OpenCampaignEndpoint
{
    public static Decision Decide(OpenCampaign command, Guid id, Actor by, DateTimeOffset now) =>
        Decision.Of(new CampaignOpened(id, command.ToPlan(), by, now));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns",
                async (
                    OpenCampaign request,
                    Caller caller,
                    IdempotencyKey key,
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
                    var id = Guid.CreateVersion7(now);
                    var outcome = await journal.Start<Campaign>(
                        id,
                        Decide(request, id, Actor.Of(caller), now),
                        key.Answering(request, id, now),
                        cancel
                    );
                    if (outcome.Refusal is not null)
                        return outcome.Refusal.AsProblem();
                    var campaign =
                        await reads.LoadAsync<Campaign>(outcome.Id, cancel)
                        ?? throw new InvalidOperationException("The campaign just opened has no snapshot.");
                    http.SetETag(campaign.Version);
                    return Results.Created($"/api/campaigns/{campaign.Id}", CampaignView.Of(campaign, now));
                }
            )
            .For(Roles.Coordinator)
            .Validated<OpenCampaign>()
            .Produces<CampaignView>(201);
}
