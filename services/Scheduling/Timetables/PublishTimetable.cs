using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

public sealed record NothingToPublish()
    : Refusal(
        RefusalKind.Conflict,
        "nothing-approved",
        "Aucun stage n’est validé : il n’y a rien à publier.",
        "No stage is approved: there is nothing to publish."
    );

/// <summary>
/// All approved stages that concern the coordinator are published; their people are told, and those who wait are told why.
/// </summary>
public static class PublishTimetable
{
    private const int BatchSize = 100;

    public static Decision Decide(Stage stage, Actor by, DateTimeOffset now) =>
        stage.Status switch
        {
            StageStatus.Approved when !stage.TeacherGone => Decision.Of(new StagePublished(by, now)),
            StageStatus.Published => Decision.Nothing,
            _ => new StageIs(StageView.StatusOf(stage)),
        };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/campaigns/{campaignId:guid}/publish/preview",
                async (Guid campaignId, Caller caller, IQuerySession reads, CancellationToken cancel) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    var (approved, drafts, refused) = await Approved(reads, campaign, caller, cancel);
                    var ids = approved.Select(s => s.Id).ToHashSet();
                    var (list, candidates) = await WaitingListRefresh.Compute(reads, campaign, ids, cancel);
                    var mine = candidates.Where(c => caller.Covers(c.SchoolUai)).Select(c => c.Id).ToHashSet();
                    var teachers = (
                        await reads.LoadManyAsync<OfferTeacher>(cancel, [.. approved.Select(s => s.OfferId).Distinct()])
                    ).ToDictionary(t => t.Id);
                    var seats = approved
                        .SelectMany(s => s.Seats.Select(seat => new PlaceToTell(seat.EnrolmentId, s.Id, s.Subject)))
                        .ToArray();
                    return Results.Ok(
                        new PublicationPreview(
                            approved.Count,
                            seats.Select(s => s.EnrolmentId).Distinct().Count(),
                            seats.Length,
                            drafts,
                            [
                                .. approved
                                    .GroupBy(s => s.OfferId)
                                    .Select(g => new TeacherToTell(
                                        g.Key,
                                        teachers.GetValueOrDefault(g.Key)?.Name,
                                        [.. g.Select(s => s.Id)]
                                    )),
                            ],
                            seats,
                            [
                                .. list.Where(w => mine.Contains(w.Key))
                                    .Select(w => new FamilyWaiting(
                                        w.Key,
                                        [
                                            .. w.Value.Select(x => new WaitingToTell(
                                                x.Subject,
                                                x.Position,
                                                x.Reason,
                                                Say.In(x.TextFr, x.TextEn),
                                                Say.In(x.WouldBePlacedIfFr, x.WouldBePlacedIfEn)
                                            )),
                                        ]
                                    )),
                            ],
                            refused
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .Produces<PublicationPreview>();

        app.MapPost(
                "/api/campaigns/{campaignId:guid}/publish",
                async (Guid campaignId, WaitingListRefresh waiting, [AsParameters] CommandContext context) =>
                {
                    var (reads, caller, cancel) = (context.Reads, context.Caller, context.Cancel);
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { } campaign)
                        return new NotFound().AsProblem();
                    if (campaign.IsClosed)
                        return new CampaignIsClosed().AsProblem();
                    var (approved, _, refused) = await Approved(reads, campaign, caller, cancel);
                    var timetable = await reads.LoadAsync<Timetable>(TimetableIds.Of(campaignId), cancel);
                    if (approved.Count == 0 && refused.Count == 0 && timetable?.PublishedAt is null)
                        return new NothingToPublish().AsProblem();

                    var (now, by, published) = (context.Now, Actor.Of(caller), new List<Stage>());
                    // Not the request's own token: a coordinator who hangs up does not leave half of the families untold.
                    // A publication that was cut off all the same is repeated: what is published is left, the rest and the
                    // waiting list follow.
                    foreach (var batch in approved.Chunk(BatchSize))
                        published.AddRange(await Publish(context.Journal, campaignId, batch, by, now, CancellationToken.None));
                    if (published.Count > 0)
                        await context.Journal.Decide<Campaign>(campaignId, c => Lottery.Reveal(c, now), cancel: CancellationToken.None);
                    var waits = await waiting.Run(
                        campaignId,
                        caller.Territory is null ? null : c => caller.Covers(c.SchoolUai),
                        CancellationToken.None
                    );
                    if (published.Count > 0 && timetable is not null)
                        await context.Journal.Decide<Timetable>(
                            timetable.Id,
                            _ => Decision.Of(new TimetablePublished(published.Count, waits, by, now)),
                            cancel: CancellationToken.None
                        );
                    var seats = published.SelectMany(s => s.Seats).ToArray();
                    return Results.Ok(
                        new PublishedView(
                            published.Count,
                            seats.Select(s => s.EnrolmentId).Distinct().Count(),
                            seats.Length,
                            waits,
                            now,
                            refused
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .AsksForFreshProof()
            .Produces<PublishedView>();
    }

    private static async Task<IReadOnlyList<Stage>> Publish(
        Journal journal,
        Guid campaignId,
        Stage[] batch,
        Actor by,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var outcome = await journal.Decide<IReadOnlyList<Stage>>(
            async reading =>
            {
                var stages = await reading.Streams<Stage>(batch.Select(s => s.Id));
                var published = stages
                    .Select(s => (Stage: s, Decision: Decide(s, by, now)))
                    .Where(x => x.Decision.Events.Count > 0)
                    .ToList();
                return Decision
                    .All(published.Select(x => x.Decision.At(x.Stage.Id)))
                    .Giving<IReadOnlyList<Stage>>([.. published.Select(x => x.Stage)]);
            },
            Locks.Timetable(campaignId),
            cancel
        );
        return outcome.Result ?? [];
    }

    private static async Task<(List<Stage> Approved, int Drafts, List<RefusedStage> Refused)> Approved(
        IQuerySession reads,
        Campaign campaign,
        Caller caller,
        CancellationToken cancel
    )
    {
        var open = await reads
            .Query<Stage>()
            .Where(s => s.CampaignId == campaign.Id && (s.Status == StageStatus.Approved || s.Status == StageStatus.Draft))
            .ToListAsync(cancel);
        var around = await Around.ReadAll(reads, campaign.Plan, campaign.Id, cancel);
        var mine = open.Where(s => StageView.Concerns(s, around(s).Offer, caller)).ToArray();
        var judged = mine.Where(s => s.Status == StageStatus.Approved)
            .Select(s => (Stage: s, Conflicts: Conflicts.Of(s, around(s))))
            .ToArray();
        return (
            [.. judged.Where(j => j.Conflicts.Count == 0).Select(j => j.Stage)],
            mine.Count(s => s.Status == StageStatus.Draft),
            [
                .. judged
                    .Where(j => j.Conflicts.Count > 0)
                    .Select(j => new RefusedStage(j.Stage.Id, [.. j.Conflicts.Select(ConflictView.Of)])),
            ]
        );
    }
}
