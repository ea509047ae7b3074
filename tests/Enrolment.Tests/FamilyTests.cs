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
    public void siblings_are_those_of_one_first_guardian_who_was_asked_about_them()
    {
        Family.SiblingGroupOf(Content).ShouldBe(Parent);
        var before = Content with { SiblingsRule = null };
        Family.SiblingGroupOf(before).ShouldBeNull();
        var together = before with { SiblingsTogether = true };
        Family.SiblingGroupOf(together).ShouldBe(Parent);
        Family.SiblingGroupOf(together with { Guardians = [] }).ShouldBeNull();
        Family.SiblingGroupOf(together with { Guardians = [new Guardian("Mamie"), .. together.Guardians] }).ShouldBeNull();
    }

    [Theory]
    [InlineData(null, null, "apart", false)]
    [InlineData(null, false, "apart", false)]
    [InlineData(null, true, "sameWeek", true)]
    [InlineData("apart", true, "apart", false)]
    [InlineData("sameSlots", null, "sameSlots", false)]
    [InlineData("sameWeek", null, "sameWeek", true)]
    [InlineData("any", false, "any", false)]
    public void what_a_family_asks_for_its_children_is_the_rule_or_else_the_box_of_before(
        string? rule,
        bool? together,
        string asked,
        bool isTogether
    )
    {
        var request = Some.Request() with { SiblingsRule = rule, SiblingsTogether = together };
        new EnrolmentRequestValidator().Validate(request).IsValid.ShouldBeTrue();
        var content = request.ToContent();
        Family.RuleOf(content).ShouldBe(asked);
        content.SiblingsTogether.ShouldBe(isTogether);
    }

    [Fact]
    public void no_other_rule_is_known()
    {
        var faults = new EnrolmentRequestValidator().Validate(Some.Request() with { SiblingsRule = "never" }).Errors;
        faults.Single().PropertyName.ShouldBe("SiblingsRule");
    }

    [Fact]
    public void an_enrolment_of_before_asked_for_one_week_or_for_nothing()
    {
        var before = Content with { SiblingsRule = null };
        Family.RuleOf(before).ShouldBe("any");
        Family.RuleOf(before with { SiblingsTogether = true }).ShouldBe("sameWeek");
    }

    [Fact]
    public void a_coordinator_who_submits_is_no_family()
    {
        Family.SubmitterOf(new Author(Parent, Roles.Family)).ShouldBe(Parent);
        Family.SubmitterOf(new Author(Parent, Roles.Coordinator)).ShouldBeNull();
    }
}
