using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Portal.Clients;

/// <summary>A campaign as pages show it.</summary>
public sealed record CampaignView(
    Guid Id,
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<WeekView> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<SubjectView> Subjects,
    RulesView Rules,
    int? ModuleMinutes = null,
    string? Status = null,
    long Version = 0
)
{
    public bool IsOpen(DateTimeOffset now) => EnrolmentOpens <= now && now < EnrolmentCloses;

    public SubjectView? Subject(string code) => Subjects.FirstOrDefault(s => s.Code == code);
}

public sealed record WeekView(string Label, DateOnly Monday);

public sealed record SubjectView(string Code, string Name, IReadOnlyList<string> Levels, string? NameEn = null)
{
    public string Title => Say.In(Name, NameEn ?? Name);
}

public sealed record RulesView(
    int GroupMin = CampaignDefaults.GroupMin,
    int GroupMax = CampaignDefaults.GroupMax,
    int ModulesMin = CampaignDefaults.ModulesMin,
    int ModulesMax = CampaignDefaults.ModulesMax,
    int ModulesPerDayMax = CampaignDefaults.ModulesPerDayMax,
    bool SingleWeek = CampaignDefaults.SingleWeek,
    IReadOnlyList<IReadOnlyList<string>>? AdjacentLevels = null,
    int FirstWish = CampaignDefaults.FirstWish,
    int FurtherWish = CampaignDefaults.FurtherWish
);

/// <summary>Campaigns, offers, pairings and stages.</summary>
public sealed class SchedulingClient(HttpClient http, PublicFacts known) : ServiceClient(http)
{
    public Task<Answer<Page<CampaignView>>> Campaigns(CancellationToken cancel) =>
        known.Remember(PublicFacts.Campaigns, () => Get<Page<CampaignView>>("api/campaigns", default), cancel);

    public Task<Answer<CampaignView>> Campaign(Guid id, CancellationToken cancel) =>
        known.Remember($"campaign-{id}", () => Get<CampaignView>($"api/campaigns/{id}", default), cancel);

    public async Task<Answer<CampaignView>> Open(object campaign, string once, CancellationToken cancel)
    {
        var answer = await Post<CampaignView>("api/campaigns", campaign, once, cancel);
        await known.Forget(PublicFacts.Campaigns);
        return answer;
    }

    public async Task<Answer<CampaignView>> Change(Guid id, object campaign, string ifMatch, CancellationToken cancel)
    {
        var answer = await Send<CampaignView>(HttpMethod.Put, $"api/campaigns/{id}", campaign, null, ifMatch, cancel);
        await known.Forget(PublicFacts.Campaigns);
        await known.Forget($"campaign-{id}");
        return answer;
    }

    public async Task<Answer<CampaignView>> Close(Guid id, CancellationToken cancel)
    {
        var answer = await Post<CampaignView>($"api/campaigns/{id}/close", null, null, cancel);
        await known.Forget(PublicFacts.Campaigns);
        await known.Forget($"campaign-{id}");
        return answer;
    }

    /// <summary>As it stands this instant, for who changes it.</summary>
    public Task<Answer<CampaignView>> CampaignNow(Guid id, CancellationToken cancel) => Get<CampaignView>($"api/campaigns/{id}", cancel);

    public Task<Answer<Page<OfferData>>> MyOffers(CancellationToken cancel) => Get<Page<OfferData>>("api/me/offers", cancel);

    public Task<Answer<OfferData>> Offer(Guid id, CancellationToken cancel) => Get<OfferData>($"api/offers/{id}", cancel);

    public Task<Answer<OfferData>> Declare(Guid campaign, OfferBody body, string once, CancellationToken cancel) =>
        Post<OfferData>($"api/campaigns/{campaign}/offers", body, once, cancel);

    public Task<Answer<OfferData>> Change(Guid id, OfferBody body, string ifMatch, CancellationToken cancel) =>
        Send<OfferData>(HttpMethod.Put, $"api/offers/{id}", body, null, ifMatch, cancel);

    public Task<Answer<OfferData>> WithdrawOffer(Guid id, CancellationToken cancel) =>
        Post<OfferData>($"api/offers/{id}/withdraw", null, null, cancel);

    public Task<Answer<Page<TaughtModule>>> MyModules(CancellationToken cancel) => Get<Page<TaughtModule>>("api/me/modules", cancel);

    public Task<Answer<Page<InvitationData>>> MyInvitations(CancellationToken cancel) =>
        Get<Page<InvitationData>>("api/me/invitations", cancel);

    /// <param name="verb"><c>accept</c> or <c>decline</c>.</param>
    public Task<Answer<Nothing>> AnswerInvitation(Guid stage, Guid offer, string verb, CancellationToken cancel) =>
        Post<Nothing>($"api/stages/{stage}/substitutes/{offer}/{verb}", null, null, cancel);

    public Task<Answer<DemandData>> Demand(Guid campaign, CancellationToken cancel) =>
        Get<DemandData>($"api/campaigns/{campaign}/demand", cancel);

    public Task<Answer<FiguresData>> Figures(Guid campaign, CancellationToken cancel) =>
        known.Remember($"figures-{campaign}", () => Get<FiguresData>($"api/campaigns/{campaign}/figures", default), cancel);

    public Task<Answer<Page<HistoryData>>> History(Guid campaign, string? after, string? what, string? who, CancellationToken cancel) =>
        Get<Page<HistoryData>>(
            $"api/campaigns/{campaign}/history?limit=100{Set("after", after)}{Set("what", what)}{Set("who", who)}",
            cancel
        );

    public Task<Answer<Sheet<StageData>>> StageTable(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<StageData>>($"api/campaigns/{campaign}/stages{query}", cancel);

    public Task<Answer<Sheet<OfferData>>> OfferTable(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<OfferData>>($"api/campaigns/{campaign}/offers{query}", cancel);

    public Task<Answer<Sheet<UnplacedWishData>>> Unplaced(Guid campaign, string query, CancellationToken cancel) =>
        Get<Sheet<UnplacedWishData>>($"api/campaigns/{campaign}/unplaced{query}", cancel);

    public Task<Answer<Page<PlaceOptionData>>> PlacesFor(Guid campaign, Guid enrolment, string subject, CancellationToken cancel) =>
        Get<Page<PlaceOptionData>>(
            $"api/campaigns/{campaign}/recommendations/places?enrolmentId={enrolment}&subject={Uri.EscapeDataString(subject)}",
            cancel
        );

    public Task<Answer<Page<VolunteerData>>> Volunteers(Guid campaign, CancellationToken cancel) =>
        Get<Page<VolunteerData>>($"api/campaigns/{campaign}/recommendations/volunteers", cancel);

    public Task<Answer<PublicationData>> PublicationPreview(Guid campaign, CancellationToken cancel) =>
        Get<PublicationData>($"api/campaigns/{campaign}/publish/preview", cancel);

    /// <summary>One more pupil into a stage as it was read.</summary>
    public Task<Answer<Nothing>> Seat(StageData stage, Guid enrolment, CancellationToken cancel) =>
        Send<Nothing>(
            HttpMethod.Put,
            $"api/stages/{stage.Id}",
            new
            {
                pupils = stage
                    .Pupils.Select(p => new { enrolmentId = p.EnrolmentId, wish = p.Wish })
                    .Append(new { enrolmentId = enrolment, wish = stage.Subject }),
            },
            null,
            stage.ETag,
            cancel
        );

    private static string Set(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value.Trim())}";

    public Task<Answer<Page<OfferData>>> Offers(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<OfferData>>($"api/campaigns/{campaign}/offers{query}", cancel);

    public Task<Answer<Page<RunData>>> Runs(Guid campaign, CancellationToken cancel) =>
        Get<Page<RunData>>($"api/campaigns/{campaign}/pairings?limit=20", cancel);

    public Task<Answer<RunData>> Run(Guid id, bool summary, CancellationToken cancel) =>
        Get<RunData>($"api/pairings/{id}{(summary ? "?summary=true" : "")}", cancel);

    public Task<Answer<RunData>> Pair(Guid campaign, object request, string once, CancellationToken cancel) =>
        Post<RunData>($"api/campaigns/{campaign}/pairings", request, once, cancel);

    public Task<Answer<RunData>> CancelRun(Guid id, CancellationToken cancel) =>
        Send<RunData>(HttpMethod.Delete, $"api/pairings/{id}", null, null, null, cancel);

    public Task<Answer<Nothing>> Adopt(Guid run, CancellationToken cancel) =>
        Post<Nothing>($"api/pairings/{run}/adopt", null, null, cancel);

    public Task<Answer<Page<StageData>>> Stages(Guid campaign, string query, CancellationToken cancel) =>
        Get<Page<StageData>>($"api/campaigns/{campaign}/stages{query}", cancel);

    public Task<Answer<StageData>> Stage(Guid id, CancellationToken cancel) => Get<StageData>($"api/stages/{id}", cancel);

    public Task<Answer<StageData>> Approve(Guid stage, CancellationToken cancel) =>
        Post<StageData>($"api/stages/{stage}/approve", null, null, cancel);

    public Task<Answer<StageData>> Reject(Guid stage, string reason, CancellationToken cancel) =>
        Post<StageData>($"api/stages/{stage}/reject", new { reason }, null, cancel);

    public Task<Answer<StageData>> Pin(Guid stage, bool pinned, CancellationToken cancel) =>
        Post<StageData>($"api/stages/{stage}/{(pinned ? "pin" : "unpin")}", null, null, cancel);

    public Task<Answer<SubstitutesData>> Substitutes(Guid stage, CancellationToken cancel) =>
        Get<SubstitutesData>($"api/stages/{stage}/substitutes", cancel);

    public Task<Answer<Nothing>> Invite(Guid stage, Guid? offer, CancellationToken cancel) =>
        Post<Nothing>($"api/stages/{stage}/substitutes", new { offerId = offer }, null, cancel);

    /// <param name="ids">Null: every draft in the coordinator's territory.</param>
    public Task<Answer<ApprovedData>> ApproveMany(Guid campaign, IReadOnlyList<Guid>? ids, CancellationToken cancel) =>
        Post<ApprovedData>($"api/campaigns/{campaign}/stages/approve", new { ids }, null, cancel);

    public Task<Answer<System.Text.Json.JsonElement>> Publish(Guid campaign, string once, CancellationToken cancel) =>
        Post<System.Text.Json.JsonElement>($"api/campaigns/{campaign}/publish", null, once, cancel);
}

public sealed record TeacherData(string Name, string Email, string? Phone = null, string? SchoolUai = null, string Language = "fr");

public sealed record TeachingData(string Subject, IReadOnlyList<string> Levels);

/// <param name="Preference"><c>preferred</c> or <c>possible</c>.</param>
public sealed record OfferedSlotData(string Slot, string Preference);

public sealed record LimitsData(int StagesPerWeek, int? GroupMax = null);

public sealed record OfferData(
    Guid Id,
    Guid CampaignId,
    TeacherData? Teacher,
    IReadOnlyList<TeachingData> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlotData>> Slots,
    LimitsData Limits,
    string Status,
    long Version
)
{
    public string ETag => $"\"{Version}\"";
}

public sealed record OfferBody(
    TeacherData Teacher,
    IReadOnlyList<TeachingData> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlotData>> Slots,
    LimitsData Limits
);

public sealed record StagePupil(
    Guid EnrolmentId,
    string Wish,
    string? Level = null,
    string? SchoolUai = null,
    string? Status = null,
    DateTimeOffset? AnswerBefore = null
);

public sealed record StageModule(
    Guid Id,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? Slot = null
);

/// <summary>A stage, as its coordinators or its teacher see it.</summary>
public sealed record StageData(
    Guid Id,
    Guid CampaignId,
    string Subject,
    string Level,
    IReadOnlyList<string>? Levels,
    string Week,
    Guid TeacherOfferId,
    string? TeacherName,
    IReadOnlyList<StageModule> Modules,
    IReadOnlyList<StagePupil> Pupils,
    string Status,
    bool Pinned,
    bool NeedsTeacher = false,
    int FreePlaces = 0,
    string? Reason = null,
    long Version = 0
)
{
    public string ETag => $"\"{Version}\"";
}

public sealed record ScoreData(int PlacedWishes, int Wishes, double PlacedWeight, double Bound, double Gap);

public sealed record RemedyData(string Kind, string Text);

public sealed record UnplacedData(
    Guid EnrolmentId,
    string Subject,
    string Reason,
    string? Text,
    IReadOnlyList<RemedyData>? WouldBePlacedIf
);

public sealed record RunStageData(string Subject, string Level, string Week, IReadOnlyList<StagePupil> Pupils);

public sealed record RunData(
    Guid Id,
    Guid CampaignId,
    string Status,
    double Progress,
    ScoreData? Score,
    int Seed,
    int BudgetSeconds,
    string Keep,
    double ElapsedSeconds,
    DateTimeOffset RequestedAt,
    string? RequestedBy,
    DateTimeOffset? EndedAt,
    int? StageCount,
    int? UnplacedCount,
    IReadOnlyList<RunStageData>? Stages = null,
    IReadOnlyList<UnplacedData>? Unplaced = null
)
{
    public bool Open => Status is "queued" or "running";
}

public sealed record ConflictData(string? Code, string? Text);

public sealed record RefusedStageData(Guid StageId, IReadOnlyList<ConflictData>? Conflicts);

public sealed record ApprovedData(int Approved, IReadOnlyList<RefusedStageData>? Refused);

public sealed record TaughtModule(
    Guid Id,
    Guid StageId,
    Guid CampaignId,
    string Subject,
    string? SubjectName,
    string Level,
    string Week,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string TimeZone,
    IReadOnlyList<Guid> Pupils
);

public sealed record InvitationData(
    Guid StageId,
    Guid OfferId,
    Guid? CampaignId,
    string? Subject,
    string? Level,
    string? Week,
    IReadOnlyList<StageModule>? Modules,
    DateTimeOffset AnswerBefore
);

public sealed record SubstituteData(
    Guid OfferId,
    string? TeacherName,
    int PreferredModules,
    int OtherStages,
    string Text,
    DateTimeOffset? InvitedUntil
);

public sealed record SubstitutesData(Guid StageId, SubstituteData? Invited, IReadOnlyList<SubstituteData> Candidates);

public sealed record DemandCell(string Subject, string Level, int Wishes, int Placed, int Teachers, int Seats, int Short);

public sealed record SlotCell(string Week, string Slot, bool Closed, int Pupils, int Teachers, int Preferred);

public sealed record DemandData(
    int Enrolments,
    int Wishes,
    int PlacedWishes,
    int Offers,
    int Seats,
    IReadOnlyList<DemandCell> Subjects,
    IReadOnlyList<SlotCell> Slots,
    IReadOnlyList<TerritoryData>? Territories = null
);

/// <param name="Territory">The département as schools' codes begin with it.</param>
public sealed record TerritoryData(string Territory, int Enrolments, int Wishes, int Placed, int Offers);

public sealed record FiguresData(
    int Enrolments,
    int Wishes,
    int Schools,
    int Teachers,
    int Stages,
    int Modules,
    int PlacedPupils,
    int PlacedWishes,
    double PupilHours
);

public sealed record HistoryData(
    DateTimeOffset At,
    string What,
    string Text,
    string Role,
    string? By,
    int Count,
    Guid? Subject,
    string? Detail
);

/// <summary>A page of a table, with how many lines there are in all.</summary>
public sealed record Sheet<T>(IReadOnlyList<T> Items, string? Next, int Total);

public sealed record UnplacedWishData(
    Guid EnrolmentId,
    string Subject,
    string Level,
    string SchoolUai,
    int Priority,
    int Position,
    string Reason,
    string Text,
    IReadOnlyList<string> WouldBePlacedIf
);

public sealed record PlaceOptionData(
    Guid? StageId,
    Guid TeacherOfferId,
    string? TeacherName,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<string> Slots,
    bool PreferredWeek,
    int FreePlaces,
    string Text
);

public sealed record VolunteerData(
    string Subject,
    IReadOnlyList<string> Levels,
    string Week,
    IReadOnlyList<string> Slots,
    int Pupils,
    long Weight,
    string Text
);

public sealed record TeacherToldData(Guid OfferId, string? Name, IReadOnlyList<Guid> StageIds);

public sealed record PlaceToldData(Guid EnrolmentId, Guid StageId, string Subject);

public sealed record WaitingToldData(string Subject, int Position, string Reason, string Text, IReadOnlyList<string> WouldBePlacedIf);

public sealed record FamilyWaitingData(Guid EnrolmentId, IReadOnlyList<WaitingToldData> Wishes);

/// <summary>Who would be told what by a publication now.</summary>
public sealed record PublicationData(
    int Stages,
    int Pupils,
    int Wishes,
    int NotApproved,
    IReadOnlyList<TeacherToldData> Teachers,
    IReadOnlyList<PlaceToldData> Placements,
    IReadOnlyList<FamilyWaitingData> Waiting,
    IReadOnlyList<RefusedStageData> Refused
);
