namespace Stages.Api.Classroom;

/// <summary>Presence at one module.</summary>
/// <param name="Status"><c>announced</c>, <c>open</c> (from a quarter of an hour before), <c>over</c> or <c>cancelled</c>.</param>
public sealed record ModuleAttendance(
    Guid ModuleId,
    Guid StageId,
    string Status,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int ModuleMinutes,
    int TeacherMinutesPresent,
    IReadOnlyList<PupilAttendance> Pupils
);

/// <param name="MinutesPresent">As corrected by the teacher, else as measured.</param>
/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected.</param>
public sealed record PupilAttendance(
    Guid EnrolmentId,
    string FirstName,
    int MinutesPresent,
    int MinutesMeasured,
    string Source,
    string? Note,
    bool PresentNow,
    IReadOnlyList<Stay> Stays
);

/// <param name="To">Null while present.</param>
public sealed record Stay(DateTimeOffset From, DateTimeOffset? To);

public sealed record CorrectAttendanceRequest(IReadOnlyList<PupilMinutes> Pupils);

/// <param name="MinutesPresent">0 to the length of the module.</param>
public sealed record PupilMinutes(Guid EnrolmentId, int MinutesPresent, string? Note = null);
