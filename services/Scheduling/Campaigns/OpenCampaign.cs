namespace Stages.Scheduling.Campaigns;

public sealed record OpenCampaign : CampaignForm;

public sealed class OpenCampaignValidator : CampaignFormValidator<OpenCampaign>;

/// <summary>A coordinator of the whole académie opens a campaign.</summary>
public static class OpenCampaignEndpoint
{
    public static Decision Decide(
        OpenCampaign command,
        IReadOnlyList<string> trusted,
        Guid id,
        string seed,
        Actor by,
        DateTimeOffset now
    ) => Decision.Of(new CampaignOpened(id, command.ToPlan(trusted), by, now, seed));

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns",
                async (OpenCampaign request, TrustedDomains trusted, [AsParameters] CommandContext context) =>
                {
                    var id = Guid.CreateVersion7(context.Now);
                    var outcome = await context.Journal.Start<Campaign>(
                        id,
                        Decide(request, trusted.OfInstallation, id, Lot.NewSeed(), Actor.Of(context.Caller), context.Now),
                        context.Key.Answering(request, id, context.Now),
                        context.Cancel
                    );
                    return await CampaignView.Answer(outcome, context, c => Results.Created($"/api/campaigns/{c.Id}", c));
                }
            )
            .ForWholeAcademie()
            .Validated<OpenCampaign>()
            .Produces<CampaignView>(201);
}
