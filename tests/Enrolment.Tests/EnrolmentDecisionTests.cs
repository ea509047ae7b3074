using Stages.Enrolments.Catalogue;
using Stages.Enrolments.People;
using Stages.Enrolments.Schools;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>What a family does with an enrolment that stands: change it, answer a place, withdraw, be forgotten.</summary>
public sealed class EnrolmentDecisionTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Now);
    private static readonly Guid StageId = Guid.CreateVersion7(Now);
    private static readonly Caller Family = new(PersonId.FromEmail("parent@example.org"), Roles.Family, "parent@example.org", null, null);
    private static readonly Caller Stranger = new(PersonId.FromEmail("other@example.org"), Roles.Family, "other@example.org", null, null);
    private static readonly Caller Coordinator = new(Guid.CreateVersion7(Now), Roles.Coordinator, "c@ac.example", null, "034");
    private static readonly EnrolmentContent Content = Some.Request().ToContent();

    private static readonly School College = new(
        Some.School,
        "Collège",
        "Collège",
        "Montpellier",
        "34000",
        "034",
        null,
        null,
        null,
        "",
        ["6e", "5e", "4e", "3e"],
        "",
        Closed: false
    );

    private static readonly Campaign Campaign = Campaign.Of(
        Some.Campaign(Guid.CreateVersion7(Now), Now.AddDays(-1), Now.AddDays(1)).AsChanged()
    );

    private static readonly Place Maths = new(StageId, 1, "MATHS", "A", "Europe/Paris", "Claire", []);
    private static readonly Place French = Maths with { StageId = Guid.CreateVersion7(Now), Subject = "FR" };

    [Fact]
    public void a_family_changes_what_it_asked_for()
    {
        var wanted = Content with { Wishes = [new Wish("FR", 1)] };
        Change(Standing(), wanted, Family)
            .Events.ShouldHaveSingleItem()
            .ShouldBe(new EnrolmentChanged(wanted, 2, false, Author.Of(Family), Now));
    }

    [Fact]
    public void nobody_changes_what_is_not_theirs_or_not_there()
    {
        Change(null, Content, Family).Refusal.ShouldBe(new NotFound());
        Change(Standing(), Content, Stranger).Refusal.ShouldBe(new NotFound());
        Change(Standing(), Content, Coordinator with { Territory = "030" }).Refusal.ShouldBe(new NotFound());
        Change(Withdrawn(), Content, Family).Refusal.ShouldBe(new NotStanding());
    }

    [Fact]
    public void a_family_repeats_that_the_school_identified_the_pupil_and_does_not_decide_it()
    {
        Change(Standing(), Content, Family, identified: true).Refusal.ShouldBe(new NotAllowed());
        var identified = Standing() with { IdentifiedBySchool = true };
        foreach (var said in new bool?[] { true, null })
            Change(identified, Content, Family, said)
                .Events.ShouldHaveSingleItem()
                .ShouldBeOfType<EnrolmentChanged>()
                .IdentifiedBySchool.ShouldBeTrue();
        Change(Standing(), Content, Coordinator, identified: true)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<EnrolmentChanged>()
            .Priority.ShouldBe(4);
    }

    [Theory]
    [InlineData(PlaceStatus.Offered, true)]
    [InlineData(PlaceStatus.Confirmed, true)]
    [InlineData(PlaceStatus.Declined, false)]
    [InlineData(PlaceStatus.Cancelled, false)]
    public void a_wish_with_a_place_stays_among_the_wishes(string status, bool stays)
    {
        var without = Content with { Wishes = [new Wish("FR", 1)] };
        var decision = Change(Standing(Maths with { Status = status }), without, Family);
        (decision.Refusal is PlacesWouldBeLost).ShouldBe(stays);
        decision.Events.Count.ShouldBe(stays ? 0 : 1);
        Change(Standing(Maths with { Status = status }), without, Family, acceptLoss: true).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void a_change_that_costs_a_place_names_it_before_it_happens()
    {
        var held = Maths with { Levels = ["6e", "5e"], Modules = [Some.Module(new DateOnly(2021, 4, 12))] };
        EnrolmentContent At(string level) => Content with { Pupil = Content.Pupil with { Level = level }, Wishes = [new Wish("MATHS", 1)] };
        Change(Standing(held), At("6e"), Family).Refusal.ShouldBeNull();
        Change(Standing(held with { Levels = null }), At("6e"), Family).Refusal.ShouldBeNull();
        var refusal = Change(Standing(held, French), At("3e"), Family).Refusal.ShouldBeOfType<PlacesWouldBeLost>();
        refusal
            .Lost.Select(p => (p.StageId, p.Subject, p.From))
            .ShouldBe([(held.StageId, "MATHS", new DateOnly(2021, 4, 12)), (French.StageId, "FR", null)]);
        refusal.Fr.ShouldContain("2 places déjà données : Mathématiques (à partir du 12/04/2021), Français.");
        refusal.En.ShouldContain("2 places that were given already: Mathematics (from 2021-04-12), French.");
        refusal.Errors!.Keys.ShouldBe(["acceptLoss"]);
        refusal.Details!.Keys.ShouldBe(["places"]);
        Change(Standing(held with { Levels = ["6e", "3e"] }), At("3e"), Family).Refusal.ShouldBeNull("the stage takes this level too");
        Change(Standing(held), At("3e"), Family, acceptLoss: true).Events.ShouldHaveSingleItem();
        var elsewhere = Content with
        {
            Slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["TUE-14:00"], ["B"] = ["MON-14:00"] },
        };
        Change(Standing(held), elsewhere, Family).Refusal.ShouldBeNull("Scheduling frees no place for other slots");
    }

    [Fact]
    public void all_open_places_are_confirmed_when_none_is_named()
    {
        var decision = AnswerPlacement.Confirm(Standing(Maths, French), new PlacementAnswer(), Family, Now);
        decision.Events.ShouldBe([
            new PlacementConfirmed(Maths.StageId, "MATHS", Author.Of(Family), Now),
            new PlacementConfirmed(French.StageId, "FR", Author.Of(Family), Now),
        ]);
    }

    [Fact]
    public void only_the_place_that_is_named_is_answered()
    {
        AnswerPlacement
            .Confirm(Standing(Maths, French), new PlacementAnswer(Wish: "FR"), Family, Now)
            .Events.ShouldBe([new PlacementConfirmed(French.StageId, "FR", Author.Of(Family), Now)]);
        AnswerPlacement
            .Decline(Standing(Maths, French), new PlacementAnswer(Maths.StageId), Family, Now)
            .Events.ShouldBe([new PlacementDeclined(Maths.StageId, "MATHS", Author.Of(Family), Now, false)]);
    }

    [Fact]
    public void the_same_answer_twice_is_one()
    {
        var (confirmed, declined) = (Maths with { Status = PlaceStatus.Confirmed }, Maths with { Status = PlaceStatus.Declined });
        AnswerPlacement.Confirm(Standing(confirmed), new PlacementAnswer(), Family, Now).ShouldBe(Decision.Nothing);
        AnswerPlacement.Decline(Standing(declined), new PlacementAnswer(), Family, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_confirmed_place_may_be_declined_and_a_declined_one_is_gone()
    {
        var (confirmed, declined) = (Maths with { Status = PlaceStatus.Confirmed }, Maths with { Status = PlaceStatus.Declined });
        AnswerPlacement
            .Decline(Standing(confirmed), new PlacementAnswer(), Family, Now)
            .Events.ShouldBe([new PlacementDeclined(StageId, "MATHS", Author.Of(Family), Now, false)]);
        AnswerPlacement.Confirm(Standing(declined), new PlacementAnswer(), Family, Now).Refusal.ShouldBe(new NoSuchPlacement());
    }

    [Fact]
    public void a_wish_that_is_declined_is_answered_unless_the_family_says_that_it_waits()
    {
        var offered = Standing(Maths, French);
        var subjects = offered.Content.Wishes.Select(w => w.Subject).ToArray();
        var answered = Declined(offered, keep: null);
        answered.StandingWishes(answered.Content).Select(w => w.Subject).ShouldBe(subjects.Where(s => s != "MATHS"));
        var waits = Declined(offered, keep: true);
        waits.StandingWishes(waits.Content).ShouldBe(waits.Content.Wishes);

        // It may come back; another word of the family changes nothing in what it gave up, unless the wish itself goes.
        var back = Declined(answered, keep: true);
        back.StandingWishes(back.Content).ShouldBe(back.Content.Wishes);
        var changed = Enrolment.Apply(new EnrolmentChanged(answered.Content, 2, false, Author.Of(Family), Now), answered);
        changed.GivenUp.ShouldBe(["MATHS"]);
        var without = answered.Content with { Wishes = [.. answered.Content.Wishes.Where(w => w.Subject != "MATHS")] };
        Enrolment.Apply(new EnrolmentChanged(without, 2, false, Author.Of(Family), Now), answered).GivenUp.ShouldBe([]);
    }

    private static Enrolment Declined(Enrolment state, bool? keep) =>
        AnswerPlacement
            .Decline(state, new PlacementAnswer(Maths.StageId, KeepWaiting: keep), Family, Now)
            .Events.OfType<PlacementDeclined>()
            .Aggregate(state, (s, e) => Enrolment.Apply(e, s));

    [Fact]
    public void there_is_nothing_to_answer_where_there_is_no_place()
    {
        foreach (var answer in new[] { AnswerPlacement.Confirm, (Answer)AnswerPlacement.Decline })
        {
            answer(null, new PlacementAnswer(), Family, Now).Refusal.ShouldBe(new NotFound());
            answer(Standing(Maths), new PlacementAnswer(), Stranger, Now).Refusal.ShouldBe(new NotFound());
            answer(Withdrawn(), new PlacementAnswer(), Family, Now).Refusal.ShouldBe(new NotStanding());
            answer(Standing(), new PlacementAnswer(), Family, Now).Refusal.ShouldBe(new NoSuchPlacement());
            answer(Standing(Maths), new PlacementAnswer(Wish: "FR"), Family, Now).Refusal.ShouldBe(new NoSuchPlacement());
        }
    }

    [Fact]
    public void withdrawing_twice_is_withdrawing_once()
    {
        WithdrawEnrolment.Decide(Standing(), Family, Now).Events.ShouldBe([new EnrolmentWithdrawn(Author.Of(Family), Now)]);
        WithdrawEnrolment.Decide(Standing(), Coordinator, Now).Events.ShouldBe([new EnrolmentWithdrawn(Author.Of(Coordinator), Now)]);
        WithdrawEnrolment.Decide(Withdrawn(), Family, Now).ShouldBe(Decision.Nothing);
        WithdrawEnrolment.Decide(Standing(), Stranger, Now).Refusal.ShouldBe(new NotFound());
        WithdrawEnrolment.Decide(null, Family, Now).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void what_is_erased_names_nobody_and_is_erased_once()
    {
        var forgotten = Forgetting.Person(Standing(Maths), Family.Id, Now);
        forgotten.Events.ShouldBe([new EnrolmentErased(Now)]);
        forgotten.Effects.ShouldBe(Decision.Nothing.AndStore(new MaskingOwed(Id, long.MaxValue, Now)).Effects);
        Forgetting.Person(Standing(Maths), Stranger.Id, Now).ShouldBe(Decision.Nothing);
        var erased = Enrolment.Apply(new EnrolmentErased(Now), Standing(Maths));
        Forgetting.Person(erased, Family.Id, Now).ShouldBe(Decision.Nothing);
        Forgetting.Whole(erased, Now).ShouldBe(Decision.Nothing);
        Forgetting.Person(null, Family.Id, Now).ShouldBe(Decision.Nothing);
        System.Text.Json.JsonSerializer.Serialize(erased).ShouldNotContain("Hérault");
        EnrolmentAccess.MayRead(Family, erased).ShouldBeFalse();
    }

    private delegate Decision Answer(Enrolment? state, PlacementAnswer answer, Caller caller, DateTimeOffset now);

    private static Decision Change(
        Enrolment? state,
        EnrolmentContent content,
        Caller caller,
        bool? identified = null,
        bool acceptLoss = false
    ) => ChangeEnrolment.Decide(state, content, identified, Campaign, College, caller, Now, acceptLoss);

    private static Enrolment Standing(params Place[] places) =>
        new(Id, Campaign.Id, Enrolment.Submitted, Content, 2, false, Family.Id, [Family.Id], places, [], 0, Now, Now, 1);

    private static Enrolment Withdrawn() => Enrolment.Apply(new EnrolmentWithdrawn(Author.Of(Family), Now), Standing());
}
