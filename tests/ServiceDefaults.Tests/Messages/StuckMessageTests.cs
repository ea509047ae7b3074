using Stages.Messages;

namespace Stages.ServiceDefaults.Tests.Messages;

public sealed class StuckMessageTests
{
    private static readonly DateTimeOffset Now = new(2021, 4, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("No mailbox zoe.perez@example.org here", "No mailbox …@… here")]
    [InlineData("Cannot call +33 6 39 98 00 01.", "Cannot call ….")]
    [InlineData("Cannot call 0639980001", "Cannot call …")]
    [InlineData("campaign:01a214c4-c23e-7212-b70c-9e7d1a709a1a has not come", "campaign:01a214c4-c23e-7212-b70c-9e7d1a709a1a has not come")]
    [InlineData("two\n   lines", "two lines")]
    public void a_reason_is_one_line_without_addresses_and_numbers(string reason, string listed) =>
        StuckMessage.Masked(reason).ShouldBe(listed);

    [Theory]
    [InlineData(5, "5 s")]
    [InlineData(90, "2 min")]
    [InlineData(5400, "1.5 h")]
    [InlineData(180000, "2.1 d")]
    public void an_age_is_said_in_one_unit(int seconds, string said) => StuckMessage.Age(TimeSpan.FromSeconds(seconds)).ShouldBe(said);

    [Fact]
    public void the_list_has_columns()
    {
        var message = new StuckMessage("notification", "parked", "7", "urn:message:Stages.Contracts.Scheduling:StageChanged", Now, "waits");
        StuckMessage
            .Table([message], Now.AddMinutes(2))
            .ShouldBe(["SERVICE       STATE   AGE    TYPE          ID  REASON", "notification  parked  2 min  StageChanged  7   waits"]);
    }
}
