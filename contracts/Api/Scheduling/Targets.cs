namespace Stages.Api.Scheduling;

/// <param name="Conflicts">What would stand against it; none: it is possible.</param>
public sealed record SlotTarget(DateOnly Date, TimeOnly Start, IReadOnlyList<ConflictView> Conflicts);

public sealed record WeekTarget(string Week, IReadOnlyList<ConflictView> Conflicts);

/// <summary>Where a session of a stage could go, and the whole stage: each slot of its week, each other week of the campaign.</summary>
public sealed record StageTargets(IReadOnlyList<SlotTarget> Slots, IReadOnlyList<WeekTarget> Weeks);

public sealed record PupilTarget(Guid StageId, IReadOnlyList<ConflictView> Conflicts);

/// <summary>Which stages could take a pupil: each one of the wish's subject and the pupil's level.</summary>
/// <param name="Out">What stands against taking the pupil out of the stage that they are in; null: they are in none.</param>
public sealed record PupilTargets(IReadOnlyList<PupilTarget> Stages, IReadOnlyList<ConflictView>? Out);
