namespace Stages.Scheduling.Offers;

// An offer: what one teacher gives to one campaign. The log knows the teacher's account and school; name and addresses are in a
// document beside it (OfferTeacher), which can be erased.

/// <param name="Slots">Week to the slots at which the teacher is available; a week that is absent is not offered.</param>
public sealed record OfferTerms(
    IReadOnlyList<Teaching> Teaches,
    IReadOnlyDictionary<string, IReadOnlyList<OfferedSlot>> Slots,
    Limits Limits
)
{
    public bool CanTeach(string subject, IEnumerable<string> levels) =>
        Teaches.Any(t => t.Subject == subject && levels.All(t.Levels.Contains));
}

public sealed record OfferDeclared(
    Guid OfferId,
    Guid CampaignId,
    Guid PersonId,
    string? SchoolUai,
    OfferTerms Terms,
    Actor By,
    DateTimeOffset At
);

public sealed record OfferChanged(string? SchoolUai, OfferTerms Terms, Actor By, DateTimeOffset At);

public sealed record OfferWithdrawn(Actor By, DateTimeOffset At);

/// <summary>Its author is accepted as a teacher: from now on it counts.</summary>
public sealed record AuthorAccepted(Actor By, DateTimeOffset At);

/// <summary>Its author is refused as a teacher, or no longer accepted: it counts for nothing.</summary>
public sealed record AuthorRefused(Actor By, DateTimeOffset At);

/// <summary>The teacher asked to be forgotten, or the campaign is long over: earlier events are masked.</summary>
public sealed record OfferForgotten(DateTimeOffset At);

/// <summary>Whether somebody is known as a teacher. What is not said, as in streams of before there was a question, is waiting.</summary>
public enum Acceptance
{
    Waiting,
    Accepted,
    Refused,
}

/// <param name="Acceptance">How its author stands (<see cref="Teachers.TeacherStanding"/>): changed with that in one transaction.</param>
public sealed record Offer(
    Guid Id,
    Guid CampaignId,
    Guid PersonId,
    string? SchoolUai,
    OfferTerms Terms,
    bool Withdrawn,
    Acceptance Acceptance = Acceptance.Waiting,
    DateTimeOffset? DeclaredAt = null
)
{
    public long Version { get; init; }

    /// <summary>Only such an offer is paired, moved, invited: its author is a known teacher and still wants to.</summary>
    public bool Counts => !Withdrawn && Acceptance == Acceptance.Accepted;

    public static Offer Create(OfferDeclared e) => new(e.OfferId, e.CampaignId, e.PersonId, e.SchoolUai, e.Terms, false, DeclaredAt: e.At);

    public Offer Apply(OfferChanged e) => this with { SchoolUai = e.SchoolUai, Terms = e.Terms };

    public Offer Apply(OfferWithdrawn _) => this with { Withdrawn = true };

    public Offer Apply(AuthorAccepted _) => this with { Acceptance = Acceptance.Accepted };

    public Offer Apply(AuthorRefused _) => this with { Acceptance = Acceptance.Refused };

    public Offer Apply(OfferForgotten _) => this with { PersonId = Guid.Empty, SchoolUai = null, Withdrawn = true };
}

/// <summary>Who the teacher of an offer is and how they are reached; erased on request without touching the log.</summary>
/// <param name="Id">The offer's.</param>
/// <param name="Given">As the teacher wrote it; null where only the whole name is known, and the same of <paramref name="Family"/>.</param>
public sealed record OfferTeacher(
    Guid Id,
    Guid CampaignId,
    Guid PersonId,
    string Name,
    string Email,
    string? Phone,
    string Language,
    string? Given = null,
    string? Family = null
)
{
    /// <summary>What coordinators find it by.</summary>
    public string Words => NameSearch.Words(Name, Email);

    /// <summary>What families are told of the teacher.</summary>
    public string FirstName => Given ?? GivenName.Of(Name);
}
