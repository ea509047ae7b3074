using Stages.Scheduling.Offers;

namespace Stages.Scheduling.Teachers;

// How one person stands as a teacher, in all campaigns: accepted, refused, or (without a stream) waiting. Each of their offers carries
// the same, changed in the same transaction, so that whoever reads an offer knows whether it counts.

/// <summary>Why somebody is accepted.</summary>
/// <param name="Through"><see cref="Provider"/>, <see cref="Domain"/> or <see cref="Coordinator"/>.</param>
/// <param name="Reason">Of a coordinator, in their words; else the provider or the domain.</param>
public sealed record Ground(
    string Through,
    string? Reason = null,
    bool IdentitySeen = false,
    string? School = null,
    DateOnly? CheckedOn = null
)
{
    public const string Provider = "provider";
    public const string Domain = "domain";
    public const string Coordinator = "coordinator";
}

/// <param name="OfferId">The offer with which the question came.</param>
/// <param name="Waited">False when they were known at once: then there is nothing to tell them.</param>
public sealed record TeacherAccepted(Guid PersonId, Guid OfferId, Ground Ground, bool Waited, Actor By, DateTimeOffset At);

/// <summary>Refused, or no longer accepted.</summary>
/// <param name="Reason">In the coordinator's words, told to the teacher.</param>
public sealed record TeacherRefused(Guid PersonId, Guid OfferId, string Reason, Actor By, DateTimeOffset At);

/// <param name="Ground">While accepted.</param>
/// <param name="Refusal">While refused.</param>
public sealed record TeacherStanding(
    Guid Id,
    Guid PersonId,
    Acceptance Acceptance,
    Ground? Ground,
    string? Refusal,
    Actor By,
    DateTimeOffset At
)
{
    /// <summary>The stream of an account. Not the account's own id: that is taken out of the log when the person is forgotten.</summary>
    public static Guid IdOf(Guid person) => HashId.Of(IdSpace.Teacher, person.ToString());

    public static TeacherStanding Create(TeacherAccepted e) =>
        new(IdOf(e.PersonId), e.PersonId, Acceptance.Accepted, e.Ground, null, e.By, e.At);

    public static TeacherStanding Create(TeacherRefused e) =>
        new(IdOf(e.PersonId), e.PersonId, Acceptance.Refused, null, e.Reason, e.By, e.At);

    public TeacherStanding Apply(TeacherAccepted e) =>
        this with
        {
            Acceptance = Acceptance.Accepted,
            Ground = e.Ground,
            Refusal = null,
            By = e.By,
            At = e.At,
        };

    public TeacherStanding Apply(TeacherRefused e) =>
        this with
        {
            Acceptance = Acceptance.Refused,
            Ground = null,
            Refusal = e.Reason,
            By = e.By,
            At = e.At,
        };
}
