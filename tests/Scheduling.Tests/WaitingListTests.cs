using Stages.Pairing;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>Who waits, at which place, and why.</summary>
public sealed class WaitingListTests
{
    private static readonly Dictionary<string, (string, LocalText, (string, string)[])> Nothing = [];

    [Fact]
    public void priority_comes_first_then_the_rank_of_the_wish_then_who_enrolled_earlier()
    {
        var early = Some.Candidate(Some.Pupil(5));
        var later = Some.Candidate(Some.Pupil(4)) with { EnrolledAt = Some.Now.AddHours(1) };
        var second = Some.Candidate(Some.Pupil(6), subjects: ["MATHS", "FR"]);
        var identified = Some.Candidate(Some.Pupil(7), priority: 5) with { EnrolledAt = Some.Now.AddDays(2) };
        var list = WaitingList.Of(Some.Plan(), [], [later, second, early, identified], [], Nothing);
        list.OrderBy(w => w.Value.Single(x => x.Subject == "FR").Position)
            .Select(w => w.Key)
            .ShouldBe([identified.Id, early.Id, later.Id, second.Id]);
        list[second.Id].Select(w => w.Subject).ShouldBe(["MATHS", "FR"]);
    }

    [Fact]
    public void the_reason_is_the_one_that_holds()
    {
        var full = Some.TheStage(StageStatus.Published) with
        {
            Seats = [.. Enumerable.Range(1, 6).Select(i => new Seat(Some.Pupil(i), "6e", Some.School))],
        };
        Reason(full).ShouldBe("groups-full");
        Reason(full, subject: "MATHS").ShouldBe("no-teacher");
        Reason(Some.TheStage(StageStatus.Published)).ShouldBe(WaitingList.PlaceFree);
        Reason(null).ShouldBe("too-few-pupils");
        Reason(null, slots: ["FRI-09:00"]).ShouldBe("no-common-slot");
    }

    [Fact]
    public void what_would_place_a_wish_is_said_in_both_languages()
    {
        var list = WaitingList.Of(
            Some.Plan(),
            [Some.TheStage(StageStatus.Published)],
            [Some.Candidate(Some.Pupil(9), slots: ["MON-09:00", "TUE-09:00"])],
            [Some.TheOffer()],
            Nothing
        );
        var wish = list[Some.Pupil(9)].ShouldHaveSingleItem();
        wish.WouldBePlacedIfFr.ShouldHaveSingleItem().ShouldContain("mercredi 14 avril à 09:00");
        wish.WouldBePlacedIfEn.ShouldHaveSingleItem().ShouldContain("Wednesday 14 April at 09:00");
    }

    [Fact]
    public void who_did_not_keep_a_place_waits_for_another_group_and_is_promised_nothing_of_that_one()
    {
        var left = Some.TheStage(StageStatus.Published).Apply(new PupilLeft(Some.Pupil(1), "declined", Actor.System, Some.Now));
        var wish = WaitingList
            .Of(Some.Plan(), [left], [Some.Candidate(Some.Pupil(1))], [Some.TheOffer()], Nothing)[Some.Pupil(1)]
            .ShouldHaveSingleItem();
        (wish.Reason, wish.WouldBePlacedIfFr.Count).ShouldBe((WaitingList.PlaceNotKept, 0));
    }

    [Fact]
    public void a_teacher_who_is_not_accepted_yet_is_not_nobody()
    {
        var offer = Some.TheOffer() with { Acceptance = Offers.Acceptance.Waiting };
        var wish = WaitingList.Of(Some.Plan(), [], [Some.Candidate(Some.Pupil(9))], [offer], Nothing)[Some.Pupil(9)][0];
        wish.TextEn.ShouldContain("has not accepted yet");
    }

    [Fact]
    public void a_group_that_meets_when_a_sister_has_the_device_is_said_to_clash_with_hers()
    {
        var mine = Some.Candidate(Some.Pupil(9)) with { SiblingGroup = Some.CampaignId, SiblingsRule = SiblingsRule.Apart };
        var sister = mine with { Id = Some.Pupil(1) };
        var wish = WaitingList.Of(Some.Plan(), [Some.TheStage(StageStatus.Published)], [mine, sister], [Some.TheOffer()], Nothing)[mine.Id][
            0
        ];
        wish.Reason.ShouldBe("clash");
        wish.TextEn.ShouldContain("brother or sister");
    }

    [Fact]
    public void a_wish_in_an_unpublished_stage_neither_waits_nor_is_placed() =>
        WaitingList.Of(Some.Plan(), [Some.TheStage()], [Some.Candidate(Some.Pupil(1))], [Some.TheOffer()], Nothing).ShouldBeEmpty();

    [Fact]
    public void what_the_proposal_said_is_kept_while_it_holds()
    {
        var known = new Dictionary<string, (string, LocalText, (string, string)[])>
        {
            [Runs.Instances.WishId(Some.Pupil(9), "FR")] = ("outranked", new LocalText("Dépassé.", "Outranked."), []),
        };
        WaitingList
            .Of(Some.Plan(), [], [Some.Candidate(Some.Pupil(9))], [Some.TheOffer()], known)[Some.Pupil(9)][0]
            .Reason.ShouldBe("outranked");
        WaitingList
            .Of(Some.Plan(), [Some.TheStage(StageStatus.Published)], [Some.Candidate(Some.Pupil(9))], [Some.TheOffer()], known)[
                Some.Pupil(9)
            ][0]
            .Reason.ShouldBe(WaitingList.PlaceFree);
    }

    private static string Reason(Stage? stage, string subject = "FR", string[]? slots = null) =>
        WaitingList
            .Of(
                Some.Plan(),
                stage is null ? [] : [stage],
                [Some.Candidate(Some.Pupil(9), subjects: [subject], slots: slots)],
                [Some.TheOffer()],
                Nothing
            )[Some.Pupil(9)][0]
            .Reason;
}
