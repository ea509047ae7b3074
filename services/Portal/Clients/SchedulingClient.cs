using Stages.ServiceDefaults;

namespace Stages.Portal.Clients;

/// <summary>A campaign as pages show it.</summary>
public sealed record CampaignView(
    Guid Id, string Name, string Academy, string Zone, string TimeZone, IReadOnlyList<WeekView> Weeks, IReadOnlyList<TimeOnly> SlotStarts,
    IReadOnlyList<DateOnly> ClosedDates, DateTimeOffset EnrolmentOpens, DateTimeOffset EnrolmentCloses, IReadOnlyList<string> Levels,
    IReadOnlyList<SubjectView> Subjects, RulesView Rules, int? ModuleMinutes = null, string? Status = null)
{
    public bool IsOpen(DateTimeOffset now) => EnrolmentOpens <= now && now < EnrolmentCloses;

    public SubjectView? Subject(string code) => Subjects.FirstOrDefault(s => s.Code == code);
}

public sealed record WeekView(string Label, DateOnly Monday);

public sealed record SubjectView(string Code, string Name, IReadOnlyList<string> Levels, string? NameEn = null)
{
    public string Title => Say.In(Name, NameEn ?? Name);
}

public sealed record RulesView(int GroupMin = 3, int GroupMax = 6, int ModulesMin = 3, int ModulesMax = 4, int ModulesPerDayMax = 1, bool SingleWeek = true);

/// <summary>Campaigns, offers, pairings and stages.</summary>
public sealed class SchedulingClient(HttpClient http) : ServiceClient(http)
{
    public Task<Answer<Page<CampaignView>>> Campaigns(CancellationToken cancel) => Get<Page<CampaignView>>("api/campaigns", cancel);

    public Task<Answer<CampaignView>> Campaign(Guid id, CancellationToken cancel) => Get<CampaignView>($"api/campaigns/{id}", cancel);
}
