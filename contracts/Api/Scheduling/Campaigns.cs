namespace Stages.Api.Scheduling;

public sealed record Week(string Label, DateOnly Monday);

/// <param name="AdjacentLevels">Pairs of levels that may share a group.</param>
/// <param name="FirstWish">Weight of a pupil's first placed wish, times the pupil's priority.</param>
/// <param name="FurtherWish">Weight of each further one.</param>
public sealed record Rules(
    int GroupMin,
    int GroupMax,
    int ModulesMin,
    int ModulesMax,
    int ModulesPerDayMax,
    bool SingleWeek,
    IReadOnlyList<IReadOnlyList<string>> AdjacentLevels,
    int FirstWish,
    int FurtherWish
);

public sealed record SubjectView(string Code, string Name, string NameEn, IReadOnlyList<string> Levels);

/// <summary>A campaign as the public API shows it.</summary>
/// <param name="Status"><c>announced</c>, <c>open</c> (families enrol), <c>enrolmentClosed</c> or <c>closed</c>.</param>
/// <param name="TrustedDomains">Of addresses whose owners are accepted as teachers at once.</param>
/// <param name="SealedSeed">SHA-256 of the seed of the lot that decides among equals, in hexadecimal digits.</param>
/// <param name="Seed">Told at the first publication.</param>
/// <param name="TermReason">Why it lies in weeks in which school is held, where its coordinator said so.</param>
public sealed record CampaignView(
    Guid Id,
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<Week> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    int ModuleMinutes,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<SubjectView> Subjects,
    Rules Rules,
    string Status,
    long Version,
    IReadOnlyList<string>? TrustedDomains = null,
    string? SealedSeed = null,
    string? Seed = null,
    string? TermReason = null
);
