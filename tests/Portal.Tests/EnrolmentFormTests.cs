using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Family;

namespace Stages.Portal.Tests;

public sealed class EnrolmentFormTests
{
    private static readonly CampaignView Campaign = Some.Campaign;

    private static FormCollection Posted(params (string Name, string[] Values)[] fields) =>
        new(fields.ToDictionary(f => f.Name, f => new StringValues(f.Values), StringComparer.Ordinal));

    [Fact]
    public void whole_mornings_are_ticked_without_a_script_and_closed_days_are_not()
    {
        var form = new EnrolmentForm().Read(
            "creneaux",
            Posted(("week.A", ["2"]), ("bulk.A", ["morning"]), ("slots.A", ["MON-14:00", "WED-14:00", "XXX-99:99"])),
            Campaign
        );
        form.Slots["A"].ShouldBe(["MON-09:00", "MON-14:00", "TUE-09:00", "THU-09:00", "FRI-09:00"]);
        form.Weeks["B"].ShouldBe(0);
        form.Faults("creneaux", Campaign).ShouldBeEmpty();
    }

    [Fact]
    public void a_week_with_too_few_days_is_named()
    {
        var form = new EnrolmentForm().Read("creneaux", Posted(("week.A", ["1"]), ("slots.A", ["MON-09:00", "MON-14:00"])), Campaign);
        form.Faults("creneaux", Campaign).Keys.ShouldBe(["slots.A"]);
    }

    [Fact]
    public void a_wish_that_the_level_does_not_have_is_refused_beside_it()
    {
        var here = Campaign with
        {
            Subjects = [new("MA", "Mathématiques", "Mathematics", ["6e"]), new("FR", "Français", "French", ["CP"])],
        };
        var form = new EnrolmentForm().Read("eleve", Posted(("level", ["6e"]), ("wish1", ["MA"]), ("wish2", ["FR"])), here);
        form.Faults("eleve", here).Keys.Where(k => k.StartsWith("wishes", StringComparison.Ordinal)).ShouldBe(["wishes[1].subject"]);
    }

    [Fact]
    public void a_week_without_a_tick_is_impossible_and_the_other_possible_unless_it_is_preferred()
    {
        EnrolmentForm Read(params (string, string[])[] fields) => new EnrolmentForm().Read("creneaux", Posted(fields), Campaign);
        var mornings = ("bulk.A", new[] { "morning" });
        Read(mornings).Weeks.ShouldBe(new Dictionary<string, int> { ["A"] = 1, ["B"] = 0 }, ignoreOrder: true);
        Read(mornings, ("week.A", ["2"]), ("week.B", ["2"]))
            .Weeks.ShouldBe(new Dictionary<string, int> { ["A"] = 2, ["B"] = 0 }, ignoreOrder: true);
        Read().Faults("creneaux", Campaign).Keys.ShouldBe(["weeks"]);
    }

    [Fact]
    public void pages_of_before_lead_to_those_of_now()
    {
        foreach (var step in new[] { "voeux", "besoins" })
            EnrolmentForm.Steps.ShouldContain(EnrolmentForm.Became(step));
        EnrolmentForm.Became("eleve").ShouldBeNull();
    }

    [Fact]
    public void a_wish_chosen_twice_counts_once() =>
        new EnrolmentForm()
            .Read("eleve", Posted(("wish1", ["MA"]), ("wish2", ["MA"]), ("wish3", ["FR"])), Campaign)
            .Wishes.ShouldBe(["MA", "FR"]);

    [Fact]
    public void six_wishes_come_back_from_the_page_as_six()
    {
        string[] six = ["FR", "MATHS", "ANG", "PC", "SVT", "HG"];
        var form = new EnrolmentForm { Wishes = six };
        EnrolmentForm.WishFields(form, offered: 6).ShouldBe(6);
        EnrolmentForm.WishFields(form, offered: 2).ShouldBe(6);
        EnrolmentForm.WishFields(new EnrolmentForm(), offered: 2).ShouldBe(2);
        var posted = Enumerable.Range(1, EnrolmentForm.WishFields(form, 6)).Select(n => ($"wish{n}", new[] { six[n - 1] })).ToArray();
        form.Read("eleve", Posted(posted), Campaign).Wishes.ShouldBe(six);
    }

    [Fact]
    public void who_answers_after_two_enrolments_became_one_is_kept_by_the_page()
    {
        var all = Enumerable.Range(0, 4).ToArray();
        var posted = all.SelectMany(i =>
            new[] { ($"guardians[{i}].name", new[] { $"G{i}" }), ($"guardians[{i}].email", new[] { $"g{i}@example.org" }) }
        );
        new EnrolmentForm()
            .Read("verification", Posted([.. posted]), Campaign)
            .Guardians.Select(g => g.Name)
            .ShouldBe(all.Select(i => $"G{i}"));
    }

    [Fact]
    public void that_a_place_may_be_lost_is_sent_only_when_it_was_ticked()
    {
        new EnrolmentForm().Read("verification", Posted(("consent", ["yes"])), Campaign).ToBody(Campaign).AcceptLoss.ShouldBeNull();
        var ticked = Posted(("consent", ["yes"]), ("acceptLoss", ["yes"]));
        new EnrolmentForm().Read("verification", ticked, Campaign).ToBody(Campaign).AcceptLoss.ShouldBe(true);
    }

    [Fact]
    public void only_chosen_weeks_are_sent()
    {
        var body = new EnrolmentForm
        {
            Weeks = new Dictionary<string, int>(StringComparer.Ordinal) { ["A"] = 2, ["B"] = 0 },
            Slots = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["MON-09:00"], ["B"] = ["TUE-09:00"] },
        }.ToBody(Campaign);
        body.Weeks.ShouldBe([new WeekWanted("A", 2)]);
        body.Slots.Keys.ShouldBe(["A"]);
    }
}
