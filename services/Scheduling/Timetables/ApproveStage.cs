namespace Stages.Scheduling.Timetables;

/// <summary>A coordinator approves a draft that breaks no hard rule.</summary>
public static class ApproveStage
{
    public static Decision Decide(Stage stage, IReadOnlyList<Conflict> conflicts, Actor by, DateTimeOffset now) =>
        stage.Status switch
        {
            StageStatus.Approved or StageStatus.Published => Decision.Nothing,
            StageStatus.Cancelled => new StageIs(StageView.StatusOf(stage)),
            _ => conflicts.Count > 0 ? new InConflict(conflicts) : Decision.Of(new StageApproved(by, now)),
        };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/stages/{id:guid}/approve",
                (Guid id, [AsParameters] CommandContext context) =>
                    StageCommands.Obey(
                        id,
                        context,
                        async (session, stage, campaign) =>
                        {
                            var around = await Around.Read(
                                session,
                                campaign.Plan,
                                stage.CampaignId,
                                stage.OfferId,
                                stage.Seats.Select(s => s.EnrolmentId),
                                context.Cancel
                            );
                            return Decide(stage, Conflicts.Of(stage, around), Actor.Of(context.Caller), context.Now);
                        }
                    )
            )
            .For(Roles.Coordinator)
            .Produces<StageView>();
}

/// <summary>Approves many at once; those that break a rule are named and left as they are.</summary>
public static class ApproveStagesEndpoint
{
    private const int BatchSize = 200;

    /// <summary>A stage that somebody moved since it was judged is not approved unseen: its version has grown.</summary>
    /// <returns>How many are approved.</returns>
    public static Decision<int> Unmoved(IReadOnlyList<Stage> judged, IReadOnlyList<Stage> present, Actor by, DateTimeOffset now)
    {
        var versions = present.ToDictionary(s => s.Id, s => s.Version);
        Stage[] same = [.. judged.Where(s => versions.GetValueOrDefault(s.Id) == s.Version)];
        return Decision.All(same.Select(s => Decision.Of(new StageApproved(by, now)).At(s.Id))).Giving(same.Length);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/campaigns/{campaignId:guid}/stages/approve",
                async (Guid campaignId, ApproveStages? request, [AsParameters] CommandContext context) =>
                {
                    var (reads, cancel) = (context.Reads, context.Cancel);
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    if (campaign.IsClosed)
                        return new CampaignIsClosed().AsProblem();
                    var wanted = request?.Ids?.ToHashSet();
                    var around = await Around.ReadAll(reads, campaign.Plan, campaignId, cancel);
                    var drafts = await reads
                        .Query<Stage>()
                        .Where(s => s.CampaignId == campaignId && s.Status == StageStatus.Draft)
                        .ToListAsync(cancel);
                    var refused = new List<RefusedStage>();
                    var approved = 0;
                    foreach (
                        var batch in drafts
                            .Where(s => (wanted is null || wanted.Contains(s.Id)) && StageView.Concerns(s, around(s).Offer, context.Caller))
                            .Chunk(BatchSize)
                    )
                    {
                        Stage[] fit = [.. batch.Where(s => Fits(s))];
                        var outcome = await context.Journal.Decide<int>(
                            async reading =>
                            {
                                var present = await reading.Streams<Stage>(fit.Select(s => s.Id));
                                return Unmoved(fit, present, Actor.Of(context.Caller), context.Now);
                            },
                            Locks.Timetable(campaignId),
                            cancel
                        );
                        approved += outcome.Result;
                    }
                    return Results.Ok(new ApprovedView(approved, refused));

                    bool Fits(Stage stage)
                    {
                        var conflicts = Conflicts.Of(stage, around(stage));
                        if (conflicts.Count > 0)
                            refused.Add(new RefusedStage(stage.Id, [.. conflicts.Select(ConflictView.Of)]));
                        return conflicts.Count == 0;
                    }
                }
            )
            .For(Roles.Coordinator)
            .Produces<ApprovedView>();
}
