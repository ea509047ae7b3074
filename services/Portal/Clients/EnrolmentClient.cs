using System.Text.Json;

namespace Stages.Portal.Clients;

/// <summary>Families' enrolments, drafts and timetable; the directory of schools.</summary>
public sealed class EnrolmentClient(HttpClient http, PublicFacts known) : ServiceClient(http)
{
    public Task<Answer<Page<EnrolmentView>>> Mine(CancellationToken cancel) => Get<Page<EnrolmentView>>("api/me/enrolments", cancel);

    public Task<Answer<EnrolmentView>> One(Guid id, CancellationToken cancel) => Get<EnrolmentView>($"api/enrolments/{id}", cancel);

    public Task<Answer<EnrolmentDraw>> Draw(Guid id, CancellationToken cancel) => Get<EnrolmentDraw>($"api/enrolments/{id}/draw", cancel);

    public Task<Answer<EnrolmentView>> Submit(Guid campaign, EnrolmentRequest body, string once, CancellationToken cancel) =>
        Post<EnrolmentView>($"api/campaigns/{campaign}/enrolments", body, once, cancel);

    public Task<Answer<EnrolmentView>> Change(Guid id, EnrolmentRequest body, string? ifMatch, CancellationToken cancel) =>
        Send<EnrolmentView>(HttpMethod.Put, $"api/enrolments/{id}", body, null, ifMatch, cancel);

    public Task<Answer<EnrolmentView>> Withdraw(Guid id, CancellationToken cancel) =>
        Send<EnrolmentView>(HttpMethod.Delete, $"api/enrolments/{id}", null, null, null, cancel);

    public Task<Answer<EnrolmentView>> Object(Guid id, string reason, CancellationToken cancel) =>
        Send<EnrolmentView>(HttpMethod.Put, $"api/enrolments/{id}/objection", new ObjectionRequest(reason), null, null, cancel);

    public Task<Answer<EnrolmentView>> TakeBackObjection(Guid id, CancellationToken cancel) =>
        Send<EnrolmentView>(HttpMethod.Delete, $"api/enrolments/{id}/objection", null, null, null, cancel);

    /// <summary>As a coordinator who has seen both: the second ends in the first.</summary>
    /// <summary>What that would leave, or why it cannot be.</summary>
    public Task<Answer<EnrolmentView>> MergeWould(Guid kept, Guid other, CancellationToken cancel) =>
        Get<EnrolmentView>($"api/enrolments/{kept}/merge?with={other}", cancel);

    public Task<Answer<EnrolmentView>> Merge(Guid kept, Guid other, CancellationToken cancel) =>
        Post<EnrolmentView>($"api/enrolments/{kept}/merge", new ComparedEnrolment(other), null, cancel);

    /// <summary>As a coordinator who has seen both: they are two children's.</summary>
    public Task<Answer<EnrolmentView>> AnotherChild(Guid id, Guid other, CancellationToken cancel) =>
        Post<EnrolmentView>($"api/enrolments/{id}/another-child", new ComparedEnrolment(other), null, cancel);

    /// <summary>What is kept of a family without an account, for a coordinator whom it asked.</summary>
    public Task<Answer<EnrolmentView>> Data(Guid id, CancellationToken cancel) =>
        Post<EnrolmentView>($"api/enrolments/{id}/data", null, null, cancel);

    /// <summary>For a family without an account, by a coordinator.</summary>
    /// <param name="asked">How the family asked: <c>letter</c>, <c>visit</c> or <c>phone</c>.</param>
    public Task<Answer<Nothing>> Erase(Guid id, string asked, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/enrolments/{id}/data?asked={Uri.EscapeDataString(asked)}", null, null, null, cancel);

    /// <param name="verb"><c>confirm</c> or <c>decline</c>.</param>
    /// <param name="keepWaiting">Who declines stays on the waiting list.</param>
    public Task<Answer<EnrolmentView>> AnswerPlace(
        Guid id,
        string verb,
        Guid? stage,
        string? wish,
        bool keepWaiting,
        CancellationToken cancel
    ) => Post<EnrolmentView>($"api/enrolments/{id}/{verb}", new PlacementAnswer(stage, wish, keepWaiting), null, cancel);

    public Task<Answer<Page<DraftView>>> Drafts(CancellationToken cancel) => Get<Page<DraftView>>("api/me/drafts", cancel);

    public Task<Answer<DraftView>> Save(Guid id, Guid campaign, object content, CancellationToken cancel) =>
        Send<DraftView>(
            HttpMethod.Put,
            $"api/drafts/{id}",
            new DraftRequest(campaign, JsonSerializer.SerializeToElement(content, Json)),
            null,
            null,
            cancel
        );

    public Task<Answer<Nothing>> Forget(Guid draft, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/drafts/{draft}", null, null, null, cancel);

    /// <summary>As many as one looks through; more are found by another word.</summary>
    public const int MostSchools = 12;

    public Task<Answer<Page<SchoolView>>> Schools(string search, string? level, CancellationToken cancel) =>
        Get<Page<SchoolView>>(
            $"api/schools?limit={MostSchools}&search={Uri.EscapeDataString(search)}"
                + $"{(string.IsNullOrEmpty(level) ? "" : "&level=" + Uri.EscapeDataString(level))}",
            cancel
        );

    public Task<Answer<SchoolView>> School(string uai, CancellationToken cancel) =>
        Uai.TryParse(uai, out var written, out _)
            ? known.Remember($"school-{written}", () => Get<SchoolView>($"api/schools/{written}", default), cancel)
            // As typed, it is no name under which anything is kept.
            : Get<SchoolView>($"api/schools/{Uri.EscapeDataString(uai)}", cancel);

    public Task<Answer<Page<EnrolmentView>>> Of(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<EnrolmentView>>($"api/campaigns/{campaign}/enrolments{query}", cancel);

    public Task<Answer<Sheet<EnrolmentView>>> Table(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<EnrolmentView>>($"api/campaigns/{campaign}/enrolments{query}", cancel);

    /// <summary>
    /// Names of those of these pupils whom the reader of the page teaches, or whose school is of their territory; none when nobody can say.
    /// </summary>
    /// <param name="isFile">It leaves the house, and names that are not there would not be missed.</param>
    /// <exception cref="ServiceAway">Nobody can say, and it is for a file.</exception>
    public async Task<IReadOnlyDictionary<Guid, PupilName>> Names(
        IReadOnlyCollection<Guid> enrolments,
        CancellationToken cancel,
        bool isFile = false
    )
    {
        if (enrolments.Count == 0)
            return new Dictionary<Guid, PupilName>();
        var asked = Send<Page<PupilName>>(HttpMethod.Post, "internal/pupils", new PupilsAsked([.. enrolments]), null, null, cancel);
        var names = isFile ? await ServiceAway.Whole(asked) : (await asked).Value;
        return (names?.Items ?? []).ToDictionary(p => p.EnrolmentId);
    }

    /// <summary>As the stage's teacher.</summary>
    public Task<Answer<ReportView>> Report(Guid enrolment, Guid stage, string text, CancellationToken cancel) =>
        Send<ReportView>(HttpMethod.Put, $"api/enrolments/{enrolment}/report", new PupilReport(stage, text), null, null, cancel);

    /// <summary>As a coordinator of the pupil's school.</summary>
    public Task<Answer<EnrolmentView>> Note(Guid enrolment, string note, CancellationToken cancel) =>
        Send<EnrolmentView>(HttpMethod.Put, $"api/enrolments/{enrolment}/note", new SchoolNote(note), null, null, cancel);

    public Task<Answer<Page<AttendedModule>>> Modules(CancellationToken cancel) => Get<Page<AttendedModule>>("api/me/modules", cancel);
}
