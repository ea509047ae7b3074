using Stages.Enrolments.Catalogue;
using Stages.Enrolments.Schools;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>The decision alone: given what is known, when a family submits, then an event or a refusal.</summary>
public sealed class SubmitEnrolmentTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Caller Family = new(PersonId.FromEmail("parent@example.org"), Roles.Family, "parent@example.org", null, null);
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
        [.. Level.Of(SchoolKind.College).Select(l => l.ToString())],
        "",
        Closed: false
    );

    private static readonly Campaign Campaign = Campaign.Of(
        Some.Campaign(Guid.CreateVersion7(Now), Now.AddDays(-1), Now.AddDays(1)).AsChanged()
    );

    [Fact]
    public void an_enrolment_that_keeps_the_rules_is_submitted()
    {
        var decision = SubmitEnrolment.Decide(Some.Request().ToContent(), null, Campaign, College, Family, Now);
        decision.Refusal.ShouldBeNull();
        var submitted = decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EnrolmentSubmitted>();
        submitted.CampaignId.ShouldBe(Campaign.Id);
        submitted.By.ShouldBe(new Author(Family.Id, Roles.Family));
        submitted.Priority.ShouldBe(2);
    }

    [Fact]
    public void a_closed_campaign_refuses_an_enrolment() =>
        SubmitEnrolment
            .Decide(Some.Request().ToContent(), null, Campaign, College, Family, Campaign.EnrolmentCloses)
            .Refusal.ShouldBe(new CampaignClosed());

    [Fact]
    public void a_campaign_that_has_not_opened_says_when_it_will() =>
        SubmitEnrolment
            .Decide(Some.Request().ToContent(), null, Campaign, College, Family, Campaign.EnrolmentOpens.AddTicks(-1))
            .Refusal.ShouldBe(CampaignNotYetOpen.In(Campaign));

    [Fact]
    public void the_opening_is_told_by_the_clocks_of_the_campaign()
    {
        var opens = new DateTimeOffset(2021, 4, 1, 6, 0, 0, TimeSpan.Zero);
        CampaignNotYetOpen.In(Campaign with { EnrolmentOpens = opens }).Fr.ShouldContain("le 01/04/2021 à 08:00.");
        CampaignNotYetOpen
            .In(Campaign with { EnrolmentOpens = opens, TimeZone = "Indian/Reunion" })
            .En.ShouldContain("on 2021-04-01 at 10:00.");
    }

    [Fact]
    public void a_coordinator_enrols_after_the_closing_within_the_territory()
    {
        var coordinator = new Caller(Guid.CreateVersion7(Now), Roles.Coordinator, "c@ac.example", null, "034");
        SubmitEnrolment
            .Decide(Some.Request().ToContent(), true, Campaign, College, coordinator, Campaign.EnrolmentCloses.AddDays(1))
            .Refusal.ShouldBeNull();
        SubmitEnrolment
            .Decide(Some.Request().ToContent(), true, Campaign, College, coordinator with { Territory = "030" }, Now)
            .Refusal.ShouldBe(new NotAllowed());
    }

    [Fact]
    public void only_a_coordinator_says_that_the_school_identified_a_pupil() =>
        SubmitEnrolment.Decide(Some.Request().ToContent(), true, Campaign, College, Family, Now).Refusal.ShouldBe(new NotAllowed());

    [Fact]
    public void a_pupil_in_priority_education_identified_by_the_school_ranks_first()
    {
        var coordinator = new Caller(Guid.CreateVersion7(Now), Roles.Coordinator, null, null, null);
        var decision = SubmitEnrolment.Decide(
            Some.Request().ToContent(),
            true,
            Campaign,
            College with
            {
                Priority = "REP+",
            },
            coordinator,
            Now
        );
        decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EnrolmentSubmitted>().Priority.ShouldBe(5);
    }

    [Fact]
    public void every_broken_rule_is_named_beside_its_field()
    {
        var request = Some.Request() with
        {
            Wishes = [new Wish("LATIN", 1), new Wish("PC", 2)],
            Slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00", "FRI-09:00", "SAT-09:00"] },
        };
        var refusal = SubmitEnrolment
            .Decide(request.ToContent(), null, Campaign, null, Family, Now)
            .Refusal.ShouldBeOfType<FieldsRefused>();
        refusal
            .Fields.Select(f => (f.Field, f.Code))
            .ShouldBe(
                [
                    ("pupil.schoolUai", "no-such-school"),
                    ("wishes[0].subject", "no-such-subject"),
                    ("wishes[1].subject", "subject-not-at-level"),
                    ("slots.B", "no-slots"),
                    ("slots.A[1]", "no-such-slot"),
                    ("slots.A[2]", "no-such-slot"),
                ],
                ignoreOrder: true
            );
    }

    private sealed record Sample(string Name, string? Phone, Guid? Stage, int Count);

    [Fact]
    public void what_may_be_null_may_be_absent_and_the_rest_may_not()
    {
        var json = ServiceHost.Configure(new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web));
        System.Text.Json.JsonSerializer.Deserialize<Sample>("{\"name\":\"A\",\"count\":1}", json).ShouldBe(new Sample("A", null, null, 1));
        Should
            .Throw<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<Sample>("{\"name\":\"A\"}", json))
            .Message.ShouldContain("'count'");
        Should
            .Throw<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<Sample>("{\"count\":1}", json))
            .Message.ShouldContain("'name'");
    }
}
