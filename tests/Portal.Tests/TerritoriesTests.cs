namespace Stages.Portal.Tests;

/// <summary>A territory is chosen from the list, or a school named.</summary>
public sealed class TerritoriesTests
{
    [Theory]
    [InlineData("", "", true, null)]
    [InlineData("034", "", true, "034")]
    [InlineData("034", "0340051w", true, "0340051W")]
    [InlineData("", "0110011A", true, "0110011A")]
    [InlineData("999", "", false, "999")]
    [InlineData("34", "", false, "34")]
    [InlineData("0340051W", "", false, "0340051W")]
    [InlineData("", "034", false, "034")]
    [InlineData("", "03400511", false, "03400511")]
    public void what_is_neither_is_refused(string listed, string school, bool read, string? territory) =>
        (Territories.TryRead(listed, school, out var found), found).ShouldBe((read, territory));

    [Fact]
    public void every_one_of_the_list_can_be_chosen() => Territories.Known.Where(t => !Territories.TryRead(t, "", out _)).ShouldBeEmpty();
}
