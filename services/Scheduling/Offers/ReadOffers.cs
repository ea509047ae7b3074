using System.Text;
using System.Text.Json;
using Marten;
using Stages.Scheduling.Campaigns;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

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
                    Guid? after,
                    int? limit,
                    string? sort,
                    string? order,
                    int? page,
                    Caller caller,
                    IQuerySession reads,
                    CancellationToken cancel
                ) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is null)
                        return new NotFound().AsProblem();
                    var size = Paging.Size(limit);
                    var where = new StringBuilder("where (d.data ->> 'campaignId')::uuid = ? and d.id < ?");
                    var values = new List<object> { campaignId, after ?? Paging.Beyond };
                    if (search?.Trim() is { Length: > 0 } words)
                    {
                        where.Append(
                            " and exists (select 1 from scheduling.mt_doc_offerteacher t where t.id = d.id and "
                                + "(strpos(lower(t.data ->> 'name'), ?) > 0 or strpos(lower(t.data ->> 'email'), ?) > 0))"
                        );
                        values.AddRange([words.ToLowerInvariant(), words.ToLowerInvariant()]);
                    }
                    if (caller.Territory is { } territory)
                        Add(" and starts_with(d.data ->> 'schoolUai', ?)", territory);
                    if (status is not null)
                        Add(" and d.data ->> 'withdrawn' = ?", status == "withdrawn" ? "true" : "false");
                    if (subject is not null || level is not null)
                        Add(" and d.data @> ?::jsonb", Teaching(subject, level));
                    if (page is not null || sort is not null)
                    {
                        var total = (
                            await reads.AdvancedSql.QueryAsync<long>(
                                $"select count(*) from scheduling.mt_doc_offer as d {where}",
                                cancel,
                                [.. values]
                            )
                        )[0];
                        where.Append($" order by {SortedBy(sort)} {Paging.Direction(order)}, d.id limit ? offset ?");
                        var sheet = await reads.QueryAsync<Offer>(
                            where.ToString(),
                            cancel,
                            [.. values, size, Paging.Before(page ?? 1, size)]
                        );
                        var named = await Teachers(reads, sheet, cancel);
                        return Results.Ok(
                            new Sheet<OfferView>([.. sheet.Select(o => OfferView.Of(o, named.GetValueOrDefault(o.Id)))], null, (int)total)
                        );
                    }
                    where.Append(" order by d.id desc limit ?");
                    values.Add(size + 1);

                    var offers = await reads.QueryAsync<Offer>(where.ToString(), cancel, [.. values]);
                    var teachers = await Teachers(reads, offers, cancel);
                    return Results.Ok(Paging.Of(offers, size, o => o.Id, o => OfferView.Of(o, teachers.GetValueOrDefault(o.Id))));

                    void Add(string condition, object value)
                    {
                        where.Append(condition);
                        values.Add(value);
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

    private static string SortedBy(string? sort) =>
        sort switch
        {
            "subject" => "d.data -> 'terms' -> 'teaches' -> 0 ->> 'subject'",
            "stagesPerWeek" => "(d.data -> 'terms' -> 'limits' ->> 'stagesPerWeek')::int",
            "slots" => "(select sum(jsonb_array_length(w.value)) from jsonb_each(d.data -> 'terms' -> 'slots') w)",
            "school" => "d.data ->> 'schoolUai'",
            "status" => "d.data ->> 'withdrawn'",
            _ => "(select lower(t.data ->> 'name') from scheduling.mt_doc_offerteacher t where t.id = d.id)",
        };

    public static async Task<Dictionary<Guid, OfferTeacher>> Teachers(
        IQuerySession reads,
        IReadOnlyList<Offer> offers,
        CancellationToken cancel
    ) => (await reads.LoadManyAsync<OfferTeacher>(cancel, [.. offers.Select(o => o.Id)])).ToDictionary(t => t.Id);

    private static string Teaching(string? subject, string? level)
    {
        var teaching = new Dictionary<string, object>(StringComparer.Ordinal);
        if (subject is not null)
            teaching["subject"] = subject;
        if (level is not null)
            teaching["levels"] = new[] { Texts.Normal<Level>(level) };
        return JsonSerializer.Serialize(new { terms = new { teaches = new[] { teaching } } });
    }
}
