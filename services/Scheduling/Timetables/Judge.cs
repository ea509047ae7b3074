using Stages.Scheduling.Timetables.Rules;

namespace Stages.Scheduling.Timetables;

/// <summary>One of the small commands that a coordinator gives to a stage: it says how the stage is to be, and judges nothing.</summary>
public abstract record StageChange
{
    public abstract Move On(Move move, Surroundings around, DateTimeOffset now);
}

/// <summary>A pupil who gives up a seat in another stage for one in this.</summary>
public sealed record Leaving(Guid From, Guid Pupil);

/// <summary>A date and an hour at which a module is to be and no slot is.</summary>
public sealed record NoSlot(DateOnly Date, TimeOnly Start);

/// <summary>What changes would make of a stage, with both ends in view: the stage that gains and those that lose.</summary>
public sealed record Move(Stage Before, Stage After)
{
    public IReadOnlyList<Leaving> Leaving { get; init; } = [];

    public IReadOnlyList<NoSlot> NoSlots { get; init; } = [];

    /// <summary>The stages that pupils leave, as they stand and as they would be.</summary>
    public IReadOnlyList<(Stage Before, Stage After)> Left { get; init; } = [];

    /// <summary>Nothing when all is as it was; else the stage's new content, and that of each stage that was left.</summary>
    public Decision Events(Actor by, DateTimeOffset now)
    {
        var same =
            After.OfferId == Before.OfferId
            && After.Week == Before.Week
            && After.Modules.SequenceEqual(Before.Modules)
            && After.Seats.SequenceEqual(Before.Seats);
        if (same)
            return Decision.Nothing;
        return Left.Aggregate(Decision.Of(Content(After)), (decision, left) => decision.And(left.After.Id, Content(left.After)));

        StageMoved Content(Stage s) => new(s.OfferId, s.Week, s.Modules, s.Seats, by, now);
    }
}

/// <summary>Judges every change of a stage in the same way.</summary>
public static class Judge
{
    /// <summary>What a move can break beside the rules of the stage that it leads to.</summary>
    public static readonly IReadOnlyList<Rule<Move>> OfAMove =
    [
        new("not-a-slot", LeadsToSlots),
        new("not-in-that-stage", TakesPupilsFromWhereTheyAre),
        new("source-too-small", LeavesNoGroupTooSmall),
    ];

    /// <summary>The stage as it would be, with what the changes break. Pure: what is around both states was read before.</summary>
    public static (Move Move, IReadOnlyList<Conflict> Conflicts) Of(
        Stage stage,
        IEnumerable<StageChange> changes,
        Surroundings around,
        DateTimeOffset now
    )
    {
        var others = around with { Others = [.. around.Others.Where(o => o.Id != stage.Id)] };
        var move = changes.Aggregate(new Move(stage, stage), (m, change) => change.On(m, others, now));
        move = move with { After = move.After with { Modules = MoveModules.Counted(stage, move.After) }, Left = LeftBy(move, others) };
        var after = others with { Others = [.. others.Others.Select(o => move.Left.FirstOrDefault(l => l.Before.Id == o.Id).After ?? o)] };
        return (
            move,
            [.. OfAMove.SelectMany(r => r.Judge(move, others)), .. Conflicts.Added(Known(move, others), Conflicts.Of(move.After, after))]
        );
    }

    /// <summary>What was wrong before is judged with its own teacher, and of slots and pupils it counts no more in another week.</summary>
    private static IReadOnlyList<Conflict> Known(Move move, Surroundings around)
    {
        var (before, after) = (move.Before, move.After);
        var known = Conflicts.Of(before, around with { Offer = after.OfferId == before.OfferId ? around.Offer : null });
        return after.Week == before.Week ? known : [.. known.Where(c => c.Slot is null && c.EnrolmentId is null)];
    }

    private static (Stage, Stage)[] LeftBy(Move move, Surroundings around) =>
        [
            .. around
                .Others.Where(o => move.Leaving.Any(l => Holds(o, move, l)))
                .Select(o => (o, o with { Seats = [.. o.Seats.Where(s => !move.Leaving.Contains(new Leaving(o.Id, s.EnrolmentId)))] })),
        ];

    private static bool Holds(Stage other, Move move, Leaving leaving) =>
        other.Id == leaving.From && other.Subject == move.Before.Subject && other.Holds(leaving.Pupil);

    /// <summary>A module is moved to a slot of the stage's week.</summary>
    private static IEnumerable<Breach> LeadsToSlots(Move move, Surroundings around) =>
        move.NoSlots.Select(s => new Breach(
            $"{s.Date:yyyy-MM-dd} {s.Start:HH\\:mm} n’est pas un créneau de la semaine {move.After.Week}.",
            $"{s.Date:yyyy-MM-dd} {s.Start:HH\\:mm} is not a slot of week {move.After.Week}.",
            $"{s.Date:yyyy-MM-dd}T{s.Start:HH\\:mm}"
        ));

    /// <summary>A pupil comes from a stage of the same subject in which they have a seat.</summary>
    private static IEnumerable<Breach> TakesPupilsFromWhereTheyAre(Move move, Surroundings around) =>
        move
            .Leaving.Where(l => !around.Others.Any(o => Holds(o, move, l)))
            .Select(l => new Breach(
                "Cet élève n’est pas dans le stage d’où il viendrait.",
                "This pupil is not in the stage they would come from.",
                $"{l.Pupil}",
                l.Pupil,
                l.From
            ));

    /// <summary>The group that a pupil leaves keeps the campaign's minimum.</summary>
    private static IEnumerable<Breach> LeavesNoGroupTooSmall(Move move, Surroundings around)
    {
        var least = around.Plan.Rules.GroupMin;
        return move
            .Left.Where(l => l.After.Seats.Count < least)
            .Select(l => new Breach(
                $"Le groupe quitté n’aurait plus que {Count.Fr(l.After.Seats.Count, "élève")} ; le minimum est {least}.",
                $"The group left behind would have {Count.En(l.After.Seats.Count, "pupil")}; the minimum is {least}.",
                $"{l.After.Id}",
                StageId: l.After.Id
            ));
    }
}
