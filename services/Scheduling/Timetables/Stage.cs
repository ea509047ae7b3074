namespace Stages.Scheduling.Timetables;

// A stage: one teacher, one subject, one level or two adjacent ones, one week, its dated modules and its group. It begins as a
// draft when a proposal is adopted, is approved by a coordinator, and binds people from its publication on.

public enum StageStatus
{
    Draft,
    Approved,
    Published,

    /// <summary>Rejected, before or after publication, or replaced by another timetable: it does not take place.</summary>
    Cancelled,
}

/// <param name="Slot">Number in the campaign's grid.</param>
/// <param name="Sequence">Grows each time the module is moved after publication: SEQUENCE of RFC 5545.</param>
public sealed record Module(Guid Id, int Slot, int Sequence);

/// <summary>A pupil's place.</summary>
/// <param name="AnswerBefore">
/// For a place offered from the waiting list: when it goes to the next pupil unless the family confirms it.
/// </param>
public sealed record Seat(Guid EnrolmentId, string Level, string SchoolUai, DateTimeOffset? AnswerBefore = null);

/// <summary>A teacher asked to take over.</summary>
public sealed record Invitation(Guid OfferId, DateTimeOffset AnswerBefore);

public sealed record StageDrafted(
    Guid StageId,
    Guid CampaignId,
    Guid RunId,
    Guid OfferId,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<Module> Modules,
    IReadOnlyList<Seat> Seats,
    Actor By,
    DateTimeOffset At
);

/// <summary>Moved by a coordinator, or by adopting a proposal that keeps this stage: its whole content after the move.</summary>
public sealed record StageMoved(
    Guid OfferId,
    string Week,
    IReadOnlyList<Module> Modules,
    IReadOnlyList<Seat> Seats,
    Actor By,
    DateTimeOffset At
);

public sealed record StageApproved(Actor By, DateTimeOffset At);

public sealed record StageRejected(string Reason, Actor By, DateTimeOffset At);

/// <summary>A newer timetable was adopted, in which this stage is not.</summary>
public sealed record StageReplaced(Guid RunId, Actor By, DateTimeOffset At);

public sealed record StagePinned(Actor By, DateTimeOffset At);

public sealed record StageUnpinned(Actor By, DateTimeOffset At);

public sealed record StagePublished(Actor By, DateTimeOffset At);

/// <summary>
/// The teacher withdrew or is no longer accepted; a published stage waits for a substitute, an approved one is a draft again.
/// </summary>
public sealed record TeacherLeft(Actor By, DateTimeOffset At);

public sealed record SubstituteInvited(Guid OfferId, DateTimeOffset AnswerBefore, Actor By, DateTimeOffset At);

public sealed record SubstituteDeclined(Guid OfferId, Actor By, DateTimeOffset At);

/// <summary>Another teacher takes the stage over; every module is another one for calendars.</summary>
public sealed record TeacherReplaced(Guid OfferId, Actor By, DateTimeOffset At);

/// <summary>A pupil's place is free: the family withdrew, declined, or let a deadline pass.</summary>
/// <param name="Why"><c>withdrawn</c>, <c>merged</c>, <c>declined</c>, <c>lapsed</c> or <c>wish-changed</c>.</param>
public sealed record PupilLeft(Guid EnrolmentId, string Why, Actor By, DateTimeOffset At);

/// <summary>A free place goes to the first of the waiting list who fits.</summary>
public sealed record SeatOffered(Seat Seat, Actor By, DateTimeOffset At);

public sealed record SeatConfirmed(Guid EnrolmentId, Actor By, DateTimeOffset At);

/// <param name="Freed">Places that became free after publication and are for the waiting list.</param>
/// <param name="Refused">Pupils who gave up a place here: it is not offered to them again.</param>
/// <param name="WasPublished">People were told of it, so that they must be told of its end too.</param>
public sealed record Stage(
    Guid Id,
    Guid CampaignId,
    Guid RunId,
    Guid OfferId,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<Module> Modules,
    IReadOnlyList<Seat> Seats,
    StageStatus Status,
    bool Pinned,
    bool TeacherGone,
    bool WasPublished,
    int Freed,
    IReadOnlyList<Guid> Refused,
    IReadOnlyList<Invitation> Invitations,
    string? Reason
)
{
    public long Version { get; init; }

    public bool IsLive => Status != StageStatus.Cancelled;

    public bool Holds(Guid enrolment) => Seats.Any(s => s.EnrolmentId == enrolment);

    public static Stage Create(StageDrafted e) =>
        new(
            e.StageId,
            e.CampaignId,
            e.RunId,
            e.OfferId,
            e.Subject,
            e.Levels,
            e.Week,
            e.Modules,
            e.Seats,
            StageStatus.Draft,
            Pinned: false,
            TeacherGone: false,
            WasPublished: false,
            Freed: 0,
            Refused: [],
            Invitations: [],
            Reason: null
        );

    /// <summary>A draft again when it was only approved: what was approved is no longer what stands.</summary>
    public Stage Apply(StageMoved e) =>
        this with
        {
            OfferId = e.OfferId,
            Week = e.Week,
            Modules = e.Modules,
            Seats = e.Seats,
            TeacherGone = TeacherGone && e.OfferId == OfferId,
            Status = Status == StageStatus.Approved ? StageStatus.Draft : Status,
            Invitations = e.OfferId == OfferId ? Invitations : [],
            Freed = Math.Max(0, Freed - Math.Max(0, e.Seats.Count - Seats.Count)),
        };

    public Stage Apply(StageApproved _) => this with { Status = StageStatus.Approved };

    public Stage Apply(StageRejected e) => this with { Status = StageStatus.Cancelled, Reason = e.Reason, Invitations = [] };

    public Stage Apply(StageReplaced _) => this with { Status = StageStatus.Cancelled, Invitations = [] };

    public Stage Apply(StagePinned _) => this with { Pinned = true };

    public Stage Apply(StageUnpinned _) => this with { Pinned = false };

    public Stage Apply(StagePublished _) => this with { Status = StageStatus.Published, WasPublished = true };

    public Stage Apply(TeacherLeft _) =>
        this with
        {
            TeacherGone = true,
            Status = Status == StageStatus.Approved ? StageStatus.Draft : Status,
        };

    public Stage Apply(SubstituteInvited e) =>
        this with
        {
            Invitations = [.. Invitations.Where(i => i.OfferId != e.OfferId), new Invitation(e.OfferId, e.AnswerBefore)],
        };

    public Stage Apply(SubstituteDeclined e) => this with { Invitations = [.. Invitations.Where(i => i.OfferId != e.OfferId)] };

    public Stage Apply(TeacherReplaced e) =>
        this with
        {
            OfferId = e.OfferId,
            TeacherGone = false,
            Invitations = [],
            Modules = WasPublished ? [.. Modules.Select(m => m with { Sequence = m.Sequence + 1 })] : Modules,
        };

    public Stage Apply(PupilLeft e) =>
        this with
        {
            Seats = [.. Seats.Where(s => s.EnrolmentId != e.EnrolmentId)],
            Freed = WasPublished ? Freed + 1 : 0,
            Refused = WasPublished ? [.. Refused, e.EnrolmentId] : Refused,
        };

    public Stage Apply(SeatOffered e) => this with { Seats = [.. Seats, e.Seat], Freed = Math.Max(0, Freed - 1) };

    public Stage Apply(SeatConfirmed e) =>
        this with
        {
            Seats = [.. Seats.Select(s => s.EnrolmentId == e.EnrolmentId ? s with { AnswerBefore = null } : s)],
        };
}
