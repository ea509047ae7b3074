using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests;

/// <summary>What may be done to a stage, and which rules a move breaks.</summary>
public sealed class StageTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);

    [Fact]
    public void a_draft_without_conflict_is_approved_once()
    {
        ApproveStage.Decide(Some.TheStage(), [], Some.By, Now).Events.ShouldBe([new StageApproved(Some.By, Now)]);
        ApproveStage.Decide(Some.TheStage(StageStatus.Approved), [], Some.By, Now).Events.ShouldBeEmpty();
        ApproveStage.Decide(Some.TheStage(StageStatus.Cancelled), [], Some.By, Now).Refusal.ShouldBe(new StageIs("rejected"));
    }

    [Fact]
    public void a_draft_in_conflict_is_not_approved_and_every_conflict_is_named()
    {
        var around = Some.Around() with { Offer = Some.TheOffer() with { Withdrawn = true } };
        var refusal = ApproveStage
            .Decide(Some.TheStage(), Conflicts.Of(Some.TheStage(), around), Some.By, Now)
            .Refusal.ShouldBeOfType<InConflict>();
        refusal.Conflicts.Select(c => c.Code).ShouldBe(["offer-withdrawn"]);
    }

    [Fact]
    public void an_approved_stage_that_is_moved_is_a_draft_again_and_a_published_one_stays_published()
    {
        var moved = new StageMoved(Some.OfferId, "A", Some.TheStage().Modules, Some.TheStage().Seats, Some.By, Now);
        Some.TheStage(StageStatus.Approved).Apply(moved).Status.ShouldBe(StageStatus.Draft);
        Some.TheStage(StageStatus.Published).Apply(moved).Status.ShouldBe(StageStatus.Published);
    }

    [Fact]
    public void only_approved_stages_with_a_teacher_are_published()
    {
        PublishTimetable.Decide(Some.TheStage(StageStatus.Approved), Some.By, Now).Events.ShouldBe([new StagePublished(Some.By, Now)]);
        PublishTimetable.Decide(Some.TheStage(), Some.By, Now).Refusal.ShouldBe(new StageIs("draft"));
        PublishTimetable
            .Decide(Some.TheStage(StageStatus.Approved).Apply(new TeacherLeft(Some.By, Now)), Some.By, Now)
            .Refusal.ShouldNotBeNull();
        PublishTimetable.Decide(Some.TheStage(StageStatus.Published), Some.By, Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void a_substitute_takes_over_only_when_invited_in_time_and_free()
    {
        var (offer, until) = (Some.NewId(), Now.AddHours(24));
        var invited = Some.TheStage(StageStatus.Published)
            .Apply(new TeacherLeft(Some.By, Now))
            .Apply(new SubstituteInvited(offer, until, Some.By, Now));
        Substitutes.Accept(invited, offer, [], Some.By, Now).Events.ShouldBe([new TeacherReplaced(offer, Some.By, Now)]);
        Substitutes.Accept(invited, offer, [], Some.By, until).Refusal.ShouldBe(new NotInvited());
        Substitutes.Accept(invited, Some.NewId(), [], Some.By, Now).Refusal.ShouldBe(new NotInvited());
        Substitutes.Accept(invited, offer, [new Conflict("teacher-busy", "", "")], Some.By, Now).Refusal.ShouldBeOfType<InConflict>();
        var taken = invited.Apply(new TeacherReplaced(offer, Some.By, Now));
        (taken.OfferId, taken.TeacherGone).ShouldBe((offer, false));
        taken.Modules.ShouldAllBe(m => m.Sequence == 1);
    }

    [Fact]
    public void the_best_candidate_who_was_not_asked_yet_is_invited()
    {
        Guid first = Some.NewId(),
            second = Some.NewId();
        var stage = Some.TheStage(StageStatus.Published);
        var asked = stage.Apply(new SubstituteInvited(first, Now.AddHours(24), Some.By, Now));
        Substitutes
            .Invite(asked, [first, second], new InviteSubstitute(), Some.By, Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<SubstituteInvited>()
            .OfferId.ShouldBe(second);
        Substitutes.Invite(stage, [], new InviteSubstitute(), Some.By, Now).Refusal.ShouldBe(new NoSubstitute());
        Substitutes.Invite(stage, [first], new InviteSubstitute(second), Some.By, Now).Refusal.ShouldBe(new NoSubstitute());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void nobody_is_asked_to_answer_before_now(int hours) =>
        Substitutes
            .Invite(Some.TheStage(), [Some.NewId()], new InviteSubstitute(null, Now.AddHours(hours)), Some.By, Now)
            .Refusal.ShouldBeOfType<FieldsRefused>()
            .Fields.ShouldHaveSingleItem()
            .Field.ShouldBe("answerBefore");

    [Fact]
    public void an_invitation_lasts_as_long_as_the_coordinator_says()
    {
        var until = Now.AddHours(2);
        var offer = Some.NewId();
        Substitutes
            .Invite(Some.TheStage(), [offer], new InviteSubstitute(null, until), Some.By, Now)
            .Events.ShouldBe([new SubstituteInvited(offer, until, Some.By, Now)]);
    }

    /// <summary>Hours until the next class, and hours in which to answer.</summary>
    [Theory]
    [InlineData(null, 24)]
    [InlineData(-1.0, 24)]
    [InlineData(100.0, 24)]
    [InlineData(25.5, 24)]
    [InlineData(24.0, 23)]
    [InlineData(5.0, 4)]
    [InlineData(2.0, 2)]
    [InlineData(0.25, 0.25)]
    public void an_invitation_ends_before_the_class_of_this_evening(double? begins, double answers)
    {
        DateTimeOffset? next = begins is { } hours ? Now.AddHours(hours) : null;
        Substitutes.Until(next, Now).ShouldBe(Now.AddHours(answers));
        var offer = Some.NewId();
        Substitutes
            .Invite(Some.TheStage(), [offer], new InviteSubstitute(), Some.By, Now, next)
            .Events.ShouldBe([new SubstituteInvited(offer, Now.AddHours(answers), Some.By, Now)]);
    }

    [Fact]
    public void ids_that_follow_are_version_7_and_the_same_again()
    {
        var adopting = new Adopting(Some.NewId(), Some.By, Now);
        adopting.StageId(3).ShouldBe(new Adopting(adopting.RunId, Some.By, Now).StageId(3));
        adopting.StageId(3).Version.ShouldBe(7);
        Enumerable.Range(0, 500).Select(adopting.StageId).Distinct().Count().ShouldBe(500);
    }
}
