namespace Stages.Portal.Clients;

/// <summary>What is looked for in the library; a page of it.</summary>
public sealed record LibraryQuery(
    string? Subject = null,
    string? Level = null,
    string? Words = null,
    string? State = null,
    bool Mine = false,
    int Page = 1
)
{
    public string InAddress
    {
        get
        {
            var words = new (string Name, string? Value)[]
            {
                ("subject", Subject),
                ("level", Level),
                ("words", Words),
                ("state", State),
                ("mine", Mine ? "true" : null),
                ("after", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
            };
            var said = words.Where(w => !string.IsNullOrWhiteSpace(w.Value)).Select(w => $"{w.Name}={Uri.EscapeDataString(w.Value!)}");
            return string.Join('&', said) is { Length: > 0 } query ? "?" + query : "";
        }
    }
}

/// <summary>The way into a class, and who was there.</summary>
public sealed class ClassroomClient(HttpClient http) : ServiceClient(http)
{
    public Task<Answer<JoinAnswer>> Join(Guid module, Guid? enrolment, CancellationToken cancel) =>
        Post<JoinAnswer>($"api/modules/{module}/join", new JoinClassRequest(enrolment), null, cancel);

    public Task<Answer<RehearsalView>> Rehearse(CancellationToken cancel) =>
        Post<RehearsalView>("api/classroom/rehearsals", null, null, cancel);

    public Task<Answer<ModuleAttendance>> Attendance(Guid module, CancellationToken cancel) =>
        Get<ModuleAttendance>($"api/modules/{module}/attendance", cancel);

    public Task<Answer<Nothing>> Correct(Guid module, IReadOnlyList<PupilMinutes> pupils, string? ifMatch, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, $"api/modules/{module}/attendance", new CorrectAttendanceRequest(pupils), null, ifMatch, cancel);

    public Task<Answer<Nothing>> Report(Guid module, ReportRequest report, CancellationToken cancel) =>
        Post<Nothing>($"api/modules/{module}/reports", report, null, cancel);

    public Task<Answer<Page<ConcernView>>> Reports(Guid campaign, CancellationToken cancel) =>
        Get<Page<ConcernView>>($"api/classroom/reports?campaign={campaign}", cancel);

    public Task<Answer<Nothing>> TellTrouble(IReadOnlyList<string> faults, CancellationToken cancel) =>
        Post<Nothing>("api/classroom/troubles", new TroubleRequest(faults), null, cancel);

    public Task<Answer<Page<TroubleView>>> Troubles(Guid campaign, CancellationToken cancel) =>
        Get<Page<TroubleView>>($"api/classroom/troubles?campaign={campaign}", cancel);

    public Task<Answer<SetHelpLineRequest>> HelpLine(Guid campaign, CancellationToken cancel) =>
        Get<SetHelpLineRequest>($"api/classroom/campaigns/{campaign}/help", cancel);

    public Task<Answer<Nothing>> SetHelpLine(Guid campaign, string? phone, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, $"api/classroom/campaigns/{campaign}/help", new SetHelpLineRequest(phone), null, null, cancel);

    public Task<Answer<Page<LiveModule>>> Live(Guid campaign, int page, CancellationToken cancel) =>
        Get<Page<LiveModule>>($"api/classroom/live?campaign={campaign}&page={page}", cancel);

    public Task<Answer<StageRecordings>> Recordings(Guid stage, CancellationToken cancel) =>
        Get<StageRecordings>($"api/classroom/stages/{stage}/recordings", cancel);

    public Task<Answer<StageFiles>> Files(Guid stage, CancellationToken cancel) =>
        Get<StageFiles>($"api/classroom/stages/{stage}/files", cancel);

    public Task<Answer<Page<ResourceView>>> Resources(Guid campaign, LibraryQuery asked, CancellationToken cancel) =>
        Get<Page<ResourceView>>($"api/classroom/campaigns/{campaign}/resources{asked.InAddress}", cancel);

    public Task<Answer<Page<ResourceView>>> Resources(Guid stage, CancellationToken cancel) =>
        Get<Page<ResourceView>>($"api/classroom/stages/{stage}/resources", cancel);

    public Task<Answer<ResourceView>> Propose(Guid campaign, ProposeResourceRequest resource, string once, CancellationToken cancel) =>
        Post<ResourceView>($"api/classroom/campaigns/{campaign}/resources", resource, once, cancel);

    public Task<Answer<Nothing>> AcceptResource(Guid resource, CancellationToken cancel) =>
        Post<Nothing>($"api/classroom/resources/{resource}/accept", null, null, cancel);

    public Task<Answer<Nothing>> RefuseResource(Guid resource, string reason, CancellationToken cancel) =>
        Post<Nothing>($"api/classroom/resources/{resource}/refuse", new RefuseResourceRequest(reason), null, cancel);

    public Task<Answer<Nothing>> TakeResourceAway(Guid resource, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/classroom/resources/{resource}", null, null, null, cancel);

    public Task<Answer<Nothing>> DeleteRecording(Guid module, Guid recording, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/modules/{module}/recordings/{recording}", null, null, null, cancel);

    public Task<Answer<SetRecordingRuleRequest>> RecordingRule(Guid campaign, CancellationToken cancel) =>
        Get<SetRecordingRuleRequest>($"api/classroom/campaigns/{campaign}/recording", cancel);

    public Task<Answer<Nothing>> SetRecordingRule(Guid campaign, SetRecordingRuleRequest rule, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, $"api/classroom/campaigns/{campaign}/recording", rule, null, null, cancel);

    public Task<Answer<SetClosingRuleRequest>> Closing(Guid campaign, CancellationToken cancel) =>
        Get<SetClosingRuleRequest>($"api/classroom/campaigns/{campaign}/closing", cancel);

    public Task<Answer<Nothing>> SetClosing(Guid campaign, int minutes, CancellationToken cancel) =>
        Send<Nothing>(
            HttpMethod.Put,
            $"api/classroom/campaigns/{campaign}/closing",
            new SetClosingRuleRequest(minutes),
            null,
            null,
            cancel
        );

    /// <param name="stage">Of which it is; else of the whole campaign.</param>
    public Task<Answer<ClassPlaceView>> Place(Guid campaign, Guid? stage, CancellationToken cancel) =>
        Get<ClassPlaceView>(PlaceOf(campaign, stage), cancel);

    public Task<Answer<Nothing>> SetPlace(Guid campaign, Guid? stage, SetClassPlaceRequest place, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Put, PlaceOf(campaign, stage), place, null, null, cancel);

    public Task<Answer<PlaceTried>> TryPlace(Guid campaign, CancellationToken cancel) =>
        Post<PlaceTried>($"api/classroom/campaigns/{campaign}/place/try", null, null, cancel);

    public Task<Answer<ModulePlace>> PlaceOf(Guid module, CancellationToken cancel) =>
        Get<ModulePlace>($"api/modules/{module}/place", cancel);

    private static string PlaceOf(Guid campaign, Guid? stage) =>
        stage is { } one ? $"api/classroom/stages/{one}/place" : $"api/classroom/campaigns/{campaign}/place";
}
