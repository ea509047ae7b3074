using FluentValidation;
using Marten;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Scheduling.Timetables;

/// <param name="Id">Which of the stage's modules this is; absent: the one at that slot, or else a new one.</param>
public sealed record ModuleForm
{
    public Guid? Id { get; init; }

    public DateOnly? Date { get; init; }

    public TimeOnly? Start { get; init; }

    // What GET gives beside; may be sent back, changes nothing.
    public TimeOnly? End { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public string? Slot { get; init; }
}

public sealed record PupilForm
{
    public Guid? EnrolmentId { get; init; }

    public string? Wish { get; init; }

    /// <summary>
    /// The stage that the pupil leaves for this one, in the same step; without it a pupil placed elsewhere is a conflict.
    /// </summary>
    public Guid? From { get; init; }

    public string? Level { get; init; }

    public string? SchoolUai { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? AnswerBefore { get; init; }
}

/// <summary>What is absent stays. GET's answer may be sent back changed: its read-only fields are ignored.</summary>
public sealed record MoveStage
{
    public IReadOnlyList<ModuleForm>? Modules { get; init; }

    public Guid? TeacherOfferId { get; init; }

    public IReadOnlyList<PupilForm>? Pupils { get; init; }

    public string? Week { get; init; }

    public Guid? Id { get; init; }

    public Guid? CampaignId { get; init; }

    public string? Subject { get; init; }

    public string? Level { get; init; }

    public IReadOnlyList<string>? Levels { get; init; }

    public string? TeacherName { get; init; }

    public string? Status { get; init; }

    public bool? Pinned { get; init; }

    public bool? NeedsTeacher { get; init; }

    public int? FreePlaces { get; init; }

    public string? Reason { get; init; }

    public long? Version { get; init; }
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
    public sealed record Moved(Stage After, IReadOnlyList<Conflict> Conflicts, IReadOnlyList<(Stage From, Guid Pupil)> Leaving);

    /// <summary>The stage as it would be, with what the move breaks. Pure: what is around both states was read before.</summary>
    public static Moved Judge(Stage stage, MoveStage command, Surroundings around, DateTimeOffset now)
    {
        var plan = around.Plan;
        var week = command.Week ?? (command.Modules is { Count: > 0 } m && m[0].Date is { } date ? WeekOf(plan, date) : null) ?? stage.Week;
        var conflicts = new List<Conflict>();
        var slots = Slots(stage, command, plan, week, conflicts);
        var offer = command.TeacherOfferId ?? stage.OfferId;
        var leaving = new List<(Stage, Guid)>();
        Seat[] seats = command.Pupils is null ? [.. stage.Seats] : [.. command.Pupils.Select(p => Seat(stage, p, around.Candidates))];
        foreach (var pupil in (command.Pupils ?? []).Where(p => p.From is not null && p.From != stage.Id))
        {
            var from = around.Others.FirstOrDefault(o =>
                o.Id == pupil.From && o.Subject == stage.Subject && o.Holds(pupil.EnrolmentId!.Value)
            );
            if (from is null)
                conflicts.Add(
                    new(
                        "not-in-that-stage",
                        "Cet élève n’est pas dans le stage d’où il viendrait.",
                        "This pupil is not in the stage they would come from.",
                        $"{pupil.EnrolmentId}",
                        pupil.EnrolmentId,
                        pupil.From
                    )
                );
            else
                leaving.Add((from, pupil.EnrolmentId!.Value));
        }

        var before = around with { Others = [.. around.Others.Where(o => o.Id != stage.Id)] };
        Stage[] others = [.. before.Others.Select(o => o with { Seats = [.. o.Seats.Where(s => !leaving.Contains((o, s.EnrolmentId)))] })];
        foreach (var o in others.Where(o => leaving.Exists(l => l.Item1.Id == o.Id) && o.Seats.Count < plan.Rules.GroupMin))
            conflicts.Add(
                new(
                    "source-too-small",
                    $"Le groupe quitté n’aurait plus que {o.Seats.Count} élève(s) ; le minimum est {plan.Rules.GroupMin}.",
                    $"The group left behind would have {o.Seats.Count} pupil(s); the minimum is {plan.Rules.GroupMin}.",
                    $"{o.Id}",
                    StageId: o.Id
                )
            );
        var after = stage with
        {
            OfferId = offer,
            Week = week,
            Modules = Modules(stage, slots, offer != stage.OfferId || week != stage.Week, now),
            Seats = seats,
        };
        // What was wrong before is judged with its own teacher, and counts no more once the week is another one.
        var known = Conflicts.Of(stage, before with { Offer = offer == stage.OfferId ? around.Offer : null });
        if (week != stage.Week)
            known = [.. known.Where(c => c.Slot is null && c.EnrolmentId is null)];
        conflicts.AddRange(Conflicts.Added(known, Conflicts.Of(after, before with { Others = others })));
        return new Moved(after, conflicts, leaving);
    }

    public static Decision Decide(Stage stage, Moved moved, Actor by, DateTimeOffset now)
    {
        if (!stage.IsLive)
            return new StageIs(StageView.StatusOf(stage));
        if (moved.Conflicts.Count > 0)
            return new InConflict(moved.Conflicts);
        var a = moved.After;
        var same =
            a.OfferId == stage.OfferId
            && a.Week == stage.Week
            && a.Modules.SequenceEqual(stage.Modules)
            && a.Seats.SequenceEqual(stage.Seats);
        return same ? Decision.Nothing : Decision.Of(new StageMoved(a.OfferId, a.Week, a.Modules, a.Seats, by, now));
    }

    /// <summary>The stages that pupils leave for this one.</summary>
    private static Decision Leave(Moved moved, Actor by, DateTimeOffset now) =>
        Decision.All(
            moved.Leaving.Select(l =>
                Decision
                    .Of(
                        new StageMoved(
                            l.From.OfferId,
                            l.From.Week,
                            l.From.Modules,
                            [.. l.From.Seats.Where(s => s.EnrolmentId != l.Pupil)],
                            by,
                            now
                        )
                    )
                    .At(l.From.Id)
            )
        );

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPut(
                "/api/stages/{id:guid}",
                async (
                    Guid id,
                    bool? dryRun,
                    MoveStage request,
                    Caller caller,
                    IfMatch ifMatch,
                    Journal journal,
                    IQuerySession reads,
                    HttpContext http,
                    TimeProvider clock,
                    CancellationToken cancel
                ) =>
                {
                    if (dryRun == true)
                        return await Preview(id, request, caller, ifMatch, reads, clock.GetUtcNow(), cancel);
                    return await StageCommands.Obey(
                        id,
                        caller,
                        ifMatch,
                        journal,
                        reads,
                        http,
                        async (session, stage, campaign) =>
                        {
                            var now = clock.GetUtcNow();
                            if (Unchangeable(stage, request) is { } refused)
                                return refused;
                            var moved = Judge(stage, request, await Read(session, campaign.Plan, stage, request, cancel), now);
                            return Decide(stage, moved, Actor.Of(caller), now).And(Leave(moved, Actor.Of(caller), now));
                        },
                        cancel
                    );
                }
            )
            .For(Roles.Coordinator)
            .Validated<MoveStage>()
            .Produces<StageView>()
            .Produces<MovePreview>();

    private static async Task<IResult> Preview(
        Guid id,
        MoveStage request,
        Caller caller,
        IfMatch ifMatch,
        IQuerySession reads,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await ReadStages.One(reads, id, caller, cancel) is null)
            return new NotFound().AsProblem();
        var stage = (await reads.LoadAsync<Stage>(id, cancel))!;
        if (ifMatch.Version is { } seen && seen != stage.Version)
            return new StaleVersion(stage.Version).AsProblem();
        if (!stage.IsLive)
            return new StageIs(StageView.StatusOf(stage)).AsProblem();
        if (Unchangeable(stage, request) is { } refused)
            return refused.AsProblem();
        var plan = (await reads.LoadAsync<Campaign>(stage.CampaignId, cancel))!.Plan;
        var moved = Judge(stage, request, await Read(reads, plan, stage, request, cancel), now);
        return Results.Ok(new MovePreview(moved.Conflicts.Count == 0, [.. moved.Conflicts.Select(ConflictView.Of)]));
    }

    /// <summary>Both the present teacher and pupils and the future ones: the move is judged against what stood before.</summary>
    private static async Task<Surroundings> Read(
        IQuerySession session,
        CampaignPlan plan,
        Stage stage,
        MoveStage request,
        CancellationToken cancel
    )
    {
        var pupils = stage.Seats.Select(s => s.EnrolmentId).Concat((request.Pupils ?? []).Select(p => p.EnrolmentId).OfType<Guid>());
        return await Around.Read(session, plan, stage.CampaignId, request.TeacherOfferId ?? stage.OfferId, pupils, cancel);
    }

    private static FieldsRefused? Unchangeable(Stage stage, MoveStage request)
    {
        var faults = new List<FieldRefused>();
        if (request.Subject is { } subject && subject != stage.Subject)
            faults.Add(Fixed("subject"));
        if (request.Levels is { } levels && !levels.SequenceEqual(stage.Levels))
            faults.Add(Fixed("levels"));
        if (request.Level is { } level && level != string.Join('-', stage.Levels))
            faults.Add(Fixed("level"));
        foreach (var (pupil, i) in (request.Pupils ?? []).Select((p, i) => (p, i)))
            if (pupil.Wish is { } wish && wish != stage.Subject)
                faults.Add(
                    new(
                        $"pupils[{i}].wish",
                        "other-subject",
                        "Ce vœu est d’une autre matière que le stage.",
                        "This wish is for another subject than the stage’s."
                    )
                );
        return faults.Count > 0 ? new FieldsRefused(faults) : null;

        static FieldRefused Fixed(string field) =>
            new(field, "unchangeable", "La matière et le niveau d’un stage ne changent pas.", "A stage’s subject and level do not change.");
    }

    private static string? WeekOf(CampaignPlan plan, DateOnly date) =>
        plan.Weeks.FirstOrDefault(w => date >= w.Monday && date < w.Monday.AddDays(SlotCode.Days))?.Label;

    private static List<(Guid? Id, int Slot)> Slots(
        Stage stage,
        MoveStage command,
        CampaignPlan plan,
        string week,
        List<Conflict> conflicts
    )
    {
        if (command.Modules is null)
            return [.. stage.Modules.Select(m => ((Guid?)m.Id, m.Slot))];
        var slots = new List<(Guid?, int)>();
        foreach (var module in command.Modules)
        {
            if (Grid.Number(plan, week, module.Date!.Value, module.Start!.Value) is { } slot)
                slots.Add((module.Id, slot));
            else
                conflicts.Add(
                    new(
                        "not-a-slot",
                        $"{module.Date:yyyy-MM-dd} {module.Start:HH\\:mm} n’est pas un créneau de la semaine {week}.",
                        $"{module.Date:yyyy-MM-dd} {module.Start:HH\\:mm} is not a slot of week {week}.",
                        $"{module.Date:yyyy-MM-dd}T{module.Start:HH\\:mm}"
                    )
                );
        }
        return slots;
    }

    /// <summary>A module keeps its id, by which calendars know it; what is moved after publication counts on.</summary>
    private static Module[] Modules(Stage stage, List<(Guid? Id, int Slot)> slots, bool allMoved, DateTimeOffset now)
    {
        var left = stage.Modules.ToList();
        var result = new Module?[slots.Count];
        Take((slot, old) => slot.Id == old.Id);
        Take((slot, old) => slot.Id is null && slot.Slot == old.Slot);
        Take((slot, _) => slot.Id is null);
        for (var i = 0; i < slots.Count; i++)
            result[i] ??= new Module(TimetableIds.Derived(now, $"{stage.Id}/{stage.Version}/{i}"), slots[i].Slot, 0);
        return [.. result.OfType<Module>()];

        void Take(Func<(Guid? Id, int Slot), Module, bool> fits)
        {
            for (var i = 0; i < slots.Count; i++)
            {
                if (result[i] is not null || left.Find(m => fits(slots[i], m)) is not { } old)
                    continue;
                left.Remove(old);
                var grows = stage.WasPublished && (old.Slot != slots[i].Slot || allMoved);
                result[i] = old with { Slot = slots[i].Slot, Sequence = old.Sequence + (grows ? 1 : 0) };
            }
        }
    }

    private static Seat Seat(Stage stage, PupilForm pupil, IReadOnlyDictionary<Guid, Candidate> candidates)
    {
        var id = pupil.EnrolmentId!.Value;
        if (stage.Seats.FirstOrDefault(s => s.EnrolmentId == id) is { } seat)
            return seat;
        return candidates.TryGetValue(id, out var c) ? new Seat(id, c.Level, c.SchoolUai) : new Seat(id, "", "");
    }
}
