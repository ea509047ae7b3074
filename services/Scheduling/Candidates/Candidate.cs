namespace Stages.Scheduling.Candidates;

public sealed record CandidateWish(string Subject, int Rank);

/// <param name="Preference">2 = preferred, 1 = possible.</param>
/// <param name="Slots">Codes such as <c>MON-09:00</c>.</param>
public sealed record CandidateWeek(string Label, int Preference, IReadOnlyList<string> Slots);

/// <summary>
/// An enrolment as pairing needs it, mirrored from Enrolment's messages by version. Names nobody: the id is the enrolment's.
/// </summary>
/// <param name="Drawn">Whose turn it is among equals, the smallest first; null for those of before there was a lot.</param>
/// <param name="Child">Equal for one child in several campaigns, as far as the family is the same; else null.</param>
/// <param name="SiblingsRule">One of <see cref="Vocabulary.SiblingsRule"/>; null from a publisher that knew of none: one week.</param>
/// <param name="Merged">It is withdrawn because the child has another enrolment, in which it ended.</param>
public sealed record Candidate(
    Guid Id,
    Guid CampaignId,
    long EnrolmentVersion,
    string Level,
    string SchoolUai,
    int Priority,
    DateTimeOffset EnrolledAt,
    IReadOnlyList<CandidateWeek> Weeks,
    Guid? SiblingGroup,
    IReadOnlyList<CandidateWish> Wishes,
    bool Withdrawn,
    string? SiblingsRule = null,
    bool Merged = false,
    long? Drawn = null,
    Guid? Child = null
)
{
    public long Turn => Drawn ?? EnrolledAt.ToUnixTimeMilliseconds();
}
