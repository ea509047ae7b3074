using System.Text.Json.Serialization;

namespace Stages.Portal.Pages.Coordination;

/// <summary>A campaign as the service takes it. What is null where the service wants a value is for it to refuse.</summary>
public sealed record CampaignBody(
    string Name,
    string Academy,
    string Zone,
    string TimeZone,
    IReadOnlyList<WeekBody> Weeks,
    IReadOnlyList<TimeOnly> SlotStarts,
    IReadOnlyList<DateOnly> ClosedDates,
    DateTimeOffset? EnrolmentOpens,
    DateTimeOffset? EnrolmentCloses,
    IReadOnlyList<string> Levels,
    IReadOnlyList<SubjectBody> Subjects,
    RulesBody Rules,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ModuleMinutes = null
);

/// <param name="Monday">Null when none was given.</param>
public sealed record WeekBody(string Label, DateOnly? Monday);

/// <summary>A subject and the levels at which it is offered.</summary>
public sealed record SubjectBody(string Code, string Name, string NameEn, IReadOnlyList<string> Levels);

/// <summary>How groups are formed and wishes ranked; what a form does not ask is left out, the service has its usual value.</summary>
public sealed record RulesBody(
    int? GroupMin,
    int? GroupMax,
    int? ModulesMin,
    int? ModulesMax,
    int? ModulesPerDayMax,
    bool SingleWeek,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string[]>? AdjacentLevels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? FirstWish = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? FurtherWish = null
);
