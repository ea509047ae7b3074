namespace Stages.Api.Enrolment;

/// <summary>A wish with a place (<c>stageId</c> and its modules), or one that waits (<c>waiting</c>).</summary>
/// <param name="AnswerBefore">Without an answer the place goes to another pupil then; null: nothing is asked, or it is answered.</param>
/// <param name="Ended">
/// Of a cancelled place: <c>lapsed</c> unanswered, <c>withdrawn</c>, <c>wish-changed</c>, <c>taken-back</c> by the coordinators,
/// <c>no-stage</c> when the stage does not take place; null when it was not noted.
/// </param>
/// <param name="Levels">Of its stage; null where they were not kept.</param>
public sealed record PlacementView(
    string Wish,
    Guid? StageId,
    string Status,
    string? Week,
    string? TimeZone,
    string? TeacherFirstName,
    IReadOnlyList<PlaceModule>? Modules,
    string? Reason,
    WaitingView? Waiting,
    ReportView? Report = null,
    IReadOnlyList<PresenceView>? Presences = null,
    DateTimeOffset? AnswerBefore = null,
    string? Ended = null,
    IReadOnlyList<string>? Levels = null
);

/// <summary>Whether a change leaves a pupil a place: one rule, for the service that asks before and for whoever shows it.</summary>
public static class KeptPlace
{
    /// <param name="levels">Of its stage; null where they were not kept: then the level has to stay as it is.</param>
    public static bool Suits(string subject, IReadOnlyList<string>? levels, Pupil before, Pupil after, IEnumerable<Wish> wishes) =>
        wishes.Any(w => w.Subject == subject) && (levels ?? [before.Level]).Contains(after.Level, StringComparer.Ordinal);
}

public sealed record PlaceModule(
    Guid Id,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int Sequence
);

public sealed record WaitingView(int Rank, string Reason, string Text, IReadOnlyList<string> WouldBePlacedIf);

/// <summary>Which place is meant; with neither, all that are still open to an answer.</summary>
/// <param name="KeepWaiting">For who declines: the wish stays on the waiting list for another group. Else it is answered.</param>
public sealed record PlacementAnswer(Guid? StageId = null, string? Wish = null, bool? KeepWaiting = null);

/// <param name="Text">For the family and the school: what the pupil worked on, what went well, what comes next.</param>
public sealed record PupilReport(Guid StageId, string? Text = null);

/// <summary>What the teacher wrote about the pupil.</summary>
public sealed record ReportView(Guid StageId, string Text, DateTimeOffset At);

/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected.</param>
public sealed record PresenceView(Guid ModuleId, int Minutes, string Source);

/// <summary>One session that a pupil of the family attends.</summary>
public sealed record AttendedModule(
    Guid ModuleId,
    Guid StageId,
    Guid CampaignId,
    Guid EnrolmentId,
    string Pupil,
    string Subject,
    string TeacherFirstName,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string TimeZone,
    string Status
);
