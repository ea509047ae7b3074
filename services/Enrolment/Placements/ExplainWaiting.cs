using Stages.Contracts.Scheduling;

namespace Stages.Enrolments.Placements;

/// <summary>Why the wishes without a place wait, as the timetable stands now; an older explanation that comes late says nothing.</summary>
public static class ExplainWaiting
{
    public static Decision Decide(Enrolment? enrolment, WishesLeftWaiting m, DateTimeOffset now) =>
        enrolment is not { IsStanding: true } || enrolment.TimetableVersion >= m.Version
            ? Decision.Nothing
            : Decision.Of(new WaitingExplained(m.Version, [.. m.Wishes.Select(Of)], now));

    private static Waiting Of(WishWaiting w) =>
        new(w.Subject, w.Position, w.Reason, w.TextFr, w.TextEn, [.. w.WouldBePlacedIfFr], [.. w.WouldBePlacedIfEn]);
}
