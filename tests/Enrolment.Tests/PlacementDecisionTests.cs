using Stages.Contracts.Classroom;
using Stages.Contracts.Scheduling;
using Stages.Enrolments.Placements;

namespace Stages.Enrolments.Tests;

/// <summary>What other services’ messages mean to an enrolment: given what is known, when one comes, then events or none.</summary>
public sealed class PlacementDecisionTests
{
    private static readonly DateTimeOffset Now = new(2021, 4, 9, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid StageId = Guid.CreateVersion7(Now);
    private static readonly Guid ModuleId = Guid.CreateVersion7(Now);
    private static readonly Guid Zoe = Guid.CreateVersion7(Now);
    private static readonly Guid Ines = Guid.CreateVersion7(Now);
    private static readonly Guid Unknown = Guid.CreateVersion7(Now);

    private static readonly Place Maths = new(StageId, 1, "MATHS", "A", "Europe/Paris", "Claire", [At(9)]);

    [Fact]
    public void a_place_is_offered_to_who_still_wants_one()
    {
        OfferPlace.Decide(Enrolled(Zoe), Maths, Now).ShouldBe(Decision.Of(new PlaceOffered(Maths, Now)));
        OfferPlace.Decide(Enrolled(Zoe) with { Status = Enrolment.Withdrawn }, Maths, Now).ShouldBe(Decision.Nothing);
        OfferPlace.Decide(Enrolled(Zoe) with { Status = Enrolment.Erased }, Maths, Now).ShouldBe(Decision.Nothing);
        OfferPlace.Decide(null, Maths, Now).ShouldBe(Decision.Nothing);
    }

    [Theory]
    [InlineData(PlaceStatus.Confirmed, PlaceStatus.Confirmed)]
    [InlineData(PlaceStatus.Declined, PlaceStatus.Declined)]
    [InlineData(PlaceStatus.Offered, PlaceStatus.Offered)]
    [InlineData(PlaceStatus.Cancelled, PlaceStatus.Offered)]
    public void an_answer_stands_while_the_hours_stay(string before, string after)
    {
        var another = Maths with { StageVersion = 2, TeacherFirstName = "Marc" };
        OfferPlace
            .Decide(Enrolled(Zoe, Maths with { Status = before }), another, Now)
            .ShouldBe(Decision.Of(new PlaceOffered(another with { Status = after }, Now)));
    }

    [Theory]
    [InlineData(PlaceStatus.Confirmed)]
    [InlineData(PlaceStatus.Declined)]
    public void other_hours_are_a_new_question(string before)
    {
        var later = Maths with { StageVersion = 2, Modules = [At(14)] };
        OfferPlace.Decide(Enrolled(Zoe, Maths with { Status = before }), later, Now).ShouldBe(Decision.Of(new PlaceOffered(later, Now)));
    }

    [Fact]
    public void an_answer_to_one_subject_is_none_to_another()
    {
        var french = Maths with { Subject = "FR" };
        OfferPlace
            .Decide(Enrolled(Zoe, Maths with { Status = PlaceStatus.Confirmed }), french, Now)
            .ShouldBe(Decision.Of(new PlaceOffered(french, Now)));
    }

    [Theory]
    [InlineData(PlaceStatus.Offered, true)]
    [InlineData(PlaceStatus.Confirmed, true)]
    [InlineData(PlaceStatus.Declined, false)]
    [InlineData(PlaceStatus.Cancelled, false)]
    public void a_place_that_is_taken_back_was_one(string before, bool taken) =>
        TakeBackPlace
            .Decide(Enrolled(Zoe, Maths with { Status = before }), StageId, "MATHS", "Enseignante malade", Now)
            .ShouldBe(taken ? Decision.Of(new PlaceTakenBack(StageId, "MATHS", "Enseignante malade", Now)) : Decision.Nothing);

    [Fact]
    public void nothing_is_taken_back_from_who_has_no_such_place()
    {
        TakeBackPlace.Decide(null, StageId, "MATHS", null, Now).ShouldBe(Decision.Nothing);
        TakeBackPlace.Decide(Enrolled(Zoe), StageId, "MATHS", null, Now).ShouldBe(Decision.Nothing);
        TakeBackPlace.Decide(Enrolled(Zoe, Maths), StageId, "FR", null, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_stage_offers_its_places_and_remembers_who_is_in_it()
    {
        var decision = FollowStage.Set(null, Stage(1, Zoe, Unknown), Known(Enrolled(Zoe)), Now);

        var offer = decision.Effects.OfType<Effect.Append>().ShouldHaveSingleItem();
        offer.Stream.ShouldBe(Zoe);
        var place = offer.Events.ShouldHaveSingleItem().ShouldBeOfType<PlaceOffered>().Place;
        place.Modules.ShouldBe([At(9)]);
        place.Levels.ShouldNotBeNull();
        (place with { Modules = Maths.Modules, Levels = null }).ShouldBe(Maths);
        Remembered(decision).Pupils.Select(p => p.EnrolmentId).ShouldBe([Zoe, Unknown]);
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void who_left_the_stage_has_its_place_no_longer()
    {
        var decision = FollowStage.Set(
            Mirror(1, Zoe, Ines),
            Stage(2, Ines),
            Known(Enrolled(Zoe, Maths), Enrolled(Ines, Maths with { Status = PlaceStatus.Confirmed })),
            Now
        );

        var appended = decision.Effects.OfType<Effect.Append>().ToDictionary(a => a.Stream, a => a.Events.ShouldHaveSingleItem());
        appended.Keys.ShouldBe([Zoe, Ines], ignoreOrder: true);
        appended[Zoe].ShouldBe(new PlaceTakenBack(StageId, "MATHS", null, Now, PlaceEnd.TakenBack));
        appended[Ines].ShouldBeOfType<PlaceOffered>().Place.Status.ShouldBe(PlaceStatus.Confirmed);
        Remembered(decision).Version.ShouldBe(2);
    }

    [Fact]
    public void a_place_says_until_when_it_is_asked_and_why_it_ended()
    {
        var (until, family) = (Now.AddDays(2), (Guid?)null);
        var asked = Stage(2, Zoe) with { Pupils = [new PupilPlaced(Zoe, "MATHS", AnswerBefore: until)] };
        var offered = FollowStage.Set(null, asked, Known(Enrolled(Zoe)), Now).Effects.OfType<Effect.Append>().Single().Events.Single();
        var open = Enrolment.Apply(offered.ShouldBeOfType<PlaceOffered>(), Enrolled(Zoe));
        EnrolmentView.Of(open, family).Placements.Single().AnswerBefore.ShouldBe(until);

        var confirmed = Enrolment.Apply(new PlacementConfirmed(StageId, "MATHS", new Author(Zoe, Roles.Family), Now), open);
        EnrolmentView.Of(confirmed, family).Placements.Single().AnswerBefore.ShouldBeNull();
        OfferPlace
            .Decide(confirmed, asked.PlaceFor(asked.Pupils[0]), Now)
            .Events.Single()
            .ShouldBeOfType<PlaceOffered>()
            .Place.AnswerBefore.ShouldBeNull("it is answered");

        var lapsed = Stage(3) with { Gone = [new PupilGone(Zoe, "lapsed")] };
        var ended = FollowStage.Set(Mirror(2, Zoe), lapsed, Known(open), Now).Effects.OfType<Effect.Append>().Single().Events.Single();
        var after = EnrolmentView.Of(Enrolment.Apply(ended.ShouldBeOfType<PlaceTakenBack>(), open), family).Placements.Single();
        (after.Status, after.Ended, after.AnswerBefore).ShouldBe((PlaceStatus.Cancelled, "lapsed", null));
    }

    [Fact]
    public void an_older_message_of_a_stage_that_comes_late_changes_nothing()
    {
        var enrolments = Known(Enrolled(Zoe, Maths));
        FollowStage.Set(Mirror(2, Zoe), Stage(2, Ines), enrolments, Now).ShouldBe(Decision.Nothing);
        FollowStage.Set(Mirror(3, Zoe), Stage(2, Ines), enrolments, Now).ShouldBe(Decision.Nothing);
        FollowStage.Clear(Mirror(2, Zoe), Cancelled(2), enrolments, Now).ShouldBe(Decision.Nothing);
        FollowStage.Clear(null, Cancelled(2), enrolments, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_cancelled_stage_takes_back_every_place_and_says_why()
    {
        var decision = FollowStage.Clear(Mirror(1, Zoe, Ines), Cancelled(2), Known(Enrolled(Zoe, Maths), Enrolled(Ines, Maths)), Now);

        var taken = new PlaceTakenBack(StageId, "MATHS", "Enseignante malade", Now, PlaceEnd.NoStage);
        decision
            .Effects.OfType<Effect.Append>()
            .Select(a => (a.Stream, a.Events.ShouldHaveSingleItem()))
            .ShouldBe([(Zoe, taken), (Ines, taken)]);
        Remembered(decision).Pupils.ShouldBeEmpty();
    }

    [Fact]
    public void a_wish_that_waits_is_explained_in_both_languages()
    {
        var explained = ExplainWaiting
            .Decide(Enrolled(Zoe), Waits(5), Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<WaitingExplained>();
        explained.TimetableVersion.ShouldBe(5);
        var why = explained.Wishes.ShouldHaveSingleItem();
        (why.Subject, why.Position, why.Reason).ShouldBe(("MATHS", 3, "groups-full"));
        (why.TextFr, why.TextEn).ShouldBe(("Les groupes sont pleins.", "The groups are full."));
        why.WouldBePlacedIfFr.ShouldBe(["une place de plus"]);
        why.WouldBePlacedIfEn.ShouldBe(["one more seat"]);
    }

    [Fact]
    public void only_the_newest_timetable_explains_and_only_to_who_still_waits()
    {
        ExplainWaiting.Decide(Enrolled(Zoe) with { TimetableVersion = 5 }, Waits(5), Now).ShouldBe(Decision.Nothing);
        ExplainWaiting.Decide(Enrolled(Zoe) with { TimetableVersion = 5 }, Waits(6), Now).Events.Count.ShouldBe(1);
        ExplainWaiting.Decide(Enrolled(Zoe) with { Status = Enrolment.Withdrawn }, Waits(6), Now).ShouldBe(Decision.Nothing);
        ExplainWaiting.Decide(null, Waits(6), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void presence_is_noted_and_a_correction_replaces_it()
    {
        NotePresence
            .Decide(Enrolled(Zoe), Attended(1, 55), Now)
            .ShouldBe(Decision.Of(new PresenceNoted(ModuleId, StageId, 55, "classroom", 1, Now)));
        var noted = Enrolled(Zoe) with { Presences = [new ModulePresence(ModuleId, StageId, 55, "classroom", 1)] };
        NotePresence
            .Decide(noted, Attended(2, 60), Now)
            .ShouldBe(Decision.Of(new PresenceNoted(ModuleId, StageId, 60, "classroom", 2, Now)));
        NotePresence.Decide(noted, Attended(1, 60), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void presence_is_noted_after_a_withdrawal_and_never_after_an_erasure()
    {
        NotePresence.Decide(Enrolled(Zoe) with { Status = Enrolment.Withdrawn }, Attended(1, 55), Now).Events.Count.ShouldBe(1);
        NotePresence.Decide(Enrolled(Zoe) with { Status = Enrolment.Erased }, Attended(1, 55), Now).ShouldBe(Decision.Nothing);
        NotePresence.Decide(null, Attended(1, 55), Now).ShouldBe(Decision.Nothing);
    }

    private static PlaceModule At(int hour)
    {
        var starts = new DateTimeOffset(2021, 4, 12, hour - 2, 0, 0, TimeSpan.Zero);
        return new(ModuleId, new DateOnly(2021, 4, 12), new TimeOnly(hour, 0), new TimeOnly(hour + 2, 0), starts, starts.AddHours(2), 0);
    }

    private static Enrolment Enrolled(Guid id, params Place[] places) =>
        Enrolment.Begin(
            id,
            new EnrolmentSubmitted(Guid.Empty, Some.Request().ToContent(), 2, false, new Author(Zoe, Roles.Family), Now)
        ) with
        {
            Places = places,
        };

    private static Dictionary<Guid, Enrolment> Known(params Enrolment[] enrolments) => enrolments.ToDictionary(e => e.Id);

    private static StageMirror Mirror(long version, params Guid[] pupils) => new(StageId, version, Pupils(pupils));

    private static StageMirror Remembered(Decision decision) =>
        decision.Effects.OfType<Effect.Store<StageMirror>>().ShouldHaveSingleItem().Documents.ShouldHaveSingleItem();

    private static PupilPlaced[] Pupils(Guid[] enrolments) => [.. enrolments.Select(e => new PupilPlaced(e, "MATHS"))];

    private static StageChanged Stage(long version, params Guid[] pupils)
    {
        var m = At(9);
        ModuleSet module = new(m.Id, m.Date, m.Start, m.End, m.StartsAt, m.EndsAt, m.Sequence);
        return new(
            StageId,
            Guid.Empty,
            version,
            "MATHS",
            ["6e"],
            "A",
            "Europe/Paris",
            Guid.Empty,
            null,
            "Claire",
            [module],
            Pupils(pupils)
        );
    }

    private static StageCancelled Cancelled(long version) => new(StageId, Guid.Empty, version, "Enseignante malade");

    private static WishesLeftWaiting Waits(long version) =>
        new(
            Zoe,
            Guid.Empty,
            version,
            [
                new WishWaiting(
                    "MATHS",
                    3,
                    "groups-full",
                    "Les groupes sont pleins.",
                    "The groups are full.",
                    ["une place de plus"],
                    ["one more seat"]
                ),
            ]
        );

    private static AttendanceRecorded Attended(long version, int minutes) =>
        new(ModuleId, StageId, Guid.Empty, Zoe, version, minutes, "classroom");
}
