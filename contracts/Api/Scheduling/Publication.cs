namespace Stages.Api.Scheduling;

/// <summary>Who will be told what by a publication now.</summary>
/// <param name="NotApproved">Drafts that stay unpublished.</param>
/// <param name="Refused">
/// Approved stages that break a rule since: a teacher or pupil has changed availability. They stay unpublished.
/// </param>
public sealed record PublicationPreview(
    int Stages,
    int Pupils,
    int Wishes,
    int NotApproved,
    IReadOnlyList<TeacherToTell> Teachers,
    IReadOnlyList<PlaceToTell> Placements,
    IReadOnlyList<FamilyWaiting> Waiting,
    IReadOnlyList<RefusedStage> Refused
);

/// <summary>A teacher who will be told of these stages.</summary>
public sealed record TeacherToTell(Guid OfferId, string? Name, IReadOnlyList<Guid> StageIds);

/// <summary>A family that will be told of a place.</summary>
public sealed record PlaceToTell(Guid EnrolmentId, Guid StageId, string Subject);

/// <summary>A family that will be told why a wish waits.</summary>
public sealed record FamilyWaiting(Guid EnrolmentId, IReadOnlyList<WaitingToTell> Wishes);

public sealed record WaitingToTell(string Subject, int Position, string Reason, string Text, IReadOnlyList<string> WouldBePlacedIf);

public sealed record PublishedView(
    int Stages,
    int Pupils,
    int Placements,
    int Waiting,
    DateTimeOffset PublishedAt,
    IReadOnlyList<RefusedStage> Refused
);
