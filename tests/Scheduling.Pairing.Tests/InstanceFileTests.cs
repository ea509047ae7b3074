using System.Text;

namespace Stages.Pairing.Tests;

public class InstanceFileTests
{
    private const string Good = """
        {"format":"stages-pairing/1","rules":{"weeks":["A","B"],"days":5,"slotsPerDay":4,"groupMin":3,
        "modulesMin":3,"modulesMax":4,"modulesPerDayMax":1,
        "singleWeek":true,"adjacentLevels":[],"weights":{"firstWish":10,"furtherWish":6}},"levels":["CP"],"subjects":["FR"],
        "pupils":[{"id":"p0","level":"CP","school":"0340001A","priority":2,"enrolledAt":0,"weeks":{"A":2},
        "slots":{"A":[0,4,8]},"wishes":[{"id":"p0-FR","subject":"FR"}]}],
        "offers":[{"id":"t0","teaches":[{"subject":"FR","levels":["CP"]}],
        "slots":{"A":[0,4,8]},"preferred":{},"stagesPerWeek":1,"groupMax":6}]}
        """;

    [Fact]
    public async Task what_is_written_is_read_again()
    {
        var problem = Campaigns.Synthetic(50);
        using var stream = new MemoryStream();
        await InstanceFile.WriteAsync(stream, problem, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var again = await InstanceFile.ReadAsync(stream, TestContext.Current.CancellationToken);
        System.Text.Json.JsonSerializer.Serialize(again).ShouldBe(System.Text.Json.JsonSerializer.Serialize(problem));
    }

    [Fact]
    public async Task a_proposal_is_read_again_with_its_explanations()
    {
        var proposal = PairingEngine.Solve(Campaigns.Synthetic(200), null, 1, Budget.Steps(100));
        using var stream = new MemoryStream();
        await ProposalFile.WriteAsync(stream, proposal, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var again = await ProposalFile.ReadAsync(stream, TestContext.Current.CancellationToken);
        System.Text.Json.JsonSerializer.Serialize(again).ShouldBe(System.Text.Json.JsonSerializer.Serialize(proposal));
    }

    [Theory]
    [InlineData("\"level\":\"CP\"", "\"level\":\"CE9\"", "pupils[0].level")]
    [InlineData(
        "\"wishes\":[{\"id\":\"p0-FR\",\"subject\":\"FR\"}]",
        "\"wishes\":[{\"id\":\"p0-FR\",\"subject\":\"XX\"}]",
        "pupils[0].wishes[0].subject"
    )]
    [InlineData("\"weeks\":{\"A\":2}", "\"weeks\":{\"A\":3}", "pupils[0].weeks.A")]
    [InlineData("\"weeks\":{\"A\":2}", "\"weeks\":{\"C\":2}", "pupils[0].weeks")]
    [InlineData("\"priority\":2", "\"priority\":\"two\"", "pupils[0].priority")]
    [InlineData("\"stagesPerWeek\":1", "\"stagesPerWeek\":-1", "offers[0].stagesPerWeek")]
    [InlineData("\"slots\":{\"A\":[0,4,8]},\"preferred\"", "\"slots\":{\"A\":[0,4,20]},\"preferred\"", "offers[0].slots.A[2]")]
    [InlineData("stages-pairing/1", "stages-pairing/9", "format")]
    [InlineData("\"priority\":2", "\"priority\":2,\"siblings\":\"f\",\"siblingsRule\":\"never\"", "pupils[0].siblingsRule")]
    [InlineData("\"groupMin\":3", "\"groupMin\":0", "rules.groupMin")]
    public async Task a_fault_is_named_with_its_place(string good, string bad, string place)
    {
        Good.ShouldContain(good);
        var fault = await Should.ThrowAsync<MalformedInstanceException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal)));
        fault.Place.ShouldBe(place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"format\":")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task what_is_no_instance_is_refused(string text) => await Should.ThrowAsync<MalformedInstanceException>(() => Read(text));

    [Fact]
    public async Task a_good_instance_is_read() => (await Read(Good)).Pupils.Count.ShouldBe(1);

    private static async Task<Problem> Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await InstanceFile.ReadAsync(stream, TestContext.Current.CancellationToken);
    }
}
