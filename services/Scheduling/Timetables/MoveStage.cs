namespace Stages.Scheduling.Timetables;

/// <summary>What a <see cref="MoveStage"/> says.</summary>
public static class StageMoves
{
    /// <summary>The small commands that this form names, in the order in which they build upon each other.</summary>
    public static IEnumerable<StageChange> Changes(this MoveStage move, CampaignPlan plan)
    {
        if ((move.Week ?? ChangeWeek.Of(plan, move.Modules)) is { } week)
            yield return new ChangeWeek(week);
        if (move.TeacherOfferId is { } offer)
            yield return new ChangeTeacher(offer);
        if (move.Modules is not null)
            yield return new MoveModules(move.Modules);
        if (move.Pupils is not null)
            yield return new SeatPupils(move.Pupils);
    }

    /// <summary>What the form says otherwise that no command can change.</summary>
    public static FieldsRefused? Unchangeable(this MoveStage move, Stage stage)
    {
        var faults = new List<FieldRefused>();
        if (move.Subject is not null && move.Subject != stage.Subject)
            faults.Add(Fixed("subject"));
        if (move.Levels is not null && !move.Levels.SequenceEqual(stage.Levels))
            faults.Add(Fixed("levels"));
        if (move.Level is not null && move.Level != string.Join('-', stage.Levels))
            faults.Add(Fixed("level"));
        faults.AddRange(SeatPupils.OfAnotherSubject(move.Pupils ?? [], stage.Subject));
        return faults.Count > 0 ? new FieldsRefused(faults) : null;

        static FieldRefused Fixed(string field) =>
            new(field, "unchangeable", "La matière et le niveau d’un stage ne changent pas.", "A stage’s subject and level do not change.");
    }
}

public sealed class MoveStageValidator : AbstractValidator<MoveStage>
{
    public MoveStageValidator()
    {
        RuleFor(m => m.Modules).Must(m => m is null || m.Count is >= 1 and <= 12);
        RuleForEach(m => m.Modules)
            .ChildRules(module =>
            {
                module.RuleFor(x => x.Date).NotNull();
                module.RuleFor(x => x.Start).NotNull();
            });
        RuleFor(m => m.Pupils).Must(p => p is null || p.Count <= 60);
        RuleForEach(m => m.Pupils).ChildRules(pupil => pupil.RuleFor(x => x.EnrolmentId).NotNull());
        RuleFor(m => m.Week).MaximumLength(4);
    }
}

/// <summary>What a move would break; nothing was changed.</summary>
public sealed record MovePreview(bool Possible, IReadOnlyList<ConflictView> Conflicts);

public static class MoveStageEndpoint
{
    public static Decision Decide(Stage stage, MoveStage command, Surroundings around, Actor by, DateTimeOffset now)
    {
        if (!stage.IsLive)
            return new StageIs(StageView.StatusOf(stage));
        if (command.Unchangeable(stage) is { } refused)
            return refused;
        var (move, conflicts) = Judge.Of(stage, command.Changes(around.Plan), around, now);
        return conflicts.Count > 0 ? new InConflict(conflicts) : move.Events(by, now);
    }

    /// <summary>The same for a preview and for the move itself: within what this coordinator may name.</summary>
    public static Decision DecideFor(Caller caller, Stage stage, MoveStage command, Surroundings around, DateTimeOffset now) =>
        Reach.SendsAway(stage, command, caller) is { } refused
            ? refused
            : Decide(stage, command, Reach.Of(around, stage, caller), Actor.Of(caller), now);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/stages/{id:guid}",
                (Guid id, bool? dryRun, MoveStage request, [AsParameters] CommandContext context) =>
                    dryRun == true ? Preview(id, request, context) : Move(id, request, context)
            )
            .For(Roles.Coordinator)
            .Validated<MoveStage>()
            .ProducesEither<StageView, MovePreview>();

    private static Task<IResult> Move(Guid id, MoveStage request, CommandContext context)
    {
        Guid[] alsoChanged = [.. (request.Pupils ?? []).Select(p => p.From).OfType<Guid>().Where(from => from != id).Distinct()];
        return StageCommands.Obey(
            id,
            context,
            async (session, stage, campaign) =>
                DecideFor(context.Caller, stage, request, await Read(session, campaign.Plan, stage, request, context.Cancel), context.Now),
            alsoChanged
        );
    }

    private static async Task<IResult> Preview(Guid id, MoveStage request, CommandContext context)
    {
        var (reads, cancel) = (context.Reads, context.Cancel);
        if (await ReadStages.One(reads, id, context.Caller, cancel) is null)
            return new NotFound().AsProblem();
        var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
        if (context.IfMatch.Version is { } seen && seen != stage.Version)
            return new StaleVersion(stage.Version).AsProblem();
        var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        var around = await Read(reads, plan, stage, request, cancel);
        var decision = DecideFor(context.Caller, stage, request, around, context.Now);
        return decision.Refusal switch
        {
            null => Results.Ok(new MovePreview(true, [])),
            InConflict against => Results.Ok(new MovePreview(false, [.. against.Conflicts.Select(ConflictView.Of)])),
            var refused => refused.AsProblem(),
        };
    }

    /// <summary>Both the present pupils and the future ones: the move is judged against what stood before.</summary>
    private static Task<Surroundings> Read(
        IQuerySession session,
        CampaignPlan plan,
        Stage stage,
        MoveStage request,
        CancellationToken cancel
    )
    {
        var pupils = stage.Seats.Select(s => s.EnrolmentId).Concat((request.Pupils ?? []).Select(p => p.EnrolmentId).OfType<Guid>());
        return Around.Read(session, plan, stage.CampaignId, request.TeacherOfferId ?? stage.OfferId, pupils, cancel);
    }
}
