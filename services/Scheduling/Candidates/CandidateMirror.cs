using Stages.Contracts.Enrolment;

namespace Stages.Scheduling.Candidates;

/// <summary>An enrolment as pairing needs it: the mirror follows the messages by version.</summary>
public static class CandidateMirror
{
    /// <summary>An older message that comes late changes nothing. One that is new here must still be new when it is written.</summary>
    public static Decision Keep(Candidate? known, Candidate candidate) =>
        known is null ? Decision.Nothing.AndInsert(candidate)
        : known.EnrolmentVersion >= candidate.EnrolmentVersion ? Decision.Nothing
        : Decision.Nothing.AndStore(candidate);

    public static Candidate Of(EnrolmentChanged m, Campaign? campaign) =>
        new(
            m.EnrolmentId,
            m.CampaignId,
            m.Version,
            m.Level,
            m.SchoolUai,
            m.Priority,
            m.EnrolledAt,
            Weeks(m.Weeks),
            m.SiblingGroup,
            Wishes(m.Wishes),
            Withdrawn: false,
            m.SiblingsRule,
            Drawn: Lottery.Turn(campaign, m.EnrolmentId, m.EnrolledAt),
            Child: m.Child
        );

    /// <summary>A withdrawal may come before the enrolment that it withdraws: the empty candidate keeps its version.</summary>
    public static Candidate Withdrawn(Candidate? known, Guid enrolment, Guid campaign, long version, bool merged = false) =>
        known is null
            ? new Candidate(enrolment, campaign, version, "", "", 1, default, [], null, [], Withdrawn: true, Merged: merged)
            : known with
            {
                EnrolmentVersion = version,
                Withdrawn = true,
                Merged = merged,
            };

    private static CandidateWeek[] Weeks(IReadOnlyList<WeekChoice> weeks) =>
        [.. weeks.Select(w => new CandidateWeek(w.Label, w.Preference, w.Slots))];

    private static CandidateWish[] Wishes(IReadOnlyList<WishMade> wishes) =>
        [.. wishes.OrderBy(w => w.Rank).Select(w => new CandidateWish(w.Subject, w.Rank))];
}
