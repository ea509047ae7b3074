using Stages.Scheduling.Candidates;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>Who leaves a stage and why, and who gets the place.</summary>
public sealed class FreedPlaceTests
{
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly DateTimeOffset Begins = new(2021, 4, 12, 7, 0, 0, TimeSpan.Zero);
    private static readonly Stage Published = Some.TheStage(StageStatus.Published);
    private static readonly Stage OneFree = Published.Apply(Left(1, "declined"));
    private static readonly Candidate First = Some.Candidate(Some.Pupil(4), priority: 3);
    private static readonly Candidate Second = Some.Candidate(Some.Pupil(5), priority: 2);
    private static readonly Candidate Third = Some.Candidate(Some.Pupil(6));

    [Fact]
    public void a_family_that_declines_leaves_the_stage_once()
    {
        LeaveStage.Decline(Published, Some.Pupil(1), Now).ShouldBe(Decision.Of(Left(1, "declined")));
        LeaveStage.Decline(OneFree, Some.Pupil(1), Now).ShouldBe(Decision.Nothing);
        LeaveStage.Decline(Some.TheStage(StageStatus.Cancelled), Some.Pupil(1), Now).ShouldBe(Decision.Nothing);
        LeaveStage.Decline(null, Some.Pupil(1), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_place_is_left_by_who_withdrew_and_by_who_no_longer_asks_for_it()
    {
        var pupil = Some.Candidate(Some.Pupil(1));
        LeaveStage.Follow(Published, pupil, Now).ShouldBe(Decision.Nothing);
        LeaveStage.Follow(Published, pupil with { Withdrawn = true }, Now).ShouldBe(Decision.Of(Left(1, "withdrawn")));
        LeaveStage.Follow(Published, pupil with { Withdrawn = true, Merged = true }, Now).ShouldBe(Decision.Of(Left(1, "merged")));
        LeaveStage
            .Follow(Published, Some.Candidate(Some.Pupil(1), subjects: ["MATHS"]), Now)
            .ShouldBe(Decision.Of(Left(1, "wish-changed")));
        LeaveStage.Follow(Published, Some.Candidate(Some.Pupil(1), level: "5e"), Now).ShouldBe(Decision.Of(Left(1, "wish-changed")));
        LeaveStage.Follow(Published, Some.Candidate(Some.Pupil(9), subjects: ["MATHS"]), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void what_was_offered_from_the_waiting_list_is_confirmed_once()
    {
        var offered = OneFree.Apply(Offered(First, Now.AddDays(2)));
        LeaveStage.Confirm(offered, First.Id, Now).ShouldBe(Decision.Of(new SeatConfirmed(First.Id, Actor.System, Now)));
        LeaveStage.Confirm(offered.Apply(new SeatConfirmed(First.Id, Actor.System, Now)), First.Id, Now).ShouldBe(Decision.Nothing);
        LeaveStage.Confirm(offered, Some.Pupil(2), Now).ShouldBe(Decision.Nothing, "a place of the timetable has no deadline");
        LeaveStage.Confirm(OneFree, First.Id, Now).ShouldBe(Decision.Nothing);
        LeaveStage.Confirm(null, First.Id, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_place_without_an_answer_is_free_at_its_deadline()
    {
        var offered = OneFree.Apply(Offered(First, Now));
        LapsePlace.Decide(offered, Now.AddTicks(-1)).ShouldBe(Decision.Nothing);
        LapsePlace.Decide(offered, Now).ShouldBe(Decision.Of(new PupilLeft(First.Id, "lapsed", Actor.System, Now)));
        LapsePlace.Decide(offered.Apply(new SeatConfirmed(First.Id, Actor.System, Now)), Now).ShouldBe(Decision.Nothing);
        LapsePlace.Decide(offered.Apply(new StageRejected("trop peu", Some.By, Now)), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_freed_place_goes_to_the_first_who_fits_and_no_more_are_given_than_are_free()
    {
        Give(OneFree, [First, Second, Third]).ShouldBe(Decision.Of(Offered(First, Now.AddHours(48))));
        var twoFree = OneFree.Apply(Left(2, "withdrawn"));
        Give(twoFree, [First, Second, Third]).ShouldBe(Decision.Of(Offered(First, Now.AddHours(48)), Offered(Second, Now.AddHours(48))));
        Give(Published, [First]).ShouldBe(Decision.Nothing);
        Give(OneFree, []).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void who_has_a_seat_at_the_same_time_or_in_another_week_is_passed_over()
    {
        var seat = new Seat(First.Id, "6e", Some.School);
        var atTheSameTime = Published with { Id = Some.NewId(), Subject = "MATHS", Seats = [seat] };
        var inTheOtherWeek = atTheSameTime with { Week = "B" };
        var atAnotherTime = atTheSameTime with { Modules = [new Module(Some.Module(4), 13, 0)] };
        foreach (var held in new[] { atTheSameTime, inTheOtherWeek })
            Give(OneFree, [First, Second], held).ShouldBe(Decision.Of(Offered(Second, Now.AddHours(48))));
        Give(OneFree, [First, Second], atAnotherTime).ShouldBe(Decision.Of(Offered(First, Now.AddHours(48))));
    }

    [Fact]
    public void a_place_at_an_hour_at_which_a_sibling_has_the_one_device_is_offered_to_the_next()
    {
        var brother = Some.Candidate(Some.Pupil(8));
        var elsewhere = Published with { Id = Some.NewId(), Subject = "MATHS", Seats = [new Seat(brother.Id, "6e", Some.School)] };
        var later = elsewhere with { Modules = [new Module(Some.Module(4), 13, 0)] };
        var here = OneFree with { Seats = [.. OneFree.Seats, new Seat(brother.Id, "6e", Some.School)] };
        Give(OneFree, [First, Second], Apart(First, brother), elsewhere).ShouldBe(Decision.Of(Offered(Second, Now.AddHours(48))));
        Give(here, [First, Second], Apart(First, brother)).ShouldBe(Decision.Of(Offered(Second, Now.AddHours(48))));
        Give(OneFree, [First, Second], Apart(First, brother), later).ShouldBe(Decision.Of(Offered(First, Now.AddHours(48))));
    }

    [Fact]
    public void of_twins_who_wait_for_one_group_and_have_one_device_one_has_the_place()
    {
        var twoFree = OneFree.Apply(Left(2, "withdrawn"));
        Give(twoFree, [First, Second, Third], Apart(First, Second))
            .ShouldBe(Decision.Of(Offered(First, Now.AddHours(48)), Offered(Third, Now.AddHours(48))));
    }

    [Fact]
    public void those_who_are_asked_can_come_have_not_given_up_a_place_here_and_stand_in_order()
    {
        var cannot = Some.Candidate(Some.Pupil(7), slots: ["MON-09:00"], priority: 4);
        var gaveUp = Some.Candidate(Some.Pupil(1), priority: 4);
        GiveFreedPlace.Asked(Some.Plan(), OneFree, [Third, cannot, Second, gaveUp, First]).ShouldBe([First, Second, Third]);
    }

    [Fact]
    public void a_family_answers_within_two_days_and_before_the_stage_begins()
    {
        GiveFreedPlace.Deadline(Some.Plan(), OneFree, Now).ShouldBe(Now.AddHours(48));
        GiveFreedPlace.Deadline(Some.Plan(), OneFree, Begins.AddHours(-9)).ShouldBe(Begins);
        GiveFreedPlace.Deadline(Some.Plan(), OneFree, Begins.AddYears(5)).ShouldBe(Begins.AddYears(5).AddHours(48));
    }

    private static Decision Give(Stage stage, Candidate[] asked, params Stage[] held) => Give(stage, asked, Households.None, held);

    private static Decision Give(Stage stage, Candidate[] asked, Households households, params Stage[] held) =>
        GiveFreedPlace.Decide(Some.Plan(), stage, asked, held, households, Now);

    private static Households Apart(params Candidate[] siblings) =>
        new(siblings.Select(c => c with { SiblingGroup = Some.CampaignId, SiblingsRule = SiblingsRule.Apart }));

    private static PupilLeft Left(int pupil, string why) => new(Some.Pupil(pupil), why, Actor.System, Now);

    private static SeatOffered Offered(Candidate to, DateTimeOffset before) =>
        new(new Seat(to.Id, to.Level, to.SchoolUai, before), Actor.System, Now);
}
