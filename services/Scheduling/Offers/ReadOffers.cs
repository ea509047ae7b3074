namespace Stages.Scheduling.Offers;

/// <summary>Offers: one by one, those of a campaign for its coordinators, those of the signed-in teacher.</summary>
public static class ReadOffers
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/offers/{id:guid}",
                async (Guid id, Caller caller, IQuerySession reads, HttpContext http, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Offer>(id, cancel) is not { } offer || !OfferView.IsSeenBy(offer, caller))
                        return new NotFound().AsProblem();
                    http.SetETag(offer.Version);
                    return Results.Ok(OfferView.Of(offer, await reads.LoadAsync<OfferTeacher>(id, cancel)));
                }
            )
            .For(Roles.Teacher, Roles.Coordinator)
            .Produces<OfferView>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/offers",
                async (
                    Guid campaignId,
                    string? subject,
                    string? level,
                    string? status,
                    string? search,
                    [AsParameters] Leaf leaf,
                    Caller caller,
                    IQuerySession reads,
                    CancellationToken cancel
                ) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is null)
                        return new NotFound().AsProblem();
                    var offers = reads.Query<Offer>().Where(o => o.CampaignId == campaignId);
                    if (leaf.After is { } last)
                        offers = offers.Where(o => o.Id < last);
                    if (search?.Trim() is { Length: > 0 } words)
                        offers = offers.Named(words);
                    if (caller.Territory is { } territory)
                        offers = offers.Where(o => o.SchoolUai!.StartsWith(territory));
                    if (status is not null)
                        offers = offers.Where(o => o.Withdrawn == (status == "withdrawn"));
                    if (subject is not null || level is not null)
                        offers = offers.Teaching(subject, level is null ? null : Texts.Normal<Level>(level));
                    if (leaf.IsOfTable)
                        return Results.Ok(await Paging.Sheet(offers, o => o.Sorted(leaf.Sort, leaf.Order), leaf, View, cancel));
                    var size = Paging.Size(leaf.Limit);
                    var views = await View(await offers.OrderByDescending(o => o.Id).Take(size + 1).ToListAsync(cancel));
                    return Results.Ok(Paging.Of(views, size, v => v.Id, v => v));

                    async Task<IReadOnlyList<OfferView>> View(IReadOnlyList<Offer> found)
                    {
                        var teachers = await Teachers(reads, found, cancel);
                        return [.. found.Select(o => OfferView.Of(o, teachers.GetValueOrDefault(o.Id)))];
                    }
                }
            )
            .For(Roles.Coordinator)
            .Produces<Sheet<OfferView>>();

        app.MapGet(
                "/api/me/offers",
                async (Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    var offers = await reads.Query<Offer>().Where(o => o.PersonId == caller.Id).ToListAsync(cancel);
                    var teachers = await Teachers(reads, offers, cancel);
                    return Results.Ok(
                        new Page<OfferView>(
                            [.. offers.OrderByDescending(o => o.Id).Select(o => OfferView.Of(o, teachers.GetValueOrDefault(o.Id)))],
                            null
                        )
                    );
                }
            )
            .For(Roles.Teacher)
            .Produces<Page<OfferView>>();
    }

    public static async Task<Dictionary<Guid, OfferTeacher>> Teachers(
        IQuerySession reads,
        IReadOnlyList<Offer> offers,
        CancellationToken cancel
    ) => (await reads.LoadManyAsync<OfferTeacher>(cancel, [.. offers.Select(o => o.Id)])).ToDictionary(t => t.Id);
}
