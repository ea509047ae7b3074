using CsCheck;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Family;

namespace Stages.Portal.Tests;

public sealed class TakenHoursTests
{
    private static readonly EnrolmentForm Form = new() { FirstName = "Zoé", LastName = "Martin" };

    /// <summary>Monday 12 April 2021, in Paris two hours ahead.</summary>
    private static DateTimeOffset At(int hour, int minute = 0) => Some.Now.AddHours(hour).AddMinutes(minute);

    private static EnrolmentView Placed(DateTimeOffset from, DateTimeOffset to, string place = "confirmed") =>
        Some.Enrolment(Some.Place(place, from, to));

    private static string[] Taken(EnrolmentView other, CampaignView? campaign = null) =>
        [.. TakenHours.Of(Form, campaign ?? Some.Campaign, [other]).Select(t => $"{t.Week} {t.Slot}")];

    [Fact]
    public void hours_of_another_campaign_are_taken_and_those_beside_them_are_free()
    {
        Taken(Placed(At(9), At(11))).ShouldBe(["A MON-09:00"]);
        Taken(Placed(At(10, 59), At(14, 1))).ShouldBe(["A MON-09:00", "A MON-14:00"]);
        Taken(Placed(At(11), At(14))).ShouldBeEmpty();
        Taken(Placed(At(9).AddDays(7), At(11).AddDays(7), place: "offered")).ShouldBe(["B MON-09:00"]);
    }

    [Fact]
    public void nothing_is_taken_by_another_child_a_place_given_up_an_enrolment_withdrawn_or_this_campaign_itself()
    {
        var placed = Placed(At(9), At(11));
        Taken(placed with { Pupil = placed.Pupil with { FirstName = "ZOE" } }).ShouldNotBeEmpty();
        Taken(placed with { Pupil = placed.Pupil with { FirstName = "Léa" } }).ShouldBeEmpty();
        Taken(Placed(At(9), At(11), place: "declined")).ShouldBeEmpty();
        Taken(placed with { Status = "withdrawn" }).ShouldBeEmpty();
        Taken(placed with { CampaignId = Some.Campaign.Id }).ShouldBeEmpty();
    }

    [Fact]
    public void a_campaign_of_another_zone_goes_by_its_own_clock()
    {
        // Nine o'clock in Paris is eleven in Saint-Denis de la Réunion.
        var reunion = Some.Campaign with
        {
            TimeZone = "Indian/Reunion",
        };
        Taken(Placed(At(9), At(11)), reunion).ShouldBeEmpty();
        Taken(Placed(At(7), At(9)), reunion).ShouldBe(["A MON-09:00"]);
        Taken(Placed(At(10), At(12)), reunion).ShouldBeEmpty();
        Taken(Placed(At(10), At(12, 1)), reunion).ShouldBe(["A MON-14:00"]);
    }

    [Fact]
    public void whatever_shares_a_minute_with_a_slot_takes_it_and_nothing_else_does() =>
        (from start in Gen.Int[6 * 60, 18 * 60] from length in Gen.Int[1, 6 * 60] select (start, length)).Sample(x =>
        {
            var taken = Taken(Placed(At(0).AddMinutes(x.start), At(0).AddMinutes(x.start + x.length)));
            foreach (var (slot, begins) in new[] { ("A MON-09:00", 9 * 60), ("A MON-14:00", 14 * 60) })
                taken
                    .Contains(slot)
                    .ShouldBe(Enumerable.Range(x.start, x.length).Any(m => m >= begins && m < begins + Some.Campaign.ModuleMinutes));
            taken.Except(["A MON-09:00", "A MON-14:00"]).ShouldBeEmpty();
        });
}
