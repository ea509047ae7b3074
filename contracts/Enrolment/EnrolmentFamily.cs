namespace Stages.Contracts.Enrolment;

/// <summary>Who may take a pupil to class: the accounts of the family, and the first name under which the class knows the pupil.</summary>
/// <param name="PersonIds">Accounts derived from addresses, never the addresses. Empty when the enrolment was withdrawn or erased.</param>
/// <param name="Initial">First sign of the family name, for a class with two of one given name; null in messages of before.</param>
/// <param name="Erased">Not merely withdrawn: what was written about the pupil is forgotten too.</param>
public sealed record EnrolmentFamily(
    Guid EnrolmentId,
    Guid CampaignId,
    long Version,
    string PupilFirstName,
    IReadOnlyList<Guid> PersonIds,
    bool Erased = false,
    string? Initial = null
);
