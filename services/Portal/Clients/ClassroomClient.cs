namespace Stages.Portal.Clients;

/// <summary>Presence at one module, as its teacher sees it.</summary>
/// <param name="Status"><c>announced</c>, <c>open</c>, <c>over</c> or <c>cancelled</c>.</param>
public sealed record AttendanceData(
    Guid ModuleId,
    Guid StageId,
    string Status,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int ModuleMinutes,
    int TeacherMinutesPresent,
    IReadOnlyList<PupilMinutesData> Pupils
)
{
    /// <summary>Somebody was there, or the teacher says so: a session that nobody held is in no certificate.</summary>
    public bool WasHeld => Status == "over" && (TeacherMinutesPresent > 0 || Pupils.Any(p => p.MinutesPresent > 0));
}

/// <param name="Source"><c>classroom</c> when measured, <c>teacher</c> when corrected.</param>
public sealed record PupilMinutesData(
    Guid EnrolmentId,
    string FirstName,
    int MinutesPresent,
    int MinutesMeasured,
    string Source,
    string? Note
);

/// <summary>The way into a class, and who was there.</summary>
public sealed class ClassroomClient(HttpClient http) : ServiceClient(http)
{
    /// <param name="Url">Personal, one use.</param>
    public sealed record Ticket(string Url);

    public Task<Answer<Ticket>> Join(Guid module, Guid? enrolment, CancellationToken cancel) =>
        Post<Ticket>($"api/modules/{module}/join", new { enrolmentId = enrolment }, null, cancel);

    public Task<Answer<AttendanceData>> Attendance(Guid module, CancellationToken cancel) =>
        Get<AttendanceData>($"api/modules/{module}/attendance", cancel);

    public Task<Answer<Nothing>> Correct(
        Guid module,
        IEnumerable<(Guid Enrolment, int Minutes)> pupils,
        string? ifMatch,
        CancellationToken cancel
    ) =>
        Send<Nothing>(
            HttpMethod.Put,
            $"api/modules/{module}/attendance",
            new { pupils = pupils.Select(p => new { enrolmentId = p.Enrolment, minutesPresent = p.Minutes }).ToArray() },
            null,
            ifMatch,
            cancel
        );

    /// <param name="Status"><c>open</c>, <c>running</c>, <c>alone</c> (pupils without their teacher) or <c>empty</c>.</param>
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
        string? MediaServer = null,
        IReadOnlyList<LiveIncident>? Incidents = null
    );

    public sealed record LiveIncident(string Reason, DateTimeOffset At);

    public Task<Answer<Stages.ServiceDefaults.Page<LiveModule>>> Live(Guid campaign, CancellationToken cancel) =>
        Get<Stages.ServiceDefaults.Page<LiveModule>>($"api/classroom/live?campaign={campaign}", cancel);
}
