using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Timetables;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>
/// One stage for each hard rule, in which that rule alone is broken. Unless a case says otherwise: French at 6e, Monday, Tuesday and
/// Wednesday at nine of week A, pupils 1, 2 and 3, who can come from Monday to Thursday at nine, as the teacher can.
/// </summary>
public sealed class StageRuleTests(ITestOutputHelper output)
{
    public static BrokenRule a_week_that_the_campaign_has_not() => Of("not-a-week", Some.TheStage() with { Week = "C" });

    public static BrokenRule a_slot_beyond_the_grid() => Of("not-a-slot", At(0, 4, 20));

    public static BrokenRule two_modules_where_three_are_the_minimum() => Of("too-few-modules", At(0, 4));

    public static BrokenRule five_modules_where_four_are_the_maximum() =>
        Of("too-many-modules", At(0, 4, 8, 12, 16), Everybody("MON-09:00", "TUE-09:00", "WED-09:00", "THU-09:00", "FRI-09:00"));

    public static BrokenRule two_modules_at_one_slot() => Of("module-twice", At(0, 4, 8, 8)) with { Slot = "WED-09:00" };

    public static BrokenRule two_modules_on_one_day() =>
        Of("too-many-modules-a-day", At(0, 1, 8), Everybody("MON-09:00", "MON-11:15", "WED-09:00"));

    public static BrokenRule a_module_on_a_public_holiday() =>
        Of("closed-day", Some.TheStage(), Plan(p => p with { ClosedDates = [new(2021, 4, 14)] })) with
        {
            Slot = "WED-09:00",
        };

    public static BrokenRule an_offer_that_the_campaign_has_not() =>
        Of("offer-unknown", Some.TheStage(), Some.Around() with { Offer = null });

    public static BrokenRule a_teacher_who_withdrew() =>
        Of("offer-withdrawn", Some.TheStage(), Some.Around() with { Offer = Some.TheOffer() with { Withdrawn = true } });

    public static BrokenRule a_teacher_who_waits_to_be_accepted() => Standing(Acceptance.Waiting);

    public static BrokenRule a_teacher_who_is_refused() => Standing(Acceptance.Refused);

    public static BrokenRule a_teacher_of_mathematics_for_french() =>
        Of("offer-does-not-teach", Some.TheStage(), Terms(t => t with { Teaches = [new Teaching("MATHS", ["6e", "5e"])] }));

    public static BrokenRule a_teacher_who_is_away_on_wednesday() =>
        Of("teacher-unavailable", Some.TheStage(), Terms(t => t with { Slots = Free("MON-09:00", "TUE-09:00") })) with
        {
            Slot = "WED-09:00",
        };

    /// <summary>Wednesday from ten to noon in Paris, elsewhere: it meets with the module at nine.</summary>
    public static OtherCampaigns Elsewhere(Guid person) =>
        new(
            new[] { new Busy(new(2021, 4, 14, 8, 0, 0, TimeSpan.Zero), new(2021, 4, 14, 10, 0, 0, TimeSpan.Zero), "Collèges") }.ToLookup(
                _ => person
            )
        );

    public static BrokenRule a_teacher_who_has_a_class_of_another_campaign_then()
    {
        var around = Some.Around();
        return Of("teacher-elsewhere", Some.TheStage(), around with { Elsewhere = Elsewhere(around.Offer!.PersonId) }) with
        {
            Slot = "WED-09:00",
        };
    }

    public static BrokenRule a_pupil_who_has_a_class_of_another_campaign_then()
    {
        var around = Some.Around();
        var candidates = around.Candidates.ToDictionary(c => c.Key, c => c.Value with { Child = c.Key });
        return Of("pupil-elsewhere", Some.TheStage(), around with { Candidates = candidates, Elsewhere = Elsewhere(Some.Pupil(2)) }) with
        {
            EnrolmentId = Some.Pupil(2),
            Slot = "WED-09:00",
        };
    }

    public static BrokenRule a_teacher_who_has_another_class_then() =>
        Of("teacher-busy", Some.TheStage(), Some.Around(Another(7, "MATHS", "A", 8, 12, 16)) with { Offer = Some.TheOffer(2) }) with
        {
            StageId = Another(7, "MATHS", "A").Id,
            Slot = "WED-09:00",
        };

    public static BrokenRule a_second_stage_where_the_teacher_accepts_one() =>
        Of("teacher-too-many-stages", Some.TheStage(), Some.Around(Another(7, "MATHS", "A", 1, 5, 9)));

    public static BrokenRule a_group_of_two_levels_that_are_no_neighbours() =>
        Of("levels-apart", Some.TheStage() with { Levels = ["6e", "CP"] }, Terms(t => t with { Teaches = [new("FR", ["CP", "6e"])] }));

    public static BrokenRule two_pupils_where_three_are_the_minimum() => Of("group-too-small", With(1, 2));

    public static BrokenRule seven_pupils_where_six_are_the_maximum() => Of("group-too-large", With(1, 2, 3, 4, 5, 6, 7));

    public static BrokenRule four_pupils_where_the_teacher_takes_three() =>
        Of("group-too-large", With(1, 2, 3, 4), Terms(t => t with { Limits = new Limits(1, 3) }));

    public static BrokenRule a_pupil_with_two_seats() => Of("pupil-twice", With(1, 2, 3, 3)) with { EnrolmentId = Some.Pupil(3) };

    public static BrokenRule a_pupil_whom_nobody_enrolled() => Of("pupil-unknown", With(1, 2, 10)) with { EnrolmentId = Some.Pupil(10) };

    public static BrokenRule a_pupil_whose_family_withdrew() =>
        Of("pupil-withdrawn", Some.TheStage(), Third(c => c with { Withdrawn = true })) with
        {
            EnrolmentId = Some.Pupil(3),
        };

    public static BrokenRule a_pupil_who_wishes_for_mathematics() =>
        Of("pupil-not-wishing", Some.TheStage(), Third(c => c with { Wishes = [new CandidateWish("MATHS", 1)] })) with
        {
            EnrolmentId = Some.Pupil(3),
        };

    public static BrokenRule a_pupil_of_the_level_above() =>
        Of("pupil-level", Some.TheStage(), Third(c => c with { Level = "5e" })) with
        {
            EnrolmentId = Some.Pupil(3),
        };

    public static BrokenRule a_pupil_who_cannot_come_on_wednesday() =>
        Of("pupil-unavailable", Some.TheStage(), Third(c => c with { Weeks = [new("A", 2, ["MON-09:00", "TUE-09:00"])] })) with
        {
            EnrolmentId = Some.Pupil(3),
            Slot = "WED-09:00",
        };

    public static BrokenRule pupils_who_cannot_come_in_that_week_at_all() =>
        Of("pupil-unavailable", Some.TheStage(), Third(c => c with { Weeks = [new("B", 2, Some.Mornings)] })) with
        {
            EnrolmentId = Some.Pupil(3),
            Slot = "MON-09:00",
            Times = 3,
        };

    public static BrokenRule a_pupil_who_has_a_place_for_french_already() =>
        Of("already-placed", Some.TheStage(), Some.Around(Another(3, "FR", "A", 1, 5, 9) with { OfferId = Some.NewId() })) with
        {
            EnrolmentId = Some.Pupil(3),
            StageId = Another(3, "FR", "A").Id,
        };

    public static BrokenRule a_pupil_who_comes_in_the_other_week_already() =>
        Of("pupil-both-weeks", Some.TheStage(), Some.Around(Another(3, "MATHS", "B", 0, 4, 8))) with
        {
            EnrolmentId = Some.Pupil(3),
            StageId = Another(3, "MATHS", "B").Id,
        };

    public static BrokenRule a_sister_who_needs_the_device_then() =>
        Of("siblings-apart", Some.TheStage(), OneDevice(3, 8, Another(8, "MATHS", "A", 8, 13, 17) with { OfferId = Some.NewId() })) with
        {
            EnrolmentId = Some.Pupil(3),
            StageId = Another(8, "MATHS", "A").Id,
            Slot = "WED-09:00",
        };

    public static BrokenRule twins_in_one_group() =>
        Of("siblings-apart", Some.TheStage(), OneDevice(2, 3)) with
        {
            EnrolmentId = Some.Pupil(2),
            StageId = Some.TheStage().Id,
            Times = 2,
        };

    public static BrokenRule a_pupil_who_has_another_class_then() =>
        Of("pupil-clash", Some.TheStage(), Some.Around(Another(3, "MATHS", "A", 8, 13, 17) with { OfferId = Some.NewId() })) with
        {
            EnrolmentId = Some.Pupil(3),
            StageId = Another(3, "MATHS", "A").Id,
            Slot = "WED-09:00",
        };

    public static TheoryData<string> Names() => [.. BrokenRule.In(typeof(StageRuleTests)).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void a_rule_that_is_broken_is_named_and_no_other(string name) =>
        BrokenRule.In(typeof(StageRuleTests)).Single(c => c.Name == name).Case.Holds();

    [Fact]
    public void a_stage_as_the_pairing_made_it_breaks_no_rule() => Conflicts.Of(Some.TheStage(), Some.Around()).ShouldBeEmpty();

    [Fact]
    public void every_rule_has_its_case() => BrokenRule.Table(typeof(StageRuleTests), Conflicts.OfAStage.Select(r => r.Code), output);

    private static BrokenRule Standing(Acceptance acceptance) =>
        Of("teacher-not-accepted", Some.TheStage(), Some.Around() with { Offer = Some.TheOffer() with { Acceptance = acceptance } });

    private static BrokenRule Of(string code, Stage stage, Surroundings? around = null) =>
        new(code, () => Conflicts.Of(stage, around ?? Some.Around()));

    private static Stage At(params int[] slots) =>
        Some.TheStage() with
        {
            Modules = [.. slots.Select((slot, i) => new Module(Some.Module(i + 1), slot, 0))],
        };

    private static Stage With(params int[] pupils) =>
        Some.TheStage() with
        {
            Seats = [.. pupils.Select(p => new Seat(Some.Pupil(p), "6e", Some.School))],
        };

    private static Surroundings OneDevice(int pupil, int sibling, params Stage[] others) =>
        Some.Around(others) with
        {
            Households = new Households(
                new[] { pupil, sibling }.Select(p =>
                    Some.Candidate(Some.Pupil(p)) with
                    {
                        SiblingGroup = Some.CampaignId,
                        SiblingsRule = SiblingsRule.Apart,
                    }
                )
            ),
        };

    /// <summary>The same teacher's other stage, with one pupil.</summary>
    private static Stage Another(int pupil, string subject, string week, params int[] slots) =>
        At(slots) with
        {
            Id = new Guid("01900000-0000-7000-8000-000000000009"),
            Subject = subject,
            Week = week,
            Seats = [new Seat(Some.Pupil(pupil), "6e", Some.School)],
        };

    private static Surroundings Plan(Func<CampaignPlan, CampaignPlan> change) => Some.Around() with { Plan = change(Some.Plan()) };

    private static Surroundings Terms(Func<OfferTerms, OfferTerms> change) =>
        Some.Around() with
        {
            Offer = Some.TheOffer() with { Terms = change(Some.TheOffer().Terms) },
        };

    private static Dictionary<string, IReadOnlyList<OfferedSlot>> Free(params string[] slots) =>
        new() { ["A"] = [.. slots.Select(s => new OfferedSlot(s, "possible"))] };

    private static Surroundings Everybody(params string[] slots) =>
        Terms(t => t with { Slots = Free(slots) }) with
        {
            Candidates = Enumerable.Range(1, 3).ToDictionary(Some.Pupil, i => Some.Candidate(Some.Pupil(i), slots: slots)),
        };

    /// <summary>Pupil 3 is another child than the others.</summary>
    private static Surroundings Third(Func<Candidate, Candidate> change) =>
        Some.Around() with
        {
            Candidates = Enumerable
                .Range(1, 3)
                .Select(i => Some.Candidate(Some.Pupil(i)))
                .ToDictionary(c => c.Id, c => c.Id == Some.Pupil(3) ? change(c) : c),
        };
}
