namespace Stages.Contracts.Scheduling;

/// <summary>A week of the campaign, of which there are one or two; <paramref name="Monday"/> is its first day.</summary>
public sealed record CampaignWeek(string Label, DateOnly Monday);

/// <summary>A subject and the levels at which it is taught in the campaign.</summary>
public sealed record CampaignSubject(string Code, string Name, IReadOnlyList<string> Levels, string? NameEn = null);

/// <summary>Rules of group and timetable; <see cref="Stages.Contracts.Scheduling.CampaignOpened"/> carries them to every service.</summary>
public sealed record CampaignRules(
    int GroupMin = 3,
    int GroupMax = 6,
    int ModulesMin = 3,
    int ModulesMax = 4,
    int ModulesPerDayMax = 1,
    bool SingleWeek = true
);

/// <summary>How equals are told apart: see <c>infra/decisions/lots-decide.md</c>.</summary>
/// <param name="SealedSeed">SHA-256 of the seed, from the opening on.</param>
/// <param name="Seed">Once it is revealed.</param>
public sealed record CampaignLot(string SealedSeed, string? Seed, DateTimeOffset? RevealedAt);

/// <summary>A campaign was opened: all that the other services need to check and to describe what happens in it.</summary>
/// <param name="TimeZone">IANA zone of every local date and time of the campaign.</param>
/// <param name="ModuleMinutes">Length of a module, in minutes.</param>
/// <param name="Lot">Null for a campaign of before there was one.</param>
public sealed record CampaignOpened(
    Guid CampaignId,
    long Version,
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<CampaignWeek> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    int ModuleMinutes,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<CampaignSubject> Subjects,
    CampaignRules Rules,
    CampaignLot? Lot = null
)
{
    /// <summary>For readers to whom an opening is a campaign's first content like any later one.</summary>
    public CampaignChanged AsChanged() =>
        new(
            CampaignId,
            Version,
            Name,
            Academy,
            Zone,
            TimeZone,
            Weeks,
            SlotStarts,
            ModuleMinutes,
            ClosedDates,
            EnrolmentOpens,
            EnrolmentCloses,
            Levels,
            Subjects,
            Rules,
            Lot
        );
}

/// <summary>A campaign was changed; the whole of its present content, as in <see cref="CampaignOpened"/>.</summary>
public sealed record CampaignChanged(
    Guid CampaignId,
    long Version,
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<CampaignWeek> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    int ModuleMinutes,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<CampaignSubject> Subjects,
    CampaignRules Rules,
    CampaignLot? Lot = null
);
