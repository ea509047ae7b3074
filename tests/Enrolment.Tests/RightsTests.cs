using Stages.Enrolments.People;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>The rules of guardians' rights, by value.</summary>
public sealed class RightsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Now);
    private static readonly Caller Anne = Guardian("anne@example.org");
    private static readonly Caller Paul = Guardian("paul@example.org");
    private static readonly Caller Stranger = Guardian("other@example.org");
    private static readonly Caller Coordinator = new(Guid.CreateVersion7(Now), Roles.Coordinator, "c@ac.example", null, "034");

    private static readonly EnrolmentContent Content = Some.Request().ToContent() with
    {
        Guardians = [new Guardian("Anne", "anne@example.org"), new Guardian("Paul", "paul@example.org", "+33639980002")],
    };

    private static Enrolment Standing { get; } = Enrolment.Begin(Id, Submitted(Content, Anne));

    private static Enrolment Paper { get; } =
        Enrolment.Begin(Id, Submitted(Content with { Guardians = [new Guardian("Mamie", Phone: "+33467000001")] }, Coordinator));

    [Fact]
    public void an_erased_teacher_is_named_by_no_place()
    {
        var teacher = PersonId.FromEmail("tom@example.org");
        Place PlaceOf(Guid stage, Guid? by, string name) =>
            new(stage, 1, "FR", "A", "Europe/Paris", name, [], PlaceStatus.Declined, TeacherId: by);
        Place[] places = [PlaceOf(Id, teacher, "Tom"), PlaceOf(Stranger.Id, Anne.Id, "Claire")];
        var state = Standing with { Places = places };

        var forgotten = Forgetting.Teacher(state, teacher, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<PlaceTeacherForgotten>();
        var left = Enrolment.Apply(forgotten, state);
        left.Places.ShouldBe([places[0] with { TeacherFirstName = "", TeacherId = null }, places[1]]);
        left.Version.ShouldBe(state.Version + 1);
        Forgetting.Teacher(left, teacher, Now).ShouldBe(Decision.Nothing);
        Forgetting.Teacher(null, teacher, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void the_last_guardian_takes_the_enrolment_along()
    {
        var alone = Content with { Guardians = [new Guardian("Paul", "paul@example.org", "+33639980002")] };
        var first = Forgetting.Person(Standing, Anne.Id, Now);
        var gone = first.Events.ShouldHaveSingleItem().ShouldBeOfType<GuardianForgotten>();
        gone.Submitter.ShouldBeNull();
        gone.Content.Guardians.ShouldBe(alone.Guardians);
        first.Effects.ShouldBe(Decision.Nothing.AndStore(new MaskingOwed(Id, 1, Now, Masking.OfThePupil)).Effects);

        var left = Enrolment.Apply(gone, Standing);
        left.FamilyIds.ShouldBe([Paul.Id, PersonId.FromPhone("+33639980002")]);
        left.Version.ShouldBe(2);
        Forgetting.Person(left, PersonId.FromPhone("+33639980002"), Now).Events.ShouldBe([new EnrolmentErased(Now)]);
        Forgetting.Person(Standing, Stranger.Id, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void an_enrolment_is_forgotten_as_a_whole_once_and_by_whom_is_noted()
    {
        var by = Author.Of(Coordinator);
        Forgetting.Whole(Paper, Now, by, "visit").Events.ShouldBe([new EnrolmentErased(Now, by, "visit")]);
        Forgetting.Whole(Enrolment.Apply(new EnrolmentErased(Now), Paper), Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_guardian_objects_in_words_of_their_own_and_others_do_not()
    {
        var objected = new GuardianObjected("Non", Author.Of(Paul), Now);
        Objections.Object(Standing, " Non ", Paul, Now).Events.ShouldBe([objected]);
        Objections.Object(Standing, null, Paul, Now).Events.ShouldBe([objected with { Reason = "" }]);
        Objections.Object(Enrolment.Apply(objected, Standing), "Non", Paul, Now).ShouldBe(Decision.Nothing);
        Objections.Object(null, "Non", Paul, Now).Refusal.ShouldBe(new NotFound());
        Objections.Object(Standing, "Non", Stranger, Now).Refusal.ShouldBe(new NotFound());
        Objections.Object(Standing with { Status = Enrolment.Withdrawn }, "Non", Paul, Now).Refusal.ShouldBe(new NotStanding());
    }

    [Fact]
    public void an_objection_is_taken_back_by_whoever_made_it()
    {
        var both = Enrolment.Apply(
            new GuardianObjected("Si", Author.Of(Anne), Now),
            Enrolment.Apply(new GuardianObjected("Non", Author.Of(Paul), Now), Standing)
        );
        Objections.TakeBack(both, Paul, Now).Events.ShouldBe([new ObjectionTakenBack(Author.Of(Paul), Now)]);
        Enrolment.Apply(new ObjectionTakenBack(Author.Of(Paul), Now), both).Objections!.Single().By.ShouldBe(Anne.Id);
        Objections.TakeBack(Standing, Paul, Now).ShouldBe(Decision.Nothing);
        Objections.TakeBack(both, Stranger, Now).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void a_family_without_an_account_is_erased_by_its_coordinator()
    {
        var by = Author.Of(Coordinator);
        PaperFamilies.Erase(Paper, [], "letter", Coordinator, Now).Events.ShouldBe([new EnrolmentErased(Now, by, "letter")]);
        var joint = Paper with { Id = Some.Id(), Status = Enrolment.Joint };
        PaperFamilies
            .Erase(Paper, [joint], "letter", Coordinator, Now)
            .Effects.OfType<Effect.Append>()
            .ShouldHaveSingleItem()
            .ShouldBe(new Effect.Append(joint.Id, Decision.Of(new EnrolmentErased(Now, by, "letter")).Events));
        PaperFamilies.Erase(Paper, [], null, Coordinator, Now).Refusal.ShouldBe(new HowAsked());
        PaperFamilies.Erase(Standing, [], "letter", Coordinator, Now).Refusal.ShouldBe(new FamilyHasAccount());
        PaperFamilies.Erase(Paper, [], "letter", Coordinator with { Territory = "030" }, Now).Refusal.ShouldBe(new NotFound());
        PaperFamilies.Erase(null, [], "letter", Coordinator, Now).Refusal.ShouldBe(new NotFound());
        PaperFamilies.Erase(Paper with { Status = Enrolment.Erased }, [], "letter", Coordinator, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_family_without_an_account_is_given_its_data_by_its_coordinator()
    {
        PaperFamilies.Export(Paper, Coordinator, Now).Events.ShouldBe([new DataExported(Author.Of(Coordinator), Now)]);
        PaperFamilies.Export(Standing, Coordinator, Now).Refusal.ShouldBe(new FamilyHasAccount());
        PaperFamilies.Export(Paper, Coordinator with { Territory = "030" }, Now).Refusal.ShouldBe(new NotFound());
        PaperFamilies.Export(Paper with { Status = Enrolment.Erased }, Coordinator, Now).Refusal.ShouldBe(new NotFound());
    }

    private static Caller Guardian(string email) => new(PersonId.FromEmail(email), Roles.Family, email, null, null);

    private static EnrolmentSubmitted Submitted(EnrolmentContent content, Caller by) =>
        new(Guid.CreateVersion7(Now), content, 1, false, Author.Of(by), Now);
}
