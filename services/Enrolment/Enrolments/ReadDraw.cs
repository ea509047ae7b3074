using Stages.Enrolments.Catalogue;

namespace Stages.Enrolments;

/// <summary>The lot of one enrolment: with the seed, once it is revealed, its family can compute the same draw.</summary>
public static class ReadDraw
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/enrolments/{id:guid}/draw",
                async (Guid id, Caller caller, IQuerySession session, CampaignCatalogue campaigns, CancellationToken cancel) =>
                {
                    var enrolment = await session.LoadAsync<Enrolment>(id, cancel);
                    return enrolment is null || !EnrolmentAccess.MayRead(caller, enrolment)
                        ? new NotFound().AsProblem()
                        : Results.Ok(Of(enrolment, (await campaigns.Find(enrolment.CampaignId))?.Lot));
                }
            )
            .For(Roles.Family, Roles.Coordinator)
            .WithSummary("The lot that decides among equals, and how to check it")
            .Produces<EnrolmentDraw>()
            .ProducesProblem(404);

    public static EnrolmentDraw Of(Enrolment enrolment, Contracts.Scheduling.CampaignLot? lot) =>
        lot is null ? new(null, null, null, Late: false)
        : lot.RevealedAt <= enrolment.SubmittedAt ? new(lot.SealedSeed, lot.Seed, null, Late: true)
        : new(lot.SealedSeed, lot.Seed, lot.Seed is { } seed ? Lot.Draw(seed, enrolment.Id) : null, Late: false);
}
