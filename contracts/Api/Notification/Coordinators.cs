namespace Stages.Api.Notification;

/// <summary>Who coordinates what, whole: the Portal says it again and again, and what was said before is forgotten.</summary>
/// <param name="At">When it was read: an older list does not replace a newer one.</param>
public sealed record CoordinatorsNow(DateTimeOffset At, IReadOnlyList<CoordinatorAddress>? People);

/// <param name="Territory">Null for the whole académie.</param>
/// <param name="Language">In which they read; null where it is not known.</param>
public sealed record CoordinatorAddress(string? Email, string? Territory, string? Language = null);
