namespace Stages.Scheduling.Timetables;

/// <summary>The group is made of these pupils; who has a seat keeps it, with the deadline that it may have.</summary>
public sealed record SeatPupils(IReadOnlyList<PupilForm> Pupils) : StageChange
{
    public override Move On(Move move, Surroundings around, DateTimeOffset now) =>
        move with
        {
            After = move.After with { Seats = [.. Pupils.Select(p => Seat(move.Before, p.EnrolmentId!.Value, around))] },
            Leaving =
            [
                .. Pupils
                    .Where(p => p.From is not null && p.From != move.Before.Id)
                    .Select(p => new Leaving(p.From!.Value, p.EnrolmentId!.Value)),
            ],
        };

    /// <summary>A wish for another subject has no place in the stage.</summary>
    public static IEnumerable<FieldRefused> OfAnotherSubject(IReadOnlyList<PupilForm> pupils, string subject) =>
        pupils
            .Select((pupil, i) => (pupil.Wish, i))
            .Where(x => x.Wish is not null && x.Wish != subject)
            .Select(x => new FieldRefused(
                $"pupils[{x.i}].wish",
                "other-subject",
                "Ce vœu est d’une autre matière que le stage.",
                "This wish is for another subject than the stage’s."
            ));

    private static Seat Seat(Stage stage, Guid id, Surroundings around)
    {
        if (stage.Seats.FirstOrDefault(s => s.EnrolmentId == id) is { } seat)
            return seat;
        return around.Candidates.TryGetValue(id, out var c) ? new Seat(id, c.Level, c.SchoolUai) : new Seat(id, "", "");
    }
}
