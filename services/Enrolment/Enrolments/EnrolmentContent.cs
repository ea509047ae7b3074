namespace Stages.Enrolments;

/// <summary>What a family says, as it stands in requests, events and answers.</summary>
public sealed record EnrolmentContent(
    Pupil Pupil,
    Guardian[] Guardians,
    Wish[] Wishes,
    WeekWanted[] Weeks,
    Dictionary<string, string[]> Slots,
    bool SiblingsTogether,
    Equipment Equipment,
    bool Consent
);
