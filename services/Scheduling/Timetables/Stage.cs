using Stages.Scheduling.Campaigns;

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

/// <param name="AnswerBefore">For a place offered from the waiting list: when it goes to the next pupil unless the family confirms it.</param>
public sealed record Seat(Guid EnrolmentId, string Level, string SchoolUai, DateTimeOffset? AnswerBefore = null, bool Confirmed = false);

public sealed record StageDrafted(
    Guid StageId, Guid CampaignId, Guid RunId, Guid OfferId, string Subject, IReadOnlyList<string> Levels, string Week,
    IReadOnlyList<Module> Modules, IReadOnlyList<Seat> Seats, Actor By, DateTimeOffset At);

/// <summary>Moved by a coordinator, or by adopting a proposal that keeps this stage: its whole content after the move.</summary>
public sealed record StageMoved(Guid OfferId, string Week, IReadOnlyList<Module> Modules, IReadOnlyList<Seat> Seats, Actor By, DateTimeOffset At);

public sealed record StageApproved(Actor By, DateTimeOffset At);

public sealed record StageRejected(string Reason, Actor By, DateTimeOffset At);

/// <summary>A newer timetable was adopted, in which this draft is not.</summary>
public sealed record StageReplaced(Guid RunId, Actor By, DateTimeOffset At);

public sealed record StagePinned(Actor By, DateTimeOffset At);

public sealed record StageUnpinned(Actor By, DateTimeOffset At);

public sealed record StagePublished(Actor By, DateTimeOffset At);

/// <summary>The teacher withdrew; a published stage waits for a substitute, an approved one is a draft again.</summary>
public sealed record TeacherLeft(Actor By, DateTimeOffset At);

public sealed record Stage(
    Guid Id, Guid CampaignId, Guid RunId, Guid OfferId, string Subject, IReadOnlyList<string> Levels, string Week,
    IReadOnlyList<Module> Modules, IReadOnlyList<Seat> Seats, StageStatus Status, bool Pinned, bool TeacherGone, string? Reason)
{
    public long Version { get; init; }

    public static Stage Create(StageDrafted e) =>
        new(e.StageId, e.CampaignId, e.RunId, e.OfferId, e.Subject, e.Levels, e.Week, e.Modules, e.Seats, StageStatus.Draft, false, false, null);
}
