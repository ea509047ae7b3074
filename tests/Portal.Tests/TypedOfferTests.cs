using System.Globalization;
using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Shared;
using Stages.Portal.Pages.Teacher;

namespace Stages.Portal.Tests;

/// <summary>What a teacher offers on the page: shown, posted and sent without a change; what is missing is named.</summary>
public sealed class TypedOfferTests
{
    private static readonly CampaignView Campaign = Some.Campaign with
    {
        Levels = ["CP", "6e", "5e"],
        Subjects = [new("FR", "Français", "French", ["CP", "6e", "5e"]), new("MA", "Mathématiques", "Mathematics", ["6e"])],
    };

    private static readonly Caller Teacher = new(Guid.Empty, Roles.Teacher, "nadia@example.org", "Nadia Roux", null);

    private static readonly Gen<OfferView> Offers =
        from name in Gen.OneOf(Gen.Const("Nadia Roux"), Gen.Const("Zoé Ndiaye-L’Huître"))
        from phone in Gen.OneOf(Gen.Const((string?)null), Gen.Const<string?>("+33639980001"))
        from french in Any(Campaign.Subjects[0].Levels)
        from maths in Any(Campaign.Subjects[1].Levels)
        from first in Week(0)
        from second in Week(1)
        from stages in Gen.Int[1, 4]
        from most in Gen.Int[Campaign.Rules.GroupMin, Campaign.Rules.GroupMax]
        select new OfferView(
            Guid.Empty,
            Campaign.Id,
            new(name, Teacher.Email!, phone, null, "fr", name.Split(' ')[0], name.Split(' ')[1]),
            [.. new Teaching[] { new("FR", french), new("MA", maths) }.Where(t => t.Levels.Count > 0)],
            new[] { first, second }.Where(w => w.Slots.Count > 0).ToDictionary(w => w.Label, w => w.Slots, StringComparer.Ordinal),
            new(stages, most),
            "active",
            1
        );

    private static Gen<IReadOnlyList<string>> Any(IReadOnlyList<string> of) =>
        Gen.Bool.Array[of.Count].Select(taken => (IReadOnlyList<string>)[.. of.Where((_, i) => taken[i])]);

    private static Gen<(string Label, IReadOnlyList<OfferedSlot> Slots)> Week(int number)
    {
        var week = Campaign.Weeks[number];
        var open = WeekGrid.Open(Campaign, week).ToList();
        return Gen.Int[0, 2]
            .Array[open.Count]
            .Select(states =>
            {
                var slots = open.Zip(states).Where(s => s.Second > 0);
                return (
                    week.Label,
                    (IReadOnlyList<OfferedSlot>)[.. slots.Select(s => new OfferedSlot(s.First.Code, Preference(s.Second)))]
                );
            });
    }

    private static string Preference(int state) => state == 1 ? "possible" : "preferred";

    [Fact]
    public void what_is_shown_and_posted_untouched_changes_nothing() =>
        Offers.Sample(offer =>
        {
            var typed = TypedOffer.Read(Posted(TypedOffer.Of(offer, Campaign, Teacher)), Campaign);
            var sent = typed.ToBody(offer, Campaign, Teacher);
            JsonSerializer.Serialize(sent).ShouldBe(JsonSerializer.Serialize(offer.AsForm()));
            typed.Faults().ContainsKey("teaches").ShouldBe(offer.Teaches.Count == 0);
            typed.Faults().ContainsKey("slots").ShouldBe(offer.Slots.Count == 0);
        });

    [Fact]
    public void a_ticked_half_of_the_day_fills_what_was_not_set_and_no_closed_day()
    {
        var typed = TypedOffer.Read(Form(("fill.A", ["morning"]), ("state.A.MON-09:00", ["preferred"])), Campaign);
        typed.States["A"]["MON-09:00"].ShouldBe("preferred");
        typed.States["A"].Keys.ShouldBe(["MON-09:00", "TUE-09:00", "THU-09:00", "FRI-09:00"]);
        typed.States["B"].ShouldBeEmpty();
    }

    [Fact]
    public void an_empty_form_names_each_thing_that_is_missing() =>
        TypedOffer.Read(Form(), Campaign).Faults().Keys.ShouldBe(["teacher.firstName", "teacher.lastName", "teaches", "slots"]);

    /// <summary>Written in one field before there were two, or known from the sign-in.</summary>
    [Theory]
    [InlineData("Nadia Roux", "Nadia", "Roux")]
    [InlineData("ROUX Nadia", "Nadia", "ROUX")]
    [InlineData("Roux, Nadia", "Nadia", "Roux")]
    [InlineData("Jean-Pierre Le Goff", "Jean-Pierre", "Le Goff")]
    [InlineData("Dupont", "Dupont", "")]
    [InlineData("", "", "")]
    public void a_whole_name_is_parted_as_families_are_told_it(string whole, string first, string last)
    {
        var typed = TypedOffer.Of(null, Campaign, Teacher with { Name = whole });
        (typed.FirstName, typed.LastName).ShouldBe((first, last));
    }

    [Fact]
    public void a_new_offer_begins_with_the_callers_name_and_the_campaigns_largest_group()
    {
        var typed = TypedOffer.Of(null, Campaign, Teacher);
        (typed.FirstName, typed.LastName, typed.StagesPerWeek).ShouldBe(("Nadia", "Roux", "1"));
        typed.GroupMax.ShouldBe(Campaign.Rules.GroupMax.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>As the page's fields would post it.</summary>
    private static FormCollection Posted(TypedOffer shown) =>
        Form([
            ("firstName", [shown.FirstName]),
            ("lastName", [shown.LastName]),
            ("phone", [shown.Phone]),
            ("stagesPerWeek", [shown.StagesPerWeek]),
            ("groupMax", [shown.GroupMax]),
            .. shown.Teaches.Select(t => ($"teach.{t.Key}", t.Value.ToArray())),
            .. shown.States.SelectMany(week => week.Value.Select(slot => ($"state.{week.Key}.{slot.Key}", new[] { slot.Value }))),
        ]);

    private static FormCollection Form(params (string Name, string[] Values)[] fields) =>
        new(fields.ToDictionary(f => f.Name, f => new StringValues(f.Values), StringComparer.Ordinal));
}
