using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Timetables;

/// <summary>
/// How far a coordinator of one territory reaches into a stage that several territories share: everything that a command names is
/// theirs, or unknown to them as if it did not exist, so that no answer tells whether it does.
/// </summary>
public static class Reach
{
    /// <summary>Whether this teacher is one whom the caller may put before pupils.</summary>
    public static bool Covers(Caller caller, Offer? offer) =>
        caller.IsCoordinator && (caller.Territory is null || caller.Covers(offer?.SchoolUai));

    /// <summary>What a command of theirs is judged by: the stage's own people, and besides them the territory's alone.</summary>
    public static Surroundings Of(Surroundings around, Stage stage, Caller caller)
    {
        if (caller.Territory is null)
            return around;
        var seated = stage.Seats.Select(s => s.EnrolmentId).ToHashSet();
        var candidates = around
            .Candidates.Where(c => seated.Contains(c.Key) || caller.Covers(c.Value.SchoolUai))
            .ToDictionary(c => c.Key, c => c.Value);
        var offer = around.Offer is { } o && (o.Id == stage.OfferId || Covers(caller, o)) ? o : null;
        return around with
        {
            Offer = offer,
            Candidates = candidates,
            Others = [.. around.Others.Where(s => s.OfferId == offer?.Id || s.Seats.Any(seat => candidates.ContainsKey(seat.EnrolmentId)))],
        };
    }

    /// <summary>Pupils of other territories keep their seats: the group may be joined, nobody else's child sent away.</summary>
    public static FieldsRefused? SendsAway(Stage stage, MoveStage command, Caller caller)
    {
        if (caller.Territory is null || command.Pupils is not { } pupils)
            return null;
        var named = pupils.Select(p => p.EnrolmentId).ToHashSet();
        return stage.Seats.All(s => caller.Covers(s.SchoolUai) || named.Contains(s.EnrolmentId))
            ? null
            : new FieldsRefused([
                new(
                    "pupils",
                    "other-territory",
                    "Ce groupe compte aussi des élèves d’un autre département : leur place n’est pas à retirer d’ici.",
                    "This group has pupils of another département too: their places are not to be taken from here."
                ),
            ]);
    }
}
