namespace Stages.Api.Scheduling;

public sealed record WeekForm(string? Label = null, DateOnly? Monday = null);

public sealed record SubjectForm(string? Code, string? Name, IReadOnlyList<string>? Levels = null, string? NameEn = null);

public sealed record RulesForm
{
    public int? GroupMin { get; init; }

    public int? GroupMax { get; init; }

    public int? ModulesMin { get; init; }

    public int? ModulesMax { get; init; }

    public int? ModulesPerDayMax { get; init; }

    public bool? SingleWeek { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? AdjacentLevels { get; init; }

    public int? FirstWish { get; init; }

    public int? FurtherWish { get; init; }
}

/// <summary>What opens and changes a campaign; everything that has a usual value may be left out.</summary>
public record CampaignForm
{
    public string? Name { get; init; }

    public string? Academy { get; init; }

    public string? Zone { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<WeekForm>? Weeks { get; init; }

    public IReadOnlyList<TimeOnly>? SlotStarts { get; init; }

    public int? ModuleMinutes { get; init; }

    public IReadOnlyList<DateOnly>? ClosedDates { get; init; }

    public DateTimeOffset? EnrolmentOpens { get; init; }

    public DateTimeOffset? EnrolmentCloses { get; init; }

    public IReadOnlyList<string>? Levels { get; init; }

    public IReadOnlyList<SubjectForm>? Subjects { get; init; }

    public RulesForm? Rules { get; init; }

    /// <summary>
    /// Domains of addresses whose owners are teachers of the académie: accepted at once. Absent: what the installation trusts for a new
    /// campaign, what stands for one that is changed.
    /// </summary>
    public IReadOnlyList<string>? TrustedDomains { get; init; }

    /// <summary>
    /// Whether the service minds the calendar: weeks of school want a <see cref="TermReason"/>, and enrolment closes before the first
    /// week begins. Absent: it does not, as for callers of before it could.
    /// </summary>
    public bool? KeepToCalendar { get; init; }

    /// <summary>Why the campaign lies in weeks in which school is held.</summary>
    public string? TermReason { get; init; }
}
