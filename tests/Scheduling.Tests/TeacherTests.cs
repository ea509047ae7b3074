using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.People;
using Stages.Scheduling.Teachers;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>Who is known as a teacher: at once, by a coordinator, or not.</summary>
public sealed class TeacherTests
{
    private const string Email = "lea.blanc@ac.example";
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly DateOnly Today = new(2021, 3, 2);
    private static readonly Guid Lea = PersonId.FromEmail(Email);
    private static readonly Caller Teacher = new(Lea, Roles.Teacher, Email, "Léa Blanc", null);
    private static readonly Caller Gard = new(Some.By.Id!.Value, Roles.Coordinator, "gard@ac.example", null, "030");
    private static readonly Offer Waiting = Some.TheOffer() with { PersonId = Lea, Acceptance = Acceptance.Waiting };
    private static readonly Offer Earlier = Waiting with { Id = new("01900000-0000-7000-8000-000000000009"), Withdrawn = true };
    private static readonly AcceptTeacher Form = new(" Connue du collège ", true, "0340008Z", new DateOnly(2021, 2, 1));
    private static readonly Ground Seen = new(Ground.Coordinator, "Connue du collège", true, "0340008Z", new DateOnly(2021, 2, 1));
    private static readonly TeacherAccepted Accepted = new(Lea, Waiting.Id, Seen, Waited: true, Some.By, Now);
    private static readonly TeacherRefused Refused = new(Lea, Waiting.Id, "Inconnue au rectorat", Some.By, Now);

    [Fact]
    public void the_sign_in_for_staff_vouches_for_who_came_in_through_it_and_for_nobody_else()
    {
        var vouched = Teacher with { Vouched = "academie" };
        Of(vouched).ShouldBe(new Ground(Ground.Provider, "academie"));
        Of(Teacher).ShouldBeNull();
        Of(vouched with { Id = Some.NewId() }).ShouldBeNull();
        Of(Some.Coordinator with { Vouched = "academie" }).ShouldBeNull();
        Trust.Of(null, Guid.Empty, null, Some.Plan(), vouched with { Id = Guid.Empty }).ShouldBeNull();

        static Ground? Of(Caller caller) => Trust.Of(null, Lea, Email, Some.Plan(), caller);
    }

    [Theory]
    [InlineData("lea@ac.example", "ac.example")]
    [InlineData("lea@AC.Example", "ac.example")]
    [InlineData("lea@mail.ac.example", null)]
    [InlineData("lea@ac.example.evil.example", null)]
    [InlineData("lea@evilac.example", null)]
    [InlineData("ac.example@evil.example", null)]
    [InlineData(null, null)]
    public void an_address_of_a_domain_that_the_campaign_trusts_is_known(string? email, string? domain) =>
        Trust
            .Of(null, Lea, email, Some.Plan() with { TrustedDomains = ["ac.example"] }, Teacher)
            .ShouldBe(domain is null ? null : new Ground(Ground.Domain, domain));

    [Fact]
    public void what_a_coordinator_decided_is_not_decided_by_a_domain()
    {
        var plan = Some.Plan() with { TrustedDomains = ["ac.example"] };
        var vouched = Teacher with { Vouched = "academie" };
        Trust.Of(TeacherStanding.Create(Refused), Lea, Email, plan, vouched).ShouldBeNull();
        Trust.Of(TeacherStanding.Create(Accepted), Lea, Email, plan, vouched).ShouldBeNull();
    }

    [Fact]
    public void an_offer_begins_as_its_author_stands()
    {
        Begin(null, null).ShouldBe(Decision.Nothing);
        Begin(TeacherStanding.Create(Accepted), null).ShouldBe(Decision.Of(new AuthorAccepted(Actor.System, Now)));
        Begin(TeacherStanding.Create(Refused), null).ShouldBe(Decision.Of(new AuthorRefused(Actor.System, Now)));
        var ground = new Ground(Ground.Domain, "ac.example");
        Begin(null, ground)
            .ShouldBe(
                Decision
                    .Of(new AuthorAccepted(Some.By, Now))
                    .AndStart<TeacherStanding>(
                        TeacherStanding.IdOf(Lea),
                        new TeacherAccepted(Lea, Waiting.Id, ground, Waited: false, Some.By, Now)
                    )
            );

        static Decision Begin(TeacherStanding? standing, Ground? ground) => Trust.Begin(standing, ground, Waiting.Id, Lea, Some.By, Now);
    }

    [Fact]
    public void a_person_is_accepted_with_all_that_they_offer()
    {
        var decision = Accept(null, Waiting, Form);
        decision.ShouldBe(Trust.Accept(Accepted, [Waiting, Earlier]));
        decision
            .Effects.OfType<Effect.Append>()
            .Select(a => (a.Stream, Event: a.Events.ShouldHaveSingleItem()))
            .ShouldBe([(Waiting.Id, new AuthorAccepted(Some.By, Now)), (Earlier.Id, new AuthorAccepted(Some.By, Now))]);
        decision.Effects.OfType<Effect.Start>().ShouldHaveSingleItem().Events.ShouldBe([Accepted]);
    }

    [Fact]
    public void who_may_not_see_an_offer_does_not_accept_its_author_and_nobody_accepts_themselves()
    {
        Accept(null, null, Form).Refusal.ShouldBe(new NotFound());
        Accept(null, Waiting, Form, Gard).Refusal.ShouldBe(new NotFound());
        Accept(null, Waiting with { PersonId = Guid.Empty }, Form).Refusal.ShouldBe(new NotFound());
        Accept(null, Waiting, Form, Some.Coordinator with { Id = Lea }).Refusal.ShouldBe(new OwnOffer());
    }

    [Fact]
    public void a_check_lies_behind_and_a_withdrawn_offer_asks_nothing()
    {
        Accept(null, Waiting, Form with { CheckedOn = Today }).Refusal.ShouldBeNull();
        Accept(null, Waiting, Form with { CheckedOn = Today.AddDays(1) })
            .Refusal.ShouldBeOfType<FieldsRefused>()
            .Fields.ShouldHaveSingleItem()
            .Field.ShouldBe("checkedOn");
        Accept(null, Earlier, Form).Refusal.ShouldBe(new OfferIsWithdrawn());
    }

    [Fact]
    public void an_acceptance_said_twice_is_one_and_another_reason_is_not_written_over_it()
    {
        var accepted = TeacherStanding.Create(Accepted);
        Accept(accepted, Waiting, Form).ShouldBe(Decision.Nothing);
        Accept(accepted, Waiting, Form with { Reason = "Autre" }).Refusal.ShouldBe(new TeacherIsAccepted());
        Accept(accepted, Waiting, Form, Some.Coordinator with { Id = Some.NewId() }).Refusal.ShouldBe(new TeacherIsAccepted());
        Accept(accepted.Apply(Refused), Waiting, Form).Refusal.ShouldBeNull();
    }

    [Fact]
    public void a_refusal_takes_every_stage_and_counts_for_every_offer()
    {
        var decision = Refuse(TeacherStanding.Create(Accepted), Accepting(Waiting), [Some.StageId]);
        decision.Events.ShouldBeEmpty();
        decision
            .Effects.OfType<Effect.Append>()
            .Select(a => (a.Stream, Event: a.Events.ShouldHaveSingleItem()))
            .ShouldBe([
                (Waiting.Id, new AuthorRefused(Some.By, Now)),
                (Earlier.Id, new AuthorRefused(Some.By, Now)),
                (Some.StageId, new TeacherLeft(Some.By, Now)),
            ]);
        decision.Effects.OfType<Effect.Start>().ShouldHaveSingleItem().Events.ShouldBe([Refused]);
    }

    [Fact]
    public void a_refusal_is_for_who_sees_the_offer_and_is_said_once()
    {
        Refuse(null, null, []).Refusal.ShouldBe(new NotFound());
        Refuse(null, Waiting, [], Gard).Refusal.ShouldBe(new NotFound());
        Refuse(null, Earlier, []).Refusal.ShouldBeNull();
        var refused = TeacherStanding.Create(Refused);
        Refuse(refused, Waiting, []).ShouldBe(Decision.Nothing);
        Refuse(refused with { Refusal = "autre" }, Waiting, []).Refusal.ShouldBe(new TeacherIsRefused());
    }

    [Fact]
    public void who_waits_is_accepted_once_their_campaign_trusts_them()
    {
        var plan = Some.Plan() with { TrustedDomains = ["ac.example"] };
        var ground = new Ground(Ground.Domain, "ac.example");
        AcceptTrusted
            .Decide(new KnownTeacher(null, [Waiting]), Waiting.Id, Email, plan, Now)
            .ShouldBe(Trust.Accept(new TeacherAccepted(Lea, Waiting.Id, ground, Waited: true, Actor.System, Now), [Waiting]));
        AcceptTrusted.Decide(new KnownTeacher(null, [Waiting]), Waiting.Id, Email, Some.Plan(), Now).ShouldBe(Decision.Nothing);
        AcceptTrusted.Decide(new KnownTeacher(null, [Earlier]), Earlier.Id, Email, plan, Now).ShouldBe(Decision.Nothing);
        var refused = TeacherStanding.Create(Refused);
        AcceptTrusted.Decide(new KnownTeacher(refused, [Waiting]), Waiting.Id, Email, plan, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_standing_is_what_was_said_last_and_is_forgotten_whole()
    {
        var standing = TeacherStanding.Create(Accepted).Apply(Refused);
        (standing.Acceptance, standing.Ground, standing.Refusal).ShouldBe((Acceptance.Refused, null, Refused.Reason));
        standing = standing.Apply(Accepted);
        (standing.Acceptance, standing.Ground, standing.Refusal).ShouldBe((Acceptance.Accepted, Seen, null));
        var id = TeacherStanding.IdOf(Lea);
        id.ShouldNotBe(Lea);
        Forgetting.Standing(Lea).ShouldBe(Decision.Nothing.AndForget(id).AndDelete<TeacherStanding>(id));
    }

    [Fact]
    public void coordinators_are_reminded_once_a_day_of_those_who_wait_for_two_days()
    {
        var (young, old) = (Waiting with { DeclaredAt = Now.AddHours(-47) }, Waiting with { DeclaredAt = Now.AddHours(-49) });
        Remind(null, young).ShouldBe(Decision.Nothing);
        Found(Remind(null, young, old)).ShouldBe(("0340008Z", 1, old.DeclaredAt));
        // Of one of before nobody knows since when: long enough.
        Found(Remind(null, old, Waiting)).ShouldBe(("0340008Z", 2, null));
        var queue = TeacherQueue.Create(new TeachersFoundWaiting(Some.CampaignId, 1, null, Now.AddHours(-19)));
        Remind(queue, old).ShouldBe(Decision.Nothing);
        Remind(queue.Apply(new TeachersFoundWaiting(Some.CampaignId, 1, null, Now.AddHours(-21))), old).ChangesNothing.ShouldBeFalse();

        static Decision Remind(TeacherQueue? queue, params Offer[] waiting) => RemindOfWaiting.Decide(queue, Some.CampaignId, waiting, Now);

        static (string?, int, DateTimeOffset?) Found(Decision decision)
        {
            var start = decision.Effects.OfType<Effect.Start>().ShouldHaveSingleItem();
            var found = start.Events.ShouldHaveSingleItem().ShouldBeOfType<TeachersFoundWaiting>();
            found.Places.ShouldHaveSingleItem().Count.ShouldBe(found.Count);
            return (found.Places[0].School, found.Count, found.Since);
        }
    }

    [Fact]
    public void where_they_wait_is_said_by_school_and_by_departement_where_a_message_would_grow_without_end()
    {
        RemindOfWaiting
            .Places([At("0340008Z"), At(null), At("0300001A"), At("0340008Z")])
            .ShouldBe([new(null, 1), new("0300001A", 1), new("0340008Z", 2)]);
        var many = Enumerable.Range(0, 300).Select(i => At($"{(i % 2 == 0 ? "034" : "030")}{i:0000}Z")).Append(At(null));
        RemindOfWaiting.Places([.. many]).ShouldBe([new(null, 1), new("030", 150), new("034", 150)]);

        static Offer At(string? school) => Waiting with { SchoolUai = school };
    }

    private static Offer Accepting(Offer offer) => offer with { Acceptance = Acceptance.Accepted };

    private static Decision Accept(TeacherStanding? standing, Offer? offer, AcceptTeacher command, Caller? by = null) =>
        AcceptTeacherEndpoint.Decide(standing, offer, [Waiting, Earlier], command, by ?? Some.Coordinator, Today, Now);

    private static Decision Refuse(TeacherStanding? standing, Offer? offer, Guid[] stages, Caller? by = null) =>
        RefuseTeacherEndpoint.Decide(
            standing,
            offer,
            [Waiting, Earlier],
            stages,
            new RefuseTeacher(" Inconnue au rectorat "),
            by ?? Some.Coordinator,
            Now
        );
}
