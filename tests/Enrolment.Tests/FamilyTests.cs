using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>Who the family of an enrolment is.</summary>
public sealed class FamilyTests
{
    private static readonly Guid Parent = PersonId.FromEmail("parent@example.org");
    private static readonly Guid Phone = PersonId.FromPhone("+33639980001");

    private static readonly EnrolmentContent Content = Some.Request().ToContent() with
    {
        Guardians =
        [
            new Guardian("Anne", "parent@example.org", "+33639980001"),
            new Guardian("Paul", Phone: "+33639980002"),
            new Guardian("Mamie"),
        ],
    };

    [Fact]
    public void the_family_is_who_submitted_and_every_address_of_every_guardian_once()
    {
        Guid[] guardians = [Parent, Phone, PersonId.FromPhone("+33639980002")];
        Family.AccountsOf(Content, Parent).ShouldBe(guardians);
        Family.AccountsOf(Content, null).ShouldBe(guardians);
        var uncle = PersonId.FromEmail("oncle@example.org");
        Family.AccountsOf(Content, uncle).ShouldBe([uncle, .. guardians]);
    }

    [Fact]
    public void a_guardian_has_one_account_by_mail_before_telephone()
    {
        Content.Guardians.Select(Family.AccountOf).ShouldBe([Parent, PersonId.FromPhone("+33639980002"), null]);
        Family.AccountOf(new Guardian("Anne", "", "")).ShouldBeNull();
    }

    [Fact]
    public void siblings_are_those_of_one_first_guardian_who_asks_for_one_week()
    {
        Family.SiblingGroupOf(Content).ShouldBeNull();
        var together = Content with { SiblingsTogether = true };
        Family.SiblingGroupOf(together).ShouldBe(Parent);
        Family.SiblingGroupOf(together with { Guardians = [] }).ShouldBeNull();
        Family.SiblingGroupOf(together with { Guardians = [new Guardian("Mamie"), .. together.Guardians] }).ShouldBeNull();
    }

    [Fact]
    public void a_coordinator_who_submits_is_no_family()
    {
        Family.SubmitterOf(new Author(Parent, Roles.Family)).ShouldBe(Parent);
        Family.SubmitterOf(new Author(Parent, Roles.Coordinator)).ShouldBeNull();
    }
}
