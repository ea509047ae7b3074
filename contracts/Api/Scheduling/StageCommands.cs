using System.Text.Json.Serialization;

namespace Stages.Api.Scheduling;

/// <summary>What a coordinator wants to be otherwise in a stage: any of four changes, all of them or none.</summary>
/// <remarks>What is absent stays. GET's answer may be sent back changed: what only GET says is passed over.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MoveStage
{
    public string? Week { get; init; }

    public Guid? TeacherOfferId { get; init; }

    public IReadOnlyList<ModuleForm>? Modules { get; init; }

    public IReadOnlyList<PupilForm>? Pupils { get; init; }

    /// <summary>A stage's subject and levels do not change: another one is refused.</summary>
    public string? Subject { get; init; }

    public string? Level { get; init; }

    public IReadOnlyList<string>? Levels { get; init; }
}

/// <summary>A module with its date and hour; without an id the one at that slot, or else a new one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ModuleForm
{
    public Guid? Id { get; init; }

    public DateOnly? Date { get; init; }

    public TimeOnly? Start { get; init; }
}

/// <param name="Wish">Subject of the wish that is placed, which is the stage's.</param>
/// <param name="From">
/// The stage that the pupil leaves for this one, in the same step; without it a pupil placed elsewhere is a conflict.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record PupilForm(Guid? EnrolmentId = null, string? Wish = null, Guid? From = null);

public sealed record RejectStage(string? Reason = null);

/// <param name="Ids">Absent: every draft that concerns the coordinator.</param>
public sealed record ApproveStages(IReadOnlyList<Guid>? Ids = null);

public sealed record ApprovedView(int Approved, IReadOnlyList<RefusedStage> Refused);

public sealed record RefusedStage(Guid StageId, IReadOnlyList<ConflictView> Conflicts);

/// <param name="OfferId">Whom to invite; absent: the best candidate who was not invited yet.</param>
/// <param name="AnswerBefore">Absent: 24 hours.</param>
public sealed record InviteSubstitute(Guid? OfferId = null, DateTimeOffset? AnswerBefore = null);

/// <param name="Text">Why this one: preferred slots, other stages.</param>
/// <param name="InvitedUntil">When the answer is due, for who is invited already.</param>
public sealed record SubstituteView(
    Guid OfferId,
    string? TeacherName,
    int PreferredModules,
    int OtherStages,
    string Text,
    DateTimeOffset? InvitedUntil
);

public sealed record SubstitutesView(Guid StageId, SubstituteView? Invited, IReadOnlyList<SubstituteView> Candidates);

/// <summary>A stage that its teacher is asked to take over.</summary>
public sealed record InvitationView(
    Guid StageId,
    Guid CampaignId,
    Guid OfferId,
    string Subject,
    string Level,
    string Week,
    IReadOnlyList<ModuleView> Modules,
    int Pupils,
    DateTimeOffset AnswerBefore
);
