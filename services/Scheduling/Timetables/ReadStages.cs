using Stages.Scheduling.Offers;

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
                "/api/campaigns/{campaignId:guid}/stages/conflicts",
                async (Guid campaignId, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { Plan: var plan })
                        return new NotFound().AsProblem();
                    var around = await Around.ReadAll(reads, plan, campaignId, cancel);
                    var stages = await reads.Query<Stage>().LiveOf(campaignId).OrderBy(s => s.Id).ToListAsync(cancel);
                    var found = stages
                        .Select(s => (Stage: s, Around: around(s)))
                        .Where(x => StageView.Concerns(x.Stage, x.Around.Offer, caller))
                        .Select(x => new RefusedStage(x.Stage.Id, [.. Conflicts.Of(x.Stage, x.Around).Select(ConflictView.Of)]))
                        .Where(x => x.Conflicts.Count > 0);
                    return Results.Ok(new Page<RefusedStage>([.. found], null));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("The stages that break a rule as they stand")
            .Produces<Page<RefusedStage>>();

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
                    [AsParameters] Leaf leaf,
                    Caller caller,
                    IQuerySession reads,
                    CancellationToken cancel
                ) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    if (reads.Query<Stage>().Where(s => s.CampaignId == campaignId).InStatus(status) is not { } stages)
                        return Problems.Validation(
                            new Dictionary<string, string[]>(StringComparer.Ordinal)
                            {
                                ["status"] = [Say.In("Statut inconnu.", "Unknown status.")],
                            }
                        );
                    if (level is not null)
                    {
                        var taught = Texts.Normal<Level>(level);
                        stages = stages.Where(s => s.Levels.Contains(taught));
                    }
                    if (subject is not null)
                        stages = stages.Where(s => s.Subject == subject);
                    if (week is not null)
                        stages = stages.Where(s => s.Week == week);
                    if (teacherOfferId is { } offer)
                        stages = stages.Where(s => s.OfferId == offer);
                    if (pinned is { } isPinned)
                        stages = stages.Where(s => s.Pinned == isPinned);
                    if (needsTeacher is { } needs)
                        stages = stages.Where(s => s.TeacherGone == needs);
                    foreach (var territory in new[] { caller.Territory ?? "", Uai.Beginning(school) }.Where(t => t.Length > 0))
                        stages = stages.Concerning(territory);
                    if (leaf.IsOfTable)
                        return Results.Ok(await Paging.Sheet(stages, s => s.Sorted(leaf.Sort, leaf.Order), leaf, View, cancel));
                    if (leaf.After is { } last)
                        stages = stages.Where(s => s.Id > last);
                    stages = stages.OrderBy(s => s.Id);
                    // The board asks for the whole timetable; a script may ask for pages.
                    if (leaf is { Limit: null, After: null })
                        return Results.Ok(new Page<StageView>(await View(await stages.ToListAsync(cancel)), null));
                    var size = Paging.Size(leaf.Limit);
                    var views = await View(await stages.Take(size + 1).ToListAsync(cancel));
                    return Results.Ok(Paging.Of(views, size, v => v.Id, v => v));

                    Task<IReadOnlyList<StageView>> View(IReadOnlyList<Stage> found) =>
                        Describe(reads, campaign.Plan, found, caller, cancel);
                }
            )
            .For(Roles.Coordinator)
            .Produces<Sheet<StageView>>();
    }

    public static async Task<IReadOnlyList<StageView>> Describe(
        IQuerySession reads,
        CampaignPlan plan,
        IReadOnlyList<Stage> stages,
        Caller caller,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. stages.Select(s => s.OfferId).Distinct()];
        // Of thousands of offers, only what is shown of them.
        var offers = await reads.Query<Offer>().Where(o => o.Id.IsOneOf(ids)).Select(o => new { o.Id, o.Terms.Limits }).ToListAsync(cancel);
        var teachers = await reads
            .Query<OfferTeacher>()
            .Where(t => t.Id.IsOneOf(ids))
            .Select(t => new { t.Id, t.Name })
            .ToListAsync(cancel);
        var limits = offers.ToDictionary(o => o.Id, o => o.Limits);
        var names = teachers.ToDictionary(t => t.Id, t => t.Name);
        return
        [
            .. stages.Select(s =>
                StageView.Of(s, plan, limits.GetValueOrDefault(s.OfferId), names.GetValueOrDefault(s.OfferId)).For(caller)
            ),
        ];
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
        var teacher = await reads.LoadAsync<OfferTeacher>(stage.OfferId, cancel);
        return StageView.Of(stage, campaign.Plan, offer?.Terms.Limits, teacher?.Name).For(caller);
    }
}
