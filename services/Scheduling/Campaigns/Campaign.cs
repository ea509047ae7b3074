namespace Stages.Scheduling.Campaigns;

// A campaign: one holiday fortnight of one académie, with its grid of slots, its subjects and levels, its rules and its dates.

public sealed record Subject(string Code, string Name, string NameEn, IReadOnlyList<string> Levels);

/// <summary>The content of a campaign.</summary>
/// <param name="TimeZone">IANA zone of all its local dates and times.</param>
/// <param name="ClosedDates">Days without modules, the public holidays of the fortnight among them.</param>
/// <param name="TrustedDomains">Of addresses whose owners are accepted as teachers at once; none for campaigns of before.</param>
public sealed record CampaignPlan(
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
    IReadOnlyList<Subject> Subjects,
    Rules Rules,
    IReadOnlyList<string>? TrustedDomains = null,
    string? TermReason = null
)
{
    /// <summary>The domain of this address when whoever has one there is a teacher of the académie.</summary>
    public string? Trusts(string? email) =>
        Texts.Find<EmailAddress>(email) is { Host: var domain } && TrustedDomains?.Contains(domain, StringComparer.Ordinal) == true
            ? domain
            : null;

    public Subject? SubjectOf(string? code) => Subjects.FirstOrDefault(s => s.Code == code);
}

/// <param name="Seed">Of the lot; a secret until it is revealed. Null for campaigns of before there was one.</param>
public sealed record CampaignOpened(Guid CampaignId, CampaignPlan Plan, Actor By, DateTimeOffset At, string? Seed = null);

public sealed record CampaignChanged(CampaignPlan Plan, Actor By, DateTimeOffset At);

/// <summary>Nothing more is offered, paired or moved; what was published stands.</summary>
public sealed record CampaignClosed(Actor By, DateTimeOffset At);

public sealed record Campaign(Guid Id, CampaignPlan Plan, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    public long Version { get; init; }

    public bool IsClosed => ClosedAt is not null;

    /// <summary>See <see cref="Lottery"/>.</summary>
    public string? Seed { get; init; }

    public DateTimeOffset? SeedRevealedAt { get; init; }

    public static Campaign Create(CampaignOpened e) => new(e.CampaignId, e.Plan, e.At, null) { Seed = e.Seed };

    public Campaign Apply(SeedRevealed e) => this with { SeedRevealedAt = e.At };

    public Campaign Apply(CampaignChanged e) => this with { Plan = e.Plan };

    public Campaign Apply(CampaignClosed e) =>
        this with
        {
            ClosedAt = e.At,
            Plan = Plan with { EnrolmentCloses = e.At < Plan.EnrolmentCloses ? e.At : Plan.EnrolmentCloses },
        };
}
