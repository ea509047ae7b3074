using System.Text.Json.Serialization;

namespace Stages.Api.Scheduling;

public sealed record ModuleView(
    Guid Id,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Slot
);

/// <param name="Wish">Subject of the wish that is placed.</param>
/// <param name="Status"><c>placed</c>, or <c>offered</c> from the waiting list until <paramref name="AnswerBefore"/>.</param>
public sealed record PupilView(Guid EnrolmentId, string Wish, string Level, string SchoolUai, string Status, DateTimeOffset? AnswerBefore);

/// <summary>A stage as coordinators see it.</summary>
/// <param name="Level">Its level, or two joined by a hyphen; <paramref name="Levels"/> has them apart.</param>
/// <param name="Status">
/// <c>draft</c>, <c>approved</c>, <c>published</c>; <c>rejected</c>, <c>cancelled</c> (after publication) or <c>replaced</c> (by
/// another timetable).
/// </param>
/// <param name="NeedsTeacher">Its teacher withdrew.</param>
/// <param name="FreePlaces">How many more pupils the group could take.</param>
public sealed record StageView(
    Guid Id,
    Guid CampaignId,
    string Subject,
    string Level,
    IReadOnlyList<string> Levels,
    string Week,
    Guid TeacherOfferId,
    string? TeacherName,
    IReadOnlyList<ModuleView> Modules,
    IReadOnlyList<PupilView> Pupils,
    string Status,
    bool Pinned,
    bool NeedsTeacher,
    int FreePlaces,
    string? Reason,
    long Version
)
{
    /// <summary>
    /// In the answer to a move: the stages that pupils left for this one, as they are now. Who changes them next needs their versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StageView>? AlsoChanged { get; init; }
}

/// <summary>What stands against a stage, in the caller's language.</summary>
public sealed record ConflictView(string Code, string Text, Guid? EnrolmentId, Guid? StageId, string? Slot);

/// <summary>A module of a published stage, as its teacher has it in the timetable.</summary>
public sealed record TaughtModule(
    Guid Id,
    Guid StageId,
    Guid CampaignId,
    string Subject,
    string SubjectName,
    string Level,
    IReadOnlyList<string> Levels,
    string Week,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string TimeZone,
    IReadOnlyList<Guid> Pupils
);
