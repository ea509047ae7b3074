namespace Stages.Api.Scheduling;

/// <summary>Which stages of the present timetable the run leaves as they are. Published and pinned ones always stay.</summary>
public enum Keep
{
    None,
    Approved,

    /// <summary>Approved ones stay; drafts move as little as can be.</summary>
    All,
}

/// <param name="BudgetSeconds">How long to search; 30 when absent.</param>
/// <param name="Seed">Drawn when absent.</param>
public sealed record RequestPairing(int? BudgetSeconds = null, int? Seed = null, Keep? Keep = null);

public enum RunStatus
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <param name="Gap">(bound − placedWeight) / bound: how far at most from the best possible.</param>
public sealed record RunScore(int PlacedWishes, int Wishes, long PlacedWeight, long Bound, double Gap, long Quality);

/// <summary>
/// A run as coordinators see it. <paramref name="Stages"/> and <paramref name="Unplaced"/> are filled once it is done, and absent
/// in lists.
/// </summary>
/// <param name="Progress">Share of the budget that is spent, 0 to 1.</param>
/// <param name="Attempts">More than 1 after a process that computed it ended.</param>
/// <param name="Score">While it runs: of the best found so far.</param>
public sealed record RunView(
    Guid Id,
    Guid CampaignId,
    RunStatus Status,
    double Progress,
    RunScore? Score,
    int Seed,
    int BudgetSeconds,
    Keep Keep,
    double ElapsedSeconds,
    DateTimeOffset RequestedAt,
    string? RequestedBy,
    DateTimeOffset? EndedAt,
    int StageCount,
    int UnplacedCount,
    int Attempts,
    IReadOnlyList<RunStageView>? Stages = null,
    IReadOnlyList<UnplacedView>? Unplaced = null
);

/// <summary>A stage of a proposal; it has no id before it is adopted. <paramref name="Number"/> is what remedies refer to.</summary>
public sealed record RunStageView(
    int Number,
    Guid TeacherOfferId,
    string Subject,
    string Level,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<RunModuleView> Modules,
    IReadOnlyList<RunPupilView> Pupils,
    bool Pinned
);

public sealed record RunModuleView(DateOnly Date, TimeOnly Start, TimeOnly End);

public sealed record RunPupilView(Guid EnrolmentId, string Wish);

public sealed record UnplacedView(Guid EnrolmentId, string Subject, string Reason, string Text, IReadOnlyList<RemedyView> WouldBePlacedIf);

/// <summary>
/// What would place the wish: <paramref name="Text"/> for people; the rest by kind, as in stages-proposal/1 with slots as codes.
/// </summary>
public sealed record RemedyView(
    string Kind,
    string Text,
    int? Stage = null,
    Guid? OfferId = null,
    string? Week = null,
    IReadOnlyList<string>? Levels = null,
    IReadOnlyList<string>? Slots = null,
    IReadOnlyList<RunPupilView>? Wishes = null,
    int? Missing = null
);

/// <summary>What stands after an adoption.</summary>
public sealed record AdoptedView(Guid RunId, Guid CampaignId, int Stages, int Pupils);
