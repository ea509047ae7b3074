namespace Stages.Contracts.Scheduling;

/// <summary>
/// One session of a stage, of 30 to 480 minutes. Local date and times in the campaign's zone, and the same two instants in UTC.
/// </summary>
/// <param name="Sequence">Grows each time this module is moved or cancelled: SEQUENCE of RFC 5545.</param>
public sealed record ModuleSet(
    Guid ModuleId,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int Sequence
);

/// <summary>A pupil's place in a stage, for the subject wished.</summary>
/// <param name="SchoolUai">Decides which coordinators may look into the class; null means those of the whole académie only.</param>
/// <param name="AnswerBefore">
/// A place offered from the waiting list goes to the next pupil unless it is confirmed before; null: no such limit.
/// </param>
public sealed record PupilPlaced(Guid EnrolmentId, string Subject, string? SchoolUai = null, DateTimeOffset? AnswerBefore = null);

/// <summary>A pupil who left a published stage, for a reason that is no coordinator's.</summary>
/// <param name="Why">
/// <c>declined</c> by the family, <c>lapsed</c> unanswered, <c>withdrawn</c> with the enrolment, <c>wish-changed</c> with its level or
/// wishes, <c>merged</c>: the child has the place by another enrolment.
/// </param>
public sealed record PupilGone(Guid EnrolmentId, string Why);

/// <summary>A stage is published: its teacher and families are told, its room is reserved.</summary>
/// <param name="TeacherId">Account of the teacher, who alone may open the room; null when there is none.</param>
/// <param name="TeacherFirstName">What families are told of the teacher; nothing once the teacher has left.</param>
/// <param name="TeacherGone">
/// The teacher of <paramref name="OfferId"/> withdrew or is no longer accepted: the stage waits for another, and they have no part in it.
/// </param>
public sealed record StagePublished(
    Guid StageId,
    Guid CampaignId,
    long Version,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    string TimeZone,
    Guid OfferId,
    Guid? TeacherId,
    string TeacherFirstName,
    IReadOnlyList<ModuleSet> Modules,
    IReadOnlyList<PupilPlaced> Pupils,
    bool TeacherGone = false
)
{
    /// <summary>For readers to whom a publication is a stage's first content like any later one.</summary>
    public StageChanged AsChanged() =>
        new(
            StageId,
            CampaignId,
            Version,
            Subject,
            Levels,
            Week,
            TimeZone,
            OfferId,
            TeacherId,
            TeacherFirstName,
            Modules,
            Pupils,
            TeacherGone
        );
}

/// <summary>
/// A published stage changed (time, teacher or group); the whole of its present content. Removed modules and pupils are those no
/// longer in it.
/// </summary>
/// <param name="Gone">Why those left who did so by themselves; whom a coordinator took out is not among them.</param>
public sealed record StageChanged(
    Guid StageId,
    Guid CampaignId,
    long Version,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    string TimeZone,
    Guid OfferId,
    Guid? TeacherId,
    string TeacherFirstName,
    IReadOnlyList<ModuleSet> Modules,
    IReadOnlyList<PupilPlaced> Pupils,
    bool TeacherGone = false,
    IReadOnlyList<PupilGone>? Gone = null
);

/// <summary>A published stage does not take place.</summary>
/// <param name="Reason">In the coordinator's words, told to families as it stands.</param>
public sealed record StageCancelled(Guid StageId, Guid CampaignId, long Version, string Reason);

/// <summary>Why one wish waits, where it stands, and what would place it, in both languages.</summary>
/// <param name="Position">1 = next on the waiting list of its subject and level.</param>
public sealed record WishWaiting(
    string Subject,
    int Position,
    string Reason,
    string TextFr,
    string TextEn,
    IReadOnlyList<string> WouldBePlacedIfFr,
    IReadOnlyList<string> WouldBePlacedIfEn
);

/// <summary>After a publication, the wishes of an enrolment that have no place.</summary>
/// <param name="Tell">False when positions or remedies moved and nothing else: shown to the family who looks, not sent to them.</param>
public sealed record WishesLeftWaiting(
    Guid EnrolmentId,
    Guid CampaignId,
    long Version,
    IReadOnlyList<WishWaiting> Wishes,
    bool Tell = true
);
