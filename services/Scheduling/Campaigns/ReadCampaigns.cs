namespace Stages.Scheduling.Campaigns;

/// <summary>Campaigns, for everybody: the newest first, a page at a time.</summary>
public static class ReadCampaigns
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/campaigns",
                async (Guid? after, int? limit, IQuerySession reads, TimeProvider clock, CancellationToken cancel) =>
                {
                    var size = Paging.Size(limit);
                    var found = await reads.QueryAsync<Campaign>(
                        "where d.id < ? order by d.id desc limit ?",
                        cancel,
                        after ?? Paging.Beyond,
                        size + 1
                    );
                    return Results.Ok(Paging.Of(found, size, c => c.Id, c => CampaignView.Of(c, clock.GetUtcNow())));
                }
            )
            .AllowAnonymous()
            .Produces<Page<CampaignView>>();

        app.MapGet(
                "/api/campaigns/{id:guid}",
                async (Guid id, IQuerySession reads, HttpContext http, TimeProvider clock, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(id, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    http.SetETag(campaign.Version);
                    return Results.Ok(CampaignView.Of(campaign, clock.GetUtcNow()));
                }
            )
            .AllowAnonymous()
            .Produces<CampaignView>();
    }
}
