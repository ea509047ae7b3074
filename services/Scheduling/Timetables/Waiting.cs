namespace Stages.Scheduling.Timetables;

// What one family is told of its wishes that have no place: a stream for each enrolment, so that every further telling has a
// greater version than the one before.

/// <param name="Position">1 = next on the waiting list of its subject and level.</param>
public sealed record WaitingWish(
    string Subject,
    int Position,
    string Reason,
    string TextFr,
    string TextEn,
    IReadOnlyList<string> WouldBePlacedIfFr,
    IReadOnlyList<string> WouldBePlacedIfEn
)
{
    public bool Equals(WaitingWish? other) =>
        other is not null
        && Subject == other.Subject
        && Position == other.Position
        && Reason == other.Reason
        && TextFr == other.TextFr
        && WouldBePlacedIfFr.SequenceEqual(other.WouldBePlacedIfFr);

    public override int GetHashCode() => HashCode.Combine(Subject, Position, Reason, TextFr);
}

/// <param name="Tell">False when only positions or remedies moved.</param>
public sealed record WishesLeftWaiting(Guid EnrolmentId, Guid CampaignId, IReadOnlyList<WaitingWish> Wishes, bool Tell, DateTimeOffset At);

/// <param name="Id">See <see cref="TimetableIds.Waiting"/>.</param>
public sealed record Waiting(Guid Id, Guid EnrolmentId, Guid CampaignId, IReadOnlyList<WaitingWish> Wishes)
{
    public long Version { get; init; }

    public static Waiting Create(WishesLeftWaiting e) => new(TimetableIds.Waiting(e.EnrolmentId), e.EnrolmentId, e.CampaignId, e.Wishes);

    public Waiting Apply(WishesLeftWaiting e) => this with { Wishes = e.Wishes };
}
