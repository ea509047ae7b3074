using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Offers;
using Stages.Scheduling.People;
using Stages.Scheduling.Runs;
using Stages.Scheduling.Teachers;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>What a teacher may offer, change and take back, and what is asked of a campaign that may have ended.</summary>
public sealed class OfferTests
{
    private const string Email = "tom.vidal@ac.example";
    private static readonly DateTimeOffset Now = Some.Now.AddDays(1);
    private static readonly Guid Id = Guid.CreateVersion7(Now);
    private static readonly Caller Tom = new(PersonId.FromEmail(Email), Roles.Teacher, Email, "Tom Vidal", null);
    private static readonly Caller Other = new(PersonId.FromEmail("other@ac.example"), Roles.Teacher, "other@ac.example", null, null);
    private static readonly Caller Gard = new(Some.By.Id!.Value, Roles.Coordinator, "gard@ac.example", null, "030");

    private static readonly DeclareOffer Form = new()
    {
        Teacher = new("Tom Vidal", Email, null, Some.School, "fr"),
        Teaches = [new("FR", ["6e", "5e"])],
        Slots = new Dictionary<string, IReadOnlyList<SlotForm>>(StringComparer.Ordinal) { ["A"] = [new("MON-09:00", "preferred")] },
    };

    private static readonly ChangeOffer Changed = new()
    {
        Teacher = Form.Teacher,
        Teaches = Form.Teaches,
        Slots = Form.Slots,
    };

    private static readonly Campaign Opened = Campaign.Create(new CampaignOpened(Some.CampaignId, Some.Plan(), Some.By, Some.Now));
    private static readonly Campaign Closed = Opened.Apply(new CampaignClosed(Some.By, Now));

    private static readonly Offer Toms = Some.TheOffer() with { PersonId = Tom.Id };
    private static readonly KnownTeacher Known = new(null, [Toms]);

    public static readonly TheoryData<string, string> UnknownToTheCampaign = new()
    {
        { "subject", "teaches[0].subject" },
        { "level", "teaches[0].levels" },
        { "week", "slots.C" },
        { "slot", "slots.A[0].slot" },
    };

    /// <summary>One field as before, two fields, or what was read sent back with one of them changed.</summary>
    [Theory]
    [InlineData("Anne Marie Dupont", null, null, "Anne Marie Dupont", "Anne")]
    [InlineData(null, "Anne Marie", "Dupont", "Anne Marie Dupont", "Anne Marie")]
    [InlineData("Anne Marie Dupont", "Anne Marie", "Dupont", "Anne Marie Dupont", "Anne Marie")]
    [InlineData("ANNE MARIE DUPONT", "Anne Marie", "Dupont", "Anne Marie Dupont", "Anne Marie")]
    [InlineData("Anne Marie Durand", "Anne Marie", "Dupont", "Anne Marie Durand", "Anne")]
    [InlineData(null, "Dupont", "de la Tour", "Dupont de la Tour", "Dupont")]
    public void families_are_told_the_given_name_that_its_owner_wrote(
        string? whole,
        string? given,
        string? family,
        string kept,
        string told
    )
    {
        var teacher = new OfferForm { Teacher = new(whole, "anne@example.org", FirstName: given, LastName: family) }.ToTeacher(
            Guid.Empty,
            Guid.Empty
        );
        (teacher.Name, teacher.FirstName).ShouldBe((kept, told));
    }

    [Theory]
    [InlineData(null, null, null, "teacher.name")]
    [InlineData(null, "Anne", null, "teacher.lastName")]
    [InlineData(null, " ", "Dupont", "teacher.firstName")]
    [InlineData("Anne Dupont", "Anne", null, "teacher.lastName")]
    [InlineData("Anne Dupont", null, null, null)]
    [InlineData(null, "Anne", "Dupont", null)]
    public void a_part_of_a_name_wants_the_other(string? whole, string? given, string? family, string? fault)
    {
        var form = new DeclareOffer { Teacher = new(whole, "anne@example.org", FirstName: given, LastName: family) };
        Validation
            .ByField(new DeclareOfferValidator().Validate(form))
            .Keys.Where(k => k.StartsWith("teacher", StringComparison.Ordinal))
            .ShouldBe(fault is null ? [] : [fault]);
    }

    [Fact]
    public void a_forgotten_offer_is_nobodys_and_is_forgotten_once()
    {
        var decision = Forgetting.Offer(Toms, Now);
        decision.Events.ShouldBe([new OfferForgotten(Now)]);
        decision.Effects.ShouldBe(
            Decision.Nothing.AndDelete<OfferTeacher>(Toms.Id).AndStore(new MaskingOwed(Toms.Id, long.MaxValue, Now)).Effects
        );
        var left = Toms.Apply(new OfferForgotten(Now));
        (left.PersonId, left.SchoolUai, left.Withdrawn).ShouldBe((Guid.Empty, null, true));
        Forgetting.Offer(left, Now).ShouldBe(Decision.Nothing);
        Forgetting.Offer(null, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_forgotten_run_keeps_its_score_alone() =>
        Forgetting.Run(Id).ShouldBe(Decision.Nothing.AndDelete<RunInstance>(Id).AndDelete<RunProposal>(Id).AndDelete<RunProgress>(Id));

    [Fact]
    public void a_campaign_opens_with_what_its_form_says()
    {
        var command = new OpenCampaign
        {
            Name = " Printemps 2021 ",
            Academy = "Montpellier",
            Zone = "C",
        };
        var opened = OpenCampaignEndpoint
            .Decide(command, ["ac.example"], Id, "seed", Some.By, Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<CampaignOpened>();
        (opened.CampaignId, opened.Seed, opened.By, opened.At).ShouldBe((Id, "seed", Some.By, Now));
        opened.Plan.Academy.ShouldBe("Montpellier");
        opened.Plan.Rules.GroupMax.ShouldBe(6);
        opened.Plan.TrustedDomains.ShouldBe(["ac.example"]);
    }

    [Fact]
    public void a_teacher_offers_for_themselves_and_a_coordinator_within_the_territory()
    {
        var declared = Declare(Tom).Events.ShouldHaveSingleItem().ShouldBeOfType<OfferDeclared>();
        (declared.OfferId, declared.CampaignId, declared.PersonId, declared.SchoolUai).ShouldBe((Id, Some.CampaignId, Tom.Id, Some.School));
        declared.Terms.Limits.ShouldBe(new Limits(1, null));
        Declare(Other).Refusal.ShouldBe(new NotAllowed());
        Declare(Some.Coordinator).Refusal.ShouldBeNull();
        Declare(Gard).Refusal.ShouldBe(new NotAllowed());
    }

    [Fact]
    public void a_campaign_that_is_not_there_or_closed_takes_no_offer()
    {
        DeclareOfferEndpoint.Decide(null, null, null, Form, Id, Tom, Now).Refusal.ShouldBe(new NotFound());
        DeclareOfferEndpoint.Decide(Closed, null, null, Form, Id, Tom, Now).Refusal.ShouldBe(new CampaignIsClosed());
    }

    [Fact]
    public void a_teacher_has_one_offer_in_a_campaign() =>
        DeclareOfferEndpoint.Decide(Opened, Some.OfferId, null, Form, Id, Tom, Now).Refusal.ShouldBe(new OfferExists(Some.OfferId));

    [Theory]
    [MemberData(nameof(UnknownToTheCampaign))]
    public void what_the_campaign_does_not_have_is_named_by_its_field(string what, string field)
    {
        var form = what switch
        {
            "subject" => Form with { Teaches = [new("LATIN", ["6e"])] },
            "level" => Form with { Teaches = [new("FR", ["6e", "Tle"])] },
            "week" => Form with { Slots = Week("C", "MON-09:00") },
            _ => Form with { Slots = Week("A", "SAT-09:00") },
        };
        DeclareOfferEndpoint
            .Decide(Opened, null, null, form, Id, Tom, Now)
            .Refusal.ShouldBeOfType<FieldsRefused>()
            .Fields.ShouldHaveSingleItem()
            .Field.ShouldBe(field);
        var change = Changed with { Teaches = form.Teaches, Slots = form.Slots };
        ChangeOfferEndpoint.Decide(Toms, Opened, Known, change, Tom, Now).Refusal.ShouldBeOfType<FieldsRefused>();
    }

    [Fact]
    public void an_offer_is_changed_by_its_teacher_or_a_coordinator_who_sees_it()
    {
        var changed = Change(Toms, Tom).Events.ShouldHaveSingleItem().ShouldBeOfType<OfferChanged>();
        (changed.SchoolUai, changed.By).ShouldBe((Some.School, Actor.Of(Tom)));
        Change(Toms, Some.Coordinator).Refusal.ShouldBeNull();
        Change(Toms, Other).Refusal.ShouldBe(new NotFound());
        Change(Toms, Gard).Refusal.ShouldBe(new NotFound());
        Change(null, Tom).Refusal.ShouldBe(new NotFound());
        ChangeOfferEndpoint.Decide(Toms, null, Known, Changed, Tom, Now).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void an_offer_that_is_over_does_not_change()
    {
        Change(Toms with { Withdrawn = true }, Tom).Refusal.ShouldBe(new OfferIsWithdrawn());
        ChangeOfferEndpoint.Decide(Toms, Closed, Known, Changed, Tom, Now).Refusal.ShouldBe(new CampaignIsClosed());
    }

    [Fact]
    public void an_offer_is_withdrawn_once_by_who_sees_it()
    {
        WithdrawOffer.Decide(Toms, Tom, Now).Events.ShouldContain(new OfferWithdrawn(Actor.Of(Tom), Now));
        WithdrawOffer.Decide(Toms, Some.Coordinator, Now).Events.ShouldContain(new OfferWithdrawn(Actor.Of(Some.Coordinator), Now));
        WithdrawOffer.Decide(Toms with { Withdrawn = true }, Tom, Now).ShouldBe(Decision.Nothing);
        WithdrawOffer.Leave([Some.StageId], Actor.Of(Tom), Now).ShouldBe(Decision.Of(new TeacherLeft(Actor.Of(Tom), Now)).At(Some.StageId));
        WithdrawOffer.Decide(Toms, Other, Now).Refusal.ShouldBe(new NotFound());
        WithdrawOffer.Decide(null, Tom, Now).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void an_offer_stays_the_same_persons()
    {
        var other = Changed with { Teacher = Changed.Teacher! with { Email = "other@ac.example" } };
        ChangeOfferEndpoint
            .Decide(Toms, Opened, Known, other, Tom, Now)
            .Refusal.ShouldBeOfType<FieldsRefused>()
            .Fields.ShouldHaveSingleItem()
            .Field.ShouldBe("teacher.email");
    }

    [Fact]
    public void a_run_is_asked_of_a_campaign_that_is_open_still()
    {
        var asked = Request(Opened, new RequestPairing()).Events.ShouldHaveSingleItem().ShouldBeOfType<PairingRequested>();
        asked.ShouldBe(new PairingRequested(Id, Some.CampaignId, asked.Seed, 30, Keep.None, Some.By, Now));
        asked.Seed.ShouldBeGreaterThanOrEqualTo(0);
        var exactly = Request(Opened, new RequestPairing(5, 42)).Events.ShouldHaveSingleItem().ShouldBeOfType<PairingRequested>();
        (exactly.BudgetSeconds, exactly.Seed).ShouldBe((5, 42));
        Request(Closed, new RequestPairing()).Refusal.ShouldBe(new CampaignIsClosed());
        Request(null, new RequestPairing()).Refusal.ShouldBe(new NotFound());
    }

    [Fact]
    public void who_was_invited_may_refuse_and_nobody_else()
    {
        var invited = Some.TheStage(StageStatus.Published).Apply(new SubstituteInvited(Some.OfferId, Now.AddHours(24), Some.By, Now));
        Substitutes.Refuse(invited, Some.OfferId, Some.By, Now).Events.ShouldBe([new SubstituteDeclined(Some.OfferId, Some.By, Now)]);
        Substitutes.Refuse(invited, Id, Some.By, Now).Refusal.ShouldBe(new NotInvited());
        Substitutes.Refuse(Some.TheStage(), Some.OfferId, Some.By, Now).Refusal.ShouldBe(new NotInvited());
    }

    private static Decision Declare(Caller caller) => DeclareOfferEndpoint.Decide(Opened, null, null, Form, Id, caller, Now);

    private static Decision Change(Offer? offer, Caller caller) => ChangeOfferEndpoint.Decide(offer, Opened, Known, Changed, caller, Now);

    private static Decision Request(Campaign? campaign, RequestPairing command) =>
        RequestPairingEndpoint.Decide(campaign, command, Id, Some.By, Now);

    private static Dictionary<string, IReadOnlyList<SlotForm>> Week(string week, string slot) =>
        new(StringComparer.Ordinal) { [week] = [new(slot, "possible")] };
}
