namespace Stages.Enrolments;

/// <summary>What a family says, as it stands in requests, events and answers.</summary>
/// <param name="SiblingsRule">Null in enrolments of before: see <see cref="Family.RuleOf"/>.</param>
/// <param name="Marks">Keyed fingerprints by which a school's lists find the pupil again.</param>
public sealed record EnrolmentContent(
    Pupil Pupil,
    Guardian[] Guardians,
    Wish[] Wishes,
    WeekWanted[] Weeks,
    Dictionary<string, string[]> Slots,
    bool SiblingsTogether,
    Equipment Equipment,
    bool Consent,
    string? SiblingsRule = null,
    string[]? Marks = null
);
