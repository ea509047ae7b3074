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
                    return Results.Ok((await Describe(reads, [offer], caller, cancel))[0]);
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
                    string? acceptance,
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
                    if (!string.IsNullOrWhiteSpace(search))
                        offers = await offers.Named(reads, campaignId, search, cancel);
                    if (caller.Territory is { } territory)
                        offers = offers.Where(o => o.SchoolUai!.StartsWith(territory));
                    if (status is not null)
                        offers = offers.Where(o => o.Withdrawn == (status == "withdrawn"));
                    if (acceptance is not null)
                    {
                        if (!Enum.TryParse<Acceptance>(acceptance, ignoreCase: true, out var stands) || !Enum.IsDefined(stands))
                            return Problems.Validation(
                                new Dictionary<string, string[]>(StringComparer.Ordinal)
                                {
                                    ["acceptance"] =
                                    [
                                        Say.In("waiting, accepted ou refused est attendu.", "waiting, accepted or refused is expected."),
                                    ],
                                }
                            );
                        offers = offers.Standing(stands);
                    }
                    if (subject is not null || level is not null)
                        offers = offers.Teaching(subject, level is null ? null : Texts.Normal<Level>(level));
                    if (leaf.IsOfTable)
                        return Results.Ok(await Paging.Sheet(offers, o => o.Sorted(leaf.Sort, leaf.Order), leaf, View, cancel));
                    var size = Paging.Size(leaf.Limit);
                    var views = await View(await offers.OrderByDescending(o => o.Id).Take(size + 1).ToListAsync(cancel));
                    return Results.Ok(Paging.Of(views, size, v => v.Id, v => v));

                    Task<IReadOnlyList<OfferView>> View(IReadOnlyList<Offer> found) => Describe(reads, found, caller, cancel);
                }
            )
            .For(Roles.Coordinator)
            .Produces<Sheet<OfferView>>();

        app.MapGet(
                "/api/me/offers",
                async (Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    var offers = await reads.Query<Offer>().Where(o => o.PersonId == caller.Id).ToListAsync(cancel);
                    return Results.Ok(
                        new Page<OfferView>(await Describe(reads, [.. offers.OrderByDescending(o => o.Id)], caller, cancel), null)
                    );
                }
            )
            .For(Roles.Teacher)
            .Produces<Page<OfferView>>();
    }

    /// <param name="reader">Null for the person's own export: all that is theirs.</param>
    public static async Task<IReadOnlyList<OfferView>> Describe(
        IQuerySession reads,
        IReadOnlyList<Offer> offers,
        Caller? reader,
        CancellationToken cancel
    )
    {
        var teachers = (await reads.LoadManyAsync<OfferTeacher>(cancel, [.. offers.Select(o => o.Id)])).ToDictionary(t => t.Id);
        Guid[] people = [.. offers.Select(o => TeacherStanding.IdOf(o.PersonId)).Distinct()];
        var standings = (await reads.LoadManyAsync<TeacherStanding>(cancel, people)).ToDictionary(s => s.PersonId);
        Guid[] campaigns = [.. offers.Select(o => o.CampaignId).Distinct()];
        var plans = (await reads.LoadManyAsync<Campaign>(cancel, campaigns)).ToDictionary(c => c.Id, c => c.Plan);
        return
        [
            .. offers.Select(o =>
                OfferView.Of(
                    o,
                    plans.GetValueOrDefault(o.CampaignId),
                    teachers.GetValueOrDefault(o.Id),
                    standings.GetValueOrDefault(o.PersonId),
                    reader
                )
            ),
        ];
    }
}
