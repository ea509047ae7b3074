namespace Stages.Api.Classroom;

/// <param name="EnrolmentId">Which child joins, when the caller has several in the same class.</param>
public sealed record JoinClassRequest(Guid? EnrolmentId = null);

/// <param name="Url">
/// Personal; opens once, until <paramref name="ExpiresAt"/>. The ticket stands behind <c>#</c>, which browsers send to no server, so
/// that no log holds it.
/// </param>
public sealed record JoinAnswer(string Url, string Role, DateTimeOffset ExpiresAt);

/// <summary>A class that is held now, as coordinators follow it.</summary>
/// <param name="Status"><c>open</c> (people may come), <c>running</c>, <c>alone</c> (pupils without their teacher) or <c>empty</c>.</param>
/// <param name="Missing">Pupils who are not there now.</param>
/// <param name="Incidents">What the teacher reported on sending somebody out.</param>
/// <param name="WeakNetworks">Of those who are there, how many see small pictures because their network is weak.</param>
/// <param name="SoundOnly">How many have only sound left.</param>
/// <param name="Recorded">Whether the class is being recorded now.</param>
public sealed record LiveModule(
    Guid ModuleId,
    Guid StageId,
    string Subject,
    IReadOnlyList<string> Levels,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Status,
    bool TeacherPresent,
    int PupilsPresent,
    int PupilsExpected,
    IReadOnlyList<Guid> Missing,
    bool Locked,
    int Removals,
    string? MediaServer,
    IReadOnlyList<Incident> Incidents,
    int WeakNetworks = 0,
    int SoundOnly = 0,
    bool Recorded = false
);

/// <summary>What a teacher reports to the coordinator on sending somebody out.</summary>
public sealed record Incident(Guid ParticipantId, Guid? EnrolmentId, string Reason, DateTimeOffset At);

/// <param name="GraceMinutes">0 to 15: so long after its hour a class closes by itself.</param>
public sealed record SetClosingRuleRequest(int GraceMinutes);

/// <summary>A class in which a teacher tries things out, with two pupils who do not exist.</summary>
public sealed record RehearsalView(Guid ModuleId, DateTimeOffset EndsAt);
