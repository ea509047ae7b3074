namespace Stages.Scheduling.Runs;

// A pairing run: asked for by a coordinator, computed by a job that survives the process it runs in, and ended by a proposal, a
// failure or a cancellation. The instance it solved, its proposal and its progress are documents beside it: they are files.

public sealed record PairingRequested(Guid RunId, Guid CampaignId, int Seed, int BudgetSeconds, Keep Keep, Actor By, DateTimeOffset At);

/// <param name="Attempt">2 and more after the process that computed it ended.</param>
public sealed record PairingStarted(int Attempt, DateTimeOffset At);

public sealed record TimetableProposed(RunScore Score, int Stages, int Unplaced, double ElapsedSeconds, DateTimeOffset At);

/// <param name="Fault">For operators; people are told that it failed.</param>
public sealed record PairingFailed(string Fault, DateTimeOffset At);

public sealed record PairingCancelled(Actor By, DateTimeOffset At);

public sealed record PairingRun(
    Guid Id,
    Guid CampaignId,
    int Seed,
    int BudgetSeconds,
    Keep Keep,
    RunStatus Status,
    int Attempts,
    RunScore? Score,
    int Stages,
    int Unplaced,
    double ElapsedSeconds,
    DateTimeOffset RequestedAt,
    string? RequestedBy,
    DateTimeOffset? EndedAt
)
{
    public long Version { get; init; }

    public bool IsOpen => Status is RunStatus.Queued or RunStatus.Running;

    public static PairingRun Create(PairingRequested e) =>
        new(e.RunId, e.CampaignId, e.Seed, e.BudgetSeconds, e.Keep, RunStatus.Queued, 0, null, 0, 0, 0, e.At, e.By.Name, null);

    public PairingRun Apply(PairingStarted e) => this with { Status = RunStatus.Running, Attempts = e.Attempt };

    public PairingRun Apply(TimetableProposed e) =>
        this with
        {
            Status = RunStatus.Done,
            Score = e.Score,
            Stages = e.Stages,
            Unplaced = e.Unplaced,
            ElapsedSeconds = e.ElapsedSeconds,
            EndedAt = e.At,
        };

    public PairingRun Apply(PairingFailed e) => this with { Status = RunStatus.Failed, EndedAt = e.At };

    public PairingRun Apply(PairingCancelled e) => this with { Status = RunStatus.Cancelled, EndedAt = e.At };
}

/// <summary>A live stage that the run was given, so that adopting its proposal recognises it.</summary>
public sealed record KnownStage(
    Guid StageId,
    string Offer,
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    int[] Modules,
    bool Pinned
);

/// <summary>
/// What a run solves, fixed when it first starts: a second attempt solves the same. Files are compressed JSON of the pairing
/// formats.
/// </summary>
/// <param name="Id">The run's.</param>
public sealed record RunInstance(Guid Id, byte[] Problem, byte[]? Previous, IReadOnlyList<KnownStage> Known);

/// <param name="Id">The run's.</param>
public sealed record RunProposal(Guid Id, byte[] Proposal);

/// <summary>
/// Where a run is. The beat says which process computes it and that it still does; a run without one is taken up by another.
/// </summary>
/// <param name="Id">The run's.</param>
public sealed record RunProgress(Guid Id, Guid Worker, DateTimeOffset Beat, double Fraction, RunScore? Score, double ElapsedSeconds);
