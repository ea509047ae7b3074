namespace Stages.Scheduling.Timetables;

/// <summary>
/// A family is told how its waiting wishes stand when that has changed; as news when another wish waits, or for another reason.
/// </summary>
public static class TellWaiting
{
    public static bool IsTold(Waiting? before, IReadOnlyList<WaitingWish> wishes) =>
        before is null ? wishes.Count == 0 : before.Wishes.SequenceEqual(wishes);

    public static Decision Decide(Guid campaign, Guid enrolment, Waiting? before, IReadOnlyList<WaitingWish> wishes, DateTimeOffset now)
    {
        if (IsTold(before, wishes))
            return Decision.Nothing;
        var news = !Reasons(before?.Wishes ?? []).SetEquals(Reasons(wishes));
        return Decision.Of(new WishesLeftWaiting(enrolment, campaign, wishes, news, now)).At(TimetableIds.Waiting(enrolment));
    }

    private static HashSet<(string, string)> Reasons(IReadOnlyList<WaitingWish> wishes) => [.. wishes.Select(w => (w.Subject, w.Reason))];
}
