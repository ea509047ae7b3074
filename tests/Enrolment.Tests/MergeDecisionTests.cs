using Stages.Enrolments.People;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>Two enrolments of one child become one, by value.</summary>
public sealed class MergeDecisionTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Campaign = Some.Id();
    private static readonly Caller Coordinator = new(Some.Id(), Roles.Coordinator, "c@ac.example", null, "034");
    private static readonly Guid Anne = PersonId.FromEmail("anne@example.org");
    private static readonly Guid Marc = PersonId.FromEmail("marc@example.org");
    private static readonly Guid Grandma = PersonId.FromEmail("grandma@example.org");
    private static readonly Place Maths = new(Some.Id(), 1, "MATHS", "A", "Europe/Paris", "Claire", []);

    private static readonly Enrolment Kept = Of("anne@example.org", Anne);

    private static readonly Enrolment Other = Of("marc@example.org", Grandma) with
    {
        Content = Of("marc@example.org", Grandma).Content with
        {
            Wishes = [new Wish("FR", 1), new Wish("MATHS", 2)],
            Equipment = new Equipment(Computer: true),
            Marks = ["ine-1", "born-1"],
        },
        IdentifiedBySchool = true,
        SchoolNote = "Lit avec un cache.",
        Objections = [new Objection(Marc, "Non", Now)],
    };

    [Fact]
    public void one_stays_with_what_both_said_and_the_other_ends_in_it()
    {
        var decision = Merge(Kept, Other);
        var merged = decision.Events[0].ShouldBeOfType<EnrolmentsMerged>();
        decision.Events[1].ShouldBe(new SchoolNoteWritten("Lit avec un cache.", Author.Of(Coordinator), Now));
        decision.Effects.ShouldBe(Decision.Nothing.And(Other.Id, new EnrolmentMergedInto(Kept.Id, Author.Of(Coordinator), Now)).Effects);
        merged.Content.Guardians.Select(g => g.Email).ShouldBe(["anne@example.org", "marc@example.org"]);
        merged.Content.Wishes.ShouldBe([new Wish("MATHS", 1), new Wish("FR", 2)]);
        merged.Content.Slots.ShouldBe(Kept.Content.Slots, "a slot that is not ticked is one at which the child cannot come");
        merged.Content.Equipment.Computer.ShouldBeTrue();
        merged.Content.Marks.ShouldBe(["ine-1", "born-1"]);
        (merged.IdentifiedBySchool, merged.Priority).ShouldBe((true, 4));
        merged.Objections.ShouldBe([new Objection(Marc, "Non", Now)]);

        var one = Enrolment.Apply(merged, Kept);
        one.FamilyIds.ShouldBe([Anne, Marc, Grandma], ignoreOrder: true);
        one.Merged.ShouldBe([Other.Id]);
        var ended = Enrolment.Apply(new EnrolmentMergedInto(Kept.Id, Author.Of(Coordinator), Now), Other);
        (ended.IsStanding, ended.Status, ended.MergedInto, ended.Likeness.Length).ShouldBe((false, "merged", Kept.Id, 0));
        EnrolmentAccess.MayRead(Family(Grandma), ended).ShouldBeTrue("its link leads on");
        Merge(one, ended).ShouldBe(Decision.Nothing, "a second post changes nothing");
        // What is shown before is what comes of it.
        var shown = MergeEnrolments.Preview(Kept, decision).ShouldNotBeNull();
        (shown.Content, shown.SchoolNote, shown.Priority).ShouldBe((one.Content, "Lit avec un cache.", one.Priority));
        shown.FamilyIds.ShouldBe(one.FamilyIds);
        MergeEnrolments.Preview(one, Decision.Nothing).ShouldBe(one);
        var without = Forgetting.Person(one, Grandma, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<GuardianForgotten>();
        Enrolment.Apply(without, one).FamilyIds.ShouldBe([Anne, Marc], ignoreOrder: true);
    }

    [Fact]
    public void each_guardian_is_there_once_with_both_addresses()
    {
        Guardian[] Both(Guardian one, Guardian two) => MergedContent.Of(With(Kept, one), With(Other, two)).Guardians;
        Both(new("Anne", "a@example.org"), new("Anne Martin", "a@example.org", "+33639980001"))
            .ShouldBe([new Guardian("Anne", "a@example.org", "+33639980001")]);
        Both(new("Anne Martin", "a@example.org"), new("ANNE MARTIN", Phone: "+33639980001"))
            .ShouldBe([new Guardian("Anne Martin", "a@example.org", "+33639980001")]);
        Both(new("Anne", "a@example.org"), new("Anne", "b@example.org")).Length.ShouldBe(2, "who has two mailboxes reads in both");
        Both(new("Anne"), new("Marc")).Length.ShouldBe(2);
    }

    [Fact]
    public void nothing_is_added_that_contradicts()
    {
        var third = Other with { Content = Other.Content with { Pupil = Other.Content.Pupil with { Level = "3e", BirthYear = 2006 } } };
        MergedContent
            .Of(Kept with { Content = Kept.Content with { Wishes = [new Wish("MATHS", 1)] } }, third)
            .ShouldSatisfyAllConditions(c => c.Wishes.ShouldBe([new Wish("MATHS", 1)]), c => c.Pupil.ShouldBe(Kept.Content.Pupil));
        var given = Other with { GivenUp = ["FR"] };
        MergedContent
            .Of(Kept with { Content = Kept.Content with { Wishes = [new Wish("MATHS", 1)] } }, given)
            .Wishes.ShouldBe([new Wish("MATHS", 1)]);
        MergedContent.Note("A", "A").ShouldBe("A");
        MergedContent.Note("A", "B").ShouldBe("A\n\nB");
        MergedContent.Note(null, null).ShouldBeNull();
    }

    [Fact]
    public void places_stay_where_they_are_or_it_is_said_what_to_do()
    {
        var french = Maths with { StageId = Some.Id(), Subject = "FR" };
        Merge(Kept with { Places = [Maths] }, Other).Refusal.ShouldBeNull();
        Merge(Kept with { Places = [Maths] }, Other with { Places = [Maths with { Status = PlaceStatus.Confirmed }] })
            .Refusal.ShouldBeNull();
        Merge(Kept, Other with { Places = [Maths with { Status = PlaceStatus.Declined }] }).Refusal.ShouldBeNull();
        Merge(Kept, Other with { Places = [Maths] }).Refusal.ShouldBe(new MergeOtherWay(Other.Id));
        Merge(Kept with { Places = [french] }, Other with { Places = [Maths] }).Refusal.ShouldBe(new BothHoldPlaces());
    }

    [Fact]
    public void only_two_standing_ones_of_a_coordinators_territory_and_one_campaign_are_merged()
    {
        Merge(null, Other).Refusal.ShouldBe(new NotFound());
        Merge(Kept, null).Refusal.ShouldBe(new NotFound());
        Merge(Kept, Kept).Refusal.ShouldBe(new NothingToCompare());
        Merge(Kept, Other with { CampaignId = Some.Id() }).Refusal.ShouldBe(new NothingToCompare());
        Merge(Kept with { Status = Enrolment.Withdrawn }, Other).Refusal.ShouldBe(new NotStanding());
        Merge(Kept, Other with { Status = Enrolment.Withdrawn }).Refusal.ShouldBe(new NotStanding());
        Merge(Kept, Elsewhere(Other)).Refusal.ShouldBe(new NotFound());
        Merge(Elsewhere(Kept), Other).Refusal.ShouldBe(new NotFound());
        var done = Other with { Status = Enrolment.Joint, MergedInto = Kept.Id };
        Merge(Kept, Elsewhere(done)).Refusal.ShouldBe(new NotFound());
        Merge(Elsewhere(Kept), done).Refusal.ShouldBe(new NotFound());
        MergeEnrolments.Decide(Kept, Other, null, Family(Anne), Now).Refusal.ShouldBe(new NotFound());
        Merge(Kept with { Content = Kept.Content with { Marks = ["ine-2"] } }, Other).Refusal.ShouldBe(new TwoChildrenByIne());
        var many = Enumerable.Range(0, CampaignDefaults.MostGuardians).Select(i => new Guardian($"G{i}", $"g{i}@example.org"));
        Merge(With(Kept, [.. many]), Other).Refusal.ShouldBe(new TooManyGuardians());
    }

    [Fact]
    public void that_they_are_two_children_is_remembered_once()
    {
        TellApart.Decide(Kept, Other, Coordinator, Now).Events.ShouldBe([new ChildrenToldApart(Other.Id, Author.Of(Coordinator), Now)]);
        var said = Enrolment.Apply(new ChildrenToldApart(Other.Id, Author.Of(Coordinator), Now), Kept);
        TellApart.Decide(said, Other, Coordinator, Now).ShouldBe(Decision.Nothing);
        TellApart.Decide(Other, said, Coordinator, Now).ShouldBe(Decision.Nothing);
        TellApart.Decide(Kept, Elsewhere(Other), Coordinator, Now).Refusal.ShouldBe(new NotFound());
        TellApart.Decide(Kept, Other, Family(Anne), Now).Refusal.ShouldBe(new NotFound());
    }

    private static Decision Merge(Enrolment? kept, Enrolment? other) => MergeEnrolments.Decide(kept, other, null, Coordinator, Now);

    private static Caller Family(Guid account) => new(account, Roles.Family, null, null, null);

    private static Enrolment Of(string email, Guid submitter)
    {
        var content = Some.Request(email: email).ToContent() with { Guardians = [new Guardian(email[..4], email)] };
        return new Enrolment(
            Some.Id(),
            Campaign,
            Enrolment.Submitted,
            content,
            2,
            false,
            submitter,
            Enrolments.Family.AccountsOf(content, submitter),
            [],
            [],
            0,
            Now,
            Now,
            1
        );
    }

    private static Enrolment With(Enrolment e, params Guardian[] guardians) =>
        e with
        {
            Content = e.Content with { Guardians = guardians },
        };

    private static Enrolment Elsewhere(Enrolment e) =>
        e with
        {
            Content = e.Content with { Pupil = e.Content.Pupil with { SchoolUai = "0300001C" } },
        };
}
