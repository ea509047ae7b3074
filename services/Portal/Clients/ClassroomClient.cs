namespace Stages.Portal.Clients;

/// <summary>The way into a class, and who was there.</summary>
public sealed class ClassroomClient(HttpClient http) : ServiceClient(http)
{
    public Task<Answer<JoinAnswer>> Join(Guid module, Guid? enrolment, CancellationToken cancel) =>
        Post<JoinAnswer>($"api/modules/{module}/join", new JoinClassRequest(enrolment), null, cancel);

    public Task<Answer<ModuleAttendance>> Attendance(Guid module, CancellationToken cancel) =>
        Get<ModuleAttendance>($"api/modules/{module}/attendance", cancel);

    public Task<Answer<Nothing>> Correct(Guid module, IReadOnlyList<PupilMinutes> pupils, string? ifMatch, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, $"api/modules/{module}/attendance", new CorrectAttendanceRequest(pupils), null, ifMatch, cancel);

    public Task<Answer<Nothing>> Report(Guid module, ReportRequest report, CancellationToken cancel) =>
        Post<Nothing>($"api/modules/{module}/reports", report, null, cancel);

    public Task<Answer<Page<ConcernView>>> Reports(Guid campaign, CancellationToken cancel) =>
        Get<Page<ConcernView>>($"api/classroom/reports?campaign={campaign}", cancel);

    public Task<Answer<Page<LiveModule>>> Live(Guid campaign, CancellationToken cancel) =>
        Get<Page<LiveModule>>($"api/classroom/live?campaign={campaign}", cancel);
}
