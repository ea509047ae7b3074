namespace Stages.Api.Scheduling;

/// <summary>A wish without a place in the timetable as it stands.</summary>
public sealed record UnplacedWishView(
    Guid EnrolmentId,
    string Subject,
    string Level,
    string SchoolUai,
    int Priority,
    int Position,
    string Reason,
    string Text,
    IReadOnlyList<string> WouldBePlacedIf
);

/// <param name="StageId">A live stage with a free seat; null: a stage that this teacher could open with these enrolments.</param>
public sealed record PlaceView(
    Guid? StageId,
    Guid TeacherOfferId,
    string? TeacherName,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<string> Slots,
    bool PreferredWeek,
    int FreePlaces,
    IReadOnlyList<Guid> With,
    string Text
);

/// <param name="Weight">What the group would add to the timetable's weight.</param>
public sealed record VolunteerView(
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<string> Slots,
    int Pupils,
    long Weight,
    string Text
);
