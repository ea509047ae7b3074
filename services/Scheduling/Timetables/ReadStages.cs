using System.Text;
using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Scheduling.Timetables;

/// <summary>The timetable: one stage with what stands against it, or all that concern the coordinator.</summary>
public static class ReadStages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/stages/{id:guid}",
                async (Guid id, Caller caller, IQuerySession reads, HttpContext http, CancellationToken cancel) =>
                {
                    var view = await One(reads, id, caller, cancel);
                    if (view is null)
                        return new NotFound().AsProblem();
                    http.SetETag(view.Version);
                    return Results.Ok(view);
                }
            )
            .For(Roles.Coordinator)
            .Produces<StageView>();

        app.MapGet(
                "/api/stages/{id:guid}/conflicts",
                async (Guid id, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await One(reads, id, caller, cancel) is null)
                        return new NotFound().AsProblem();
                    var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
                    var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
                    var around = await Around.Read(
                        reads,
                        plan,
                        stage.CampaignId,
                        stage.OfferId,
                        stage.Seats.Select(s => s.EnrolmentId),
                        cancel
                    );
                    return Results.Ok(new Page<ConflictView>([.. Conflicts.Of(stage, around).Select(ConflictView.Of)], null));
                }
            )
            .For(Roles.Coordinator)
            .Produces<Page<ConflictView>>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/stages",
                async (
                    Guid campaignId,
                    string? status,
                    string? level,
                    string? subject,
                    string? week,
                    string? school,
                    Guid? teacherOfferId,
                    bool? pinned,
                    bool? needsTeacher,
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
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var where = new StringBuilder("where (d.data ->> 'campaignId')::uuid = ?");
                    var values = new List<object> { campaignId };
                    switch (status)
                    {
                        case null:
                            Add(" and d.data ->> 'status' <> ?", "Cancelled");
                            break;
                        case "draft" or "approved" or "published":
                            Add(" and lower(d.data ->> 'status') = ?", status);
                            break;
                        case "cancelled":
                            Add(" and d.data ->> 'status' = 'Cancelled' and d.data ->> 'wasPublished' = ?", "true");
                            break;
                        case "rejected":
                            Add(
                                " and d.data ->> 'status' = 'Cancelled' and d.data ->> 'reason' is not null "
                                    + "and d.data ->> 'wasPublished' = ?",
                                "false"
                            );
                            break;
                        case "all":
                            break;
                        default:
                            return Problems.Validation(
                                new Dictionary<string, string[]>(StringComparer.Ordinal)
                                {
                                    ["status"] = [Say.In("Statut inconnu.", "Unknown status.")],
                                }
                            );
                    }
                    if (level is not null)
                        Add(" and d.data -> 'levels' @> to_jsonb(?::text)", Texts.Normal<Level>(level));
                    if (subject is not null)
                        Add(" and d.data ->> 'subject' = ?", subject);
                    if (week is not null)
                        Add(" and d.data ->> 'week' = ?", week);
                    if (teacherOfferId is { } offer)
                        Add(" and d.data ->> 'offerId' = ?", offer.ToString());
                    if (pinned is { } isPinned)
                        Add(" and d.data ->> 'pinned' = ?", isPinned ? "true" : "false");
                    if (needsTeacher is { } needs)
                        Add(" and d.data ->> 'teacherGone' = ?", needs ? "true" : "false");
                    foreach (var territory in new[] { caller.Territory, school }.OfType<string>())
                    {
                        where.Append(
                            " and (exists (select 1 from jsonb_array_elements(d.data -> 'seats') s where starts_with(s ->> 'schoolUai', ?))"
                        );
                        where.Append(
                            " or exists (select 1 from scheduling.mt_doc_offer o "
                                + "where o.id::text = d.data ->> 'offerId' and starts_with(o.data ->> 'schoolUai', ?)))"
                        );
                        values.Add(territory.ToUpperInvariant());
                        values.Add(territory.ToUpperInvariant());
                    }
                    // A table that people leaf through: sorted, numbered pages, and how many there are.
                    if (page is not null || sort is not null)
                    {
                        var total = (
                            await reads.AdvancedSql.QueryAsync<long>(
                                $"select count(*) from scheduling.mt_doc_stage as d {where}",
                                cancel,
                                [.. values]
                            )
                        )[0];
                        var lines = Paging.Size(limit);
                        where.Append($" order by {SortedBy(sort)} {Paging.Direction(order)}, d.id limit ? offset ?");
                        var sheet = await reads.QueryAsync<Stage>(
                            where.ToString(),
                            cancel,
                            [.. values, lines, Paging.Before(page ?? 1, lines)]
                        );
                        return Results.Ok(new Sheet<StageView>(await Describe(reads, campaign.Plan, sheet, cancel), null, (int)total));
                    }
                    if (after is { } last)
                        Add(" and d.id > ?", last);
                    where.Append(" order by d.id");
                    // The board asks for the whole timetable; a script may ask for pages.
                    var size = limit is null && after is null ? int.MaxValue - 1 : Paging.Size(limit);
                    Add(" limit ?", size == int.MaxValue - 1 ? size : size + 1);

                    var stages = await reads.QueryAsync<Stage>(where.ToString(), cancel, [.. values]);
                    var views = await Describe(reads, campaign.Plan, stages, cancel);
                    return Results.Ok(Paging.Of(views, size, v => v.Id, v => v));

                    void Add(string condition, object value)
                    {
                        where.Append(condition);
                        values.Add(value);
                    }
                }
            )
            .For(Roles.Coordinator)
            .Produces<Sheet<StageView>>();
    }

    private static string SortedBy(string? sort) =>
        sort switch
        {
            "subject" => "d.data ->> 'subject'",
            "level" => Paging.LevelOrder("d.data -> 'levels' ->> 0"),
            "week" => "d.data ->> 'week'",
            "teacher" =>
                "(select lower(t.data ->> 'name') from scheduling.mt_doc_offerteacher t where t.id = (d.data ->> 'offerId')::uuid)",
            "pupils" => "jsonb_array_length(d.data -> 'seats')",
            _ => $"array_position(array['Draft','Approved','Published','Cancelled'], d.data ->> 'status'), "
                + $"d.data ->> 'subject', {Paging.LevelOrder("d.data -> 'levels' ->> 0")}",
        };

    public static async Task<IReadOnlyList<StageView>> Describe(
        IQuerySession reads,
        CampaignPlan plan,
        IReadOnlyList<Stage> stages,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. stages.Select(s => s.OfferId).Distinct()];
        var offers = (await reads.LoadManyAsync<Offer>(cancel, ids)).ToDictionary(o => o.Id);
        var teachers = (await reads.LoadManyAsync<OfferTeacher>(cancel, ids)).ToDictionary(o => o.Id);
        return [.. stages.Select(s => StageView.Of(s, plan, offers.GetValueOrDefault(s.OfferId), teachers.GetValueOrDefault(s.OfferId)))];
    }

    /// <summary>Null when there is none, or none that concerns the caller.</summary>
    public static async Task<StageView?> One(IQuerySession reads, Guid id, Caller caller, CancellationToken cancel)
    {
        if (await reads.LoadAsync<Stage>(id, cancel) is not { } stage)
            return null;
        var offer = await reads.LoadAsync<Offer>(stage.OfferId, cancel);
        if (!StageView.Concerns(stage, offer, caller))
            return null;
        var campaign =
            await reads.LoadAsync<Campaign>(stage.CampaignId, cancel) ?? throw new InvalidOperationException("A stage without a campaign.");
        return StageView.Of(stage, campaign.Plan, offer, await reads.LoadAsync<OfferTeacher>(stage.OfferId, cancel));
    }
}
