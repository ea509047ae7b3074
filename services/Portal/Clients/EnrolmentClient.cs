using System.Text.Json;
using System.Text.Json.Serialization;
using Stages.ServiceDefaults;

namespace Stages.Portal.Clients;

public sealed record SchoolView(
    string Uai,
    string Name,
    string Type,
    string Commune,
    string Postcode,
    string Department,
    string? Priority,
    IReadOnlyList<string> Levels
);

public sealed record PupilData(string FirstName, string LastName, string Level, string SchoolUai, int? BirthYear = null);

public sealed record GuardianData(string Name, string? Email = null, string? Phone = null, string Language = "fr");

public sealed record WishData(string Subject, int Rank);

/// <param name="Preference">2 preferred, 1 possible.</param>
public sealed record WeekData(string Label, [property: JsonConverter(typeof(PreferenceNumber))] int Preference);

public sealed record EquipmentData(bool Computer = false, bool Connection = false);

public sealed record ModuleData(
    Guid Id,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int Sequence = 0
);

public sealed record WaitingData(int Rank, string? Reason, string? Text, IReadOnlyList<string>? WouldBePlacedIf);

public sealed record PlacementData(
    string Wish,
    Guid? StageId,
    string Status,
    string? Week,
    string? TimeZone,
    string? TeacherFirstName,
    IReadOnlyList<ModuleData>? Modules,
    string? Reason,
    WaitingData? Waiting,
    ReportData? Report = null,
    IReadOnlyList<PresenceData>? Presences = null
)
{
    public bool Holds => Status is "offered" or "confirmed";

    /// <summary>Minutes at which the pupil was there; null while nothing is known of a module.</summary>
    public int? Minutes(Guid module) => Presences?.FirstOrDefault(p => p.ModuleId == module)?.Minutes;
}

/// <param name="Guardian">Name; null for whoever enrolled the pupil without being a guardian.</param>
public sealed record ObjectionData(string? Guardian, string Reason, DateTimeOffset At);

public sealed record ReportData(Guid StageId, string Text, DateTimeOffset At);

/// <param name="Source"><c>classroom</c> or <c>teacher</c>.</param>
public sealed record PresenceData(Guid ModuleId, int Minutes, string Source);

public sealed record EnrolmentData(
    Guid Id,
    Guid CampaignId,
    string Status,
    long Version,
    PupilData Pupil,
    IReadOnlyList<GuardianData> Guardians,
    IReadOnlyList<WishData> Wishes,
    IReadOnlyList<WeekData> Weeks,
    IReadOnlyDictionary<string, string[]> Slots,
    bool SiblingsTogether,
    EquipmentData Equipment,
    bool IdentifiedBySchool,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<PlacementData> Placements,
    string? SchoolNote = null,
    IReadOnlyList<ObjectionData>? Objections = null
)
{
    public string ETag => $"\"{Version}\"";

    public bool Stands => Status == "submitted";
}

/// <summary>Body of a POST or PUT of an enrolment.</summary>
public sealed record EnrolmentBody(
    PupilData Pupil,
    IReadOnlyList<GuardianData> Guardians,
    IReadOnlyList<WishData> Wishes,
    IReadOnlyList<WeekData> Weeks,
    IReadOnlyDictionary<string, string[]> Slots,
    bool SiblingsTogether,
    EquipmentData Equipment,
    bool Consent
);

public sealed record DraftData(Guid Id, Guid CampaignId, JsonElement Content, DateTimeOffset SavedAt);

public sealed record ModuleLine(
    Guid ModuleId,
    Guid StageId,
    Guid CampaignId,
    Guid? EnrolmentId,
    string? Pupil,
    string Subject,
    string? TeacherFirstName,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string TimeZone,
    string Status
);

public sealed record PupilName(
    Guid EnrolmentId,
    string FirstName,
    string LastName,
    string Level,
    string SchoolUai,
    string? SchoolNote = null,
    IReadOnlyList<ReportData>? Reports = null
);

/// <summary>Families' enrolments, drafts and timetable; the directory of schools.</summary>
public sealed class EnrolmentClient(HttpClient http, PublicFacts known) : ServiceClient(http)
{
    public Task<Answer<Page<EnrolmentData>>> Mine(CancellationToken cancel) => Get<Page<EnrolmentData>>("api/me/enrolments", cancel);

    public Task<Answer<EnrolmentData>> One(Guid id, CancellationToken cancel) => Get<EnrolmentData>($"api/enrolments/{id}", cancel);

    public Task<Answer<EnrolmentData>> Submit(Guid campaign, EnrolmentBody body, string once, CancellationToken cancel) =>
        Post<EnrolmentData>($"api/campaigns/{campaign}/enrolments", body, once, cancel);

    public Task<Answer<EnrolmentData>> Change(Guid id, EnrolmentBody body, string? ifMatch, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Put, $"api/enrolments/{id}", body, null, ifMatch, cancel);

    public Task<Answer<EnrolmentData>> Withdraw(Guid id, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Delete, $"api/enrolments/{id}", null, null, null, cancel);

    public Task<Answer<EnrolmentData>> Object(Guid id, string reason, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Put, $"api/enrolments/{id}/objection", new { reason }, null, null, cancel);

    public Task<Answer<EnrolmentData>> TakeBackObjection(Guid id, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Delete, $"api/enrolments/{id}/objection", null, null, null, cancel);

    /// <summary>What is kept of a family without an account, for a coordinator whom it asked.</summary>
    public Task<Answer<EnrolmentData>> Data(Guid id, CancellationToken cancel) =>
        Post<EnrolmentData>($"api/enrolments/{id}/data", null, null, cancel);

    /// <summary>For a family without an account, by a coordinator.</summary>
    /// <param name="asked">How the family asked: <c>letter</c>, <c>visit</c> or <c>phone</c>.</param>
    public Task<Answer<Nothing>> Erase(Guid id, string asked, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/enrolments/{id}/data?asked={Uri.EscapeDataString(asked)}", null, null, null, cancel);

    /// <param name="verb"><c>confirm</c> or <c>decline</c>.</param>
    public Task<Answer<EnrolmentData>> AnswerPlace(Guid id, string verb, Guid? stage, string? wish, CancellationToken cancel) =>
        Post<EnrolmentData>($"api/enrolments/{id}/{verb}", new { stageId = stage, wish }, null, cancel);

    public Task<Answer<Page<DraftData>>> Drafts(CancellationToken cancel) => Get<Page<DraftData>>("api/me/drafts", cancel);

    public Task<Answer<DraftData>> Save(Guid id, Guid campaign, object content, CancellationToken cancel) =>
        Send<DraftData>(HttpMethod.Put, $"api/drafts/{id}", new { campaignId = campaign, content }, null, null, cancel);

    public Task<Answer<Nothing>> Forget(Guid draft, CancellationToken cancel) =>
        Send<Nothing>(HttpMethod.Delete, $"api/drafts/{draft}", null, null, null, cancel);

    public Task<Answer<Page<SchoolView>>> Schools(string search, string? level, CancellationToken cancel) =>
        Get<Page<SchoolView>>(
            $"api/schools?limit=12&search={Uri.EscapeDataString(search)}"
                + $"{(string.IsNullOrEmpty(level) ? "" : "&level=" + Uri.EscapeDataString(level))}",
            cancel
        );

    public Task<Answer<SchoolView>> School(string uai, CancellationToken cancel) =>
        known.Remember(
            $"school-{uai.Trim().ToUpperInvariant()}",
            () => Get<SchoolView>($"api/schools/{Uri.EscapeDataString(uai)}", default),
            cancel
        );

    public Task<Answer<Page<EnrolmentData>>> Of(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<EnrolmentData>>($"api/campaigns/{campaign}/enrolments{query}", cancel);

    /// <summary>On behalf of a family, by a coordinator.</summary>
    public Task<Answer<EnrolmentData>> SubmitFor(Guid campaign, Imports.BehalfBody body, string once, CancellationToken cancel) =>
        Post<EnrolmentData>($"api/campaigns/{campaign}/enrolments", body, once, cancel);

    public Task<Answer<EnrolmentData>> ChangeFor(Guid id, Imports.BehalfBody body, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Put, $"api/enrolments/{id}", body, null, null, cancel);

    public Task<Answer<Sheet<EnrolmentData>>> Table(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<EnrolmentData>>($"api/campaigns/{campaign}/enrolments{query}", cancel);

    /// <summary>
    /// Names of pupils, for a page whose reader has just been shown by another service to be their teacher or coordinator.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, PupilName>> Names(IReadOnlyCollection<Guid> enrolments, CancellationToken cancel)
    {
        if (enrolments.Count == 0)
            return new Dictionary<Guid, PupilName>();
        var answer = await Send<Page<PupilName>>(
            HttpMethod.Post,
            "internal/pupils",
            new { enrolmentIds = enrolments },
            null,
            null,
            cancel,
            asService: true
        );
        return (answer.Value?.Items ?? []).ToDictionary(p => p.EnrolmentId);
    }

    /// <summary>As the stage's teacher.</summary>
    public Task<Answer<ReportData>> Report(Guid enrolment, Guid stage, string text, CancellationToken cancel) =>
        Send<ReportData>(HttpMethod.Put, $"api/enrolments/{enrolment}/report", new { stageId = stage, text }, null, null, cancel);

    /// <summary>As a coordinator of the pupil's school.</summary>
    public Task<Answer<EnrolmentData>> Note(Guid enrolment, string note, CancellationToken cancel) =>
        Send<EnrolmentData>(HttpMethod.Put, $"api/enrolments/{enrolment}/note", new { note }, null, null, cancel);

    public Task<Answer<Page<ModuleLine>>> Modules(CancellationToken cancel) => Get<Page<ModuleLine>>("api/me/modules", cancel);
}

/// <summary>A week's preference may be written as a number or as a word.</summary>
public sealed class PreferenceNumber : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt32()
        : reader.GetString() == "preferred" ? 2
        : 1;

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
