namespace Stages.Scheduling.Timetables;

/// <summary>Another teacher gives the stage. The surroundings are that teacher's.</summary>
public sealed record ChangeTeacher(Guid OfferId) : StageChange
{
    public override Move On(Move move, Surroundings around, DateTimeOffset now) =>
        move with
        {
            After = move.After with { OfferId = OfferId },
        };
}
