using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// What every move of one session, one stage or one pupil would break, in one answer: shown from the moment at which a drag begins. Each
/// is judged as the move itself will be (<see cref="MoveStageEndpoint"/>).
/// </summary>
public static class ReadTargets
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/stages/{id:guid}/targets",
                async (Guid id, Guid? module, Caller caller, IQuerySession reads, TimeProvider clock, CancellationToken cancel) =>
                {
                    if (await ReadStages.One(reads, id, caller, cancel) is null)
                        return new NotFound().AsProblem();
                    var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
                    var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
                    var pupils = stage.Seats.Select(s => s.EnrolmentId);
                    var around = await Around.Read(reads, plan, stage.CampaignId, stage.OfferId, pupils, cancel);
                    return Results.Ok(OfStage(stage, module, Reach.Of(around, stage, caller), clock.GetUtcNow()));
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("Where a session, or the whole stage, could go")
            .Produces<StageTargets>();

        app.MapGet(
                "/api/campaigns/{campaignId:guid}/stages/targets",
                async (
                    Guid campaignId,
                    Guid enrolmentId,
                    string subject,
                    Guid? from,
                    Caller caller,
                    IQuerySession reads,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    if (await reads.LoadAsync<Campaign>(campaignId, cancel) is not { Plan: var plan })
                        return new NotFound().AsProblem();
                    if (
                        await reads.LoadAsync<Candidate>(enrolmentId, cancel) is not { } candidate
                        || candidate.CampaignId != campaignId
                        || !caller.Covers(candidate.SchoolUai)
                    )
                        return new NotFound().AsProblem();
                    var found = reads
                        .Query<Stage>()
                        .LiveOf(campaignId)
                        .Where(s => s.Subject == subject && s.Levels.Contains(candidate.Level));
                    if (caller.Territory is { } territory)
                        found = found.Concerning(territory);
                    var stages = await found.ToListAsync(cancel);
                    Guid[] ids = [.. stages.Select(s => s.OfferId).Distinct()];
                    var offers = (await reads.LoadManyAsync<Offer>(cancel, ids)).ToDictionary(o => o.Id);
                    // The teacher stays, so that nothing is asked of theirs.
                    var around = await Around.Read(reads, plan, campaignId, Guid.Empty, [enrolmentId], cancel);
                    return Results.Ok(
                        OfPupil(
                            candidate,
                            from,
                            stages,
                            stage => Reach.Of(around with { Offer = offers.GetValueOrDefault(stage.OfferId) }, stage, caller),
                            clock.GetUtcNow()
                        )
                    );
                }
            )
            .For(Roles.Coordinator)
            .WithSummary("Which stages could take a pupil")
            .Produces<PupilTargets>();
    }

    public static StageTargets OfStage(Stage stage, Guid? module, Surroundings around, DateTimeOffset now)
    {
        var plan = around.Plan;
        var slots = stage.Modules.Any(m => m.Id == module) ? Enumerable.Range(0, Grid.Count(plan)) : [];
        return new StageTargets(
            [
                .. slots.Select(slot => new SlotTarget(
                    Grid.DateOf(plan, stage.Week, slot),
                    Grid.StartOf(plan, slot),
                    Against(new MoveModules([.. stage.Modules.Select(m => Form(plan, stage, m, m.Id == module ? slot : m.Slot))]))
                )),
            ],
            [.. plan.Weeks.Where(w => w.Label != stage.Week).Select(w => new WeekTarget(w.Label, Against(new ChangeWeek(w.Label))))]
        );

        IReadOnlyList<ConflictView> Against(StageChange change) => Judged(stage, change, around, now);
    }

    /// <param name="around">
    /// With the pupil alone among candidates: of the others, whom the move leaves where they are, nothing new can be said.
    /// </param>
    public static PupilTargets OfPupil(
        Candidate pupil,
        Guid? from,
        IReadOnlyList<Stage> stages,
        Func<Stage, Surroundings> around,
        DateTimeOffset now
    )
    {
        var present = stages.FirstOrDefault(s => s.Id == from && s.Holds(pupil.Id));
        return new PupilTargets(
            [
                .. stages
                    .Where(s => !s.Holds(pupil.Id))
                    .Select(s => new PupilTarget(s.Id, Judged(s, new SeatPupils([.. Seats(s), Seat(pupil.Id, from)]), around(s), now))),
            ],
            present is null
                ? null
                : Judged(present, new SeatPupils([.. Seats(present).Where(p => p.EnrolmentId != pupil.Id)]), around(present), now)
        );

        static IEnumerable<PupilForm> Seats(Stage stage) => stage.Seats.Select(s => Seat(s.EnrolmentId, null));
        static PupilForm Seat(Guid id, Guid? from) => new(id, null, from);
    }

    private static ConflictView[] Judged(Stage stage, StageChange change, Surroundings around, DateTimeOffset now) =>
        [.. Judge.Of(stage, [change], around, now).Conflicts.Select(ConflictView.Of)];

    private static ModuleForm Form(CampaignPlan plan, Stage stage, Module module, int slot) =>
        new()
        {
            Id = module.Id,
            Date = Grid.DateOf(plan, stage.Week, slot),
            Start = Grid.StartOf(plan, slot),
        };
}
