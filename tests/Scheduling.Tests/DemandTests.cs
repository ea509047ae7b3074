using Stages.Scheduling.Candidates;

namespace Stages.Scheduling.Tests;

/// <summary>What a département's coordinator reads of supply: teachers of all the académie serve their pupils.</summary>
public sealed class DemandTests(SchedulingService service)
{
    [Fact]
    public void lines_of_territories_are_the_readers_and_supply_is_everybodys()
    {
        var here = Some.TheOffer() with { SchoolUai = "0110001A", Id = Some.NewId() };
        var elsewhere = Some.TheOffer() with { SchoolUai = "0340001B", Id = Some.NewId() };
        var demand = ReadDemand.Of(
            Some.Plan(),
            [],
            [here, elsewhere],
            [],
            school => school?.StartsWith("011", StringComparison.Ordinal) == true
        );
        demand.Offers.ShouldBe(2);
        demand.Subjects.Where(c => c is { Subject: "FR", Level: "6e" }).ShouldHaveSingleItem().Teachers.ShouldBe(2);
        demand.Territories.Select(t => (t.Territory, t.Offers)).ShouldBe([("011", 1)]);
    }

    [Fact]
    public async Task a_departement_without_teachers_of_its_own_is_not_alarmed()
    {
        var campaign = await service.OpenCampaign();
        await service.Offer(campaign, "hors-aude@example.org", Some.Mornings);
        using var whole = service.Coordinator();
        using var aude = service.Coordinator("011");
        var (all, theirs) = (await Demand(whole), await Demand(aude));
        all.GetProperty("offers").GetInt32().ShouldBe(1);
        (theirs.GetProperty("offers").GetInt32(), theirs.GetProperty("seats").GetInt32()).ShouldBe(
            (1, all.GetProperty("seats").GetInt32())
        );
        theirs.GetProperty("territories").GetArrayLength().ShouldBe(0);

        Task<JsonElement> Demand(HttpClient coordinator) => coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/demand");
    }
}
