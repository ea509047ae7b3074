namespace Stages.Contracts.Classroom;

/// <summary>A virtual room stands reserved for a published stage.</summary>
public sealed record RoomReserved(Guid StageId, Guid CampaignId, Guid RoomId);

/// <summary>Minutes during which a pupil was present at a module. An outage of ours is counted as presence.</summary>
/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected by the teacher.</param>
public sealed record AttendanceRecorded(
    Guid ModuleId,
    Guid StageId,
    Guid CampaignId,
    Guid EnrolmentId,
    long Version,
    int MinutesPresent,
    string Source
);

/// <summary>A pupil expected at a running module has not come; the family is told once.</summary>
public sealed record PupilMissing(Guid ModuleId, Guid StageId, Guid CampaignId, Guid EnrolmentId, DateTimeOffset At);

/// <summary>The teacher of a running module has not come; the coordinator is alarmed once.</summary>
public sealed record TeacherMissing(Guid ModuleId, Guid StageId, Guid CampaignId, DateTimeOffset At);

/// <summary>Somebody's check of sound and network found something broken: their coordinators are told once a day.</summary>
/// <param name="Schools">Of the pupil or of the teacher's pupils, as far as known.</param>
/// <param name="ByRole"><c>pupil</c> or <c>teacher</c>.</param>
public sealed record CheckFailed(Guid CampaignId, string[] Schools, string ByRole, DateTimeOffset At);

/// <summary>Somebody of a class reported a person of it: what was said is for the coordinators to read, and stands in no message.</summary>
public sealed record PersonReported(Guid ReportId, Guid ModuleId, Guid StageId, Guid CampaignId, DateTimeOffset At);
