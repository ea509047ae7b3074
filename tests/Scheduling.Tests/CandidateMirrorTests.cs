using Stages.Contracts.Enrolment;
using Stages.Scheduling.Candidates;

namespace Stages.Scheduling.Tests;

/// <summary>What is kept of an enrolment.</summary>
public sealed class CandidateMirrorTests
{
    private static readonly EnrolmentSubmitted Submitted = Some.Enrolment(Some.CampaignId, subjects: ["FR", "MATHS"], id: Some.Pupil(1));
    private static readonly Candidate Known = CandidateMirror.Of(Submitted.AsChanged(), null);

    [Fact]
    public void a_new_candidate_must_still_be_new_when_it_is_written()
    {
        CandidateMirror.Keep(null, Known).ShouldBe(Decision.Nothing.AndInsert(Known));
        var newer = Known with { EnrolmentVersion = 2 };
        CandidateMirror.Keep(Known, newer).ShouldBe(Decision.Nothing.AndStore(newer));
    }

    [Fact]
    public void an_older_message_that_comes_late_changes_nothing()
    {
        CandidateMirror.Keep(Known, Known).ShouldBe(Decision.Nothing);
        CandidateMirror.Keep(Known with { EnrolmentVersion = 2 }, Known).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void wishes_stand_by_their_rank()
    {
        var turned = Submitted with { Wishes = [new WishMade("FR", 2), new WishMade("MATHS", 1)] };
        CandidateMirror.Of(turned.AsChanged(), null).Wishes.ShouldBe([new CandidateWish("MATHS", 1), new CandidateWish("FR", 2)]);
    }

    [Fact]
    public void a_withdrawal_that_comes_first_keeps_its_version()
    {
        var first = CandidateMirror.Withdrawn(null, Some.Pupil(1), Some.CampaignId, 2);
        (first.Withdrawn, first.EnrolmentVersion, first.Wishes.Count).ShouldBe((true, 2, 0));
        CandidateMirror.Keep(first, Known).ShouldBe(Decision.Nothing, "the enrolment that was withdrawn does not come back");
        CandidateMirror.Withdrawn(Known, Known.Id, Known.CampaignId, 2).ShouldBe(Known with { EnrolmentVersion = 2, Withdrawn = true });
    }
}
