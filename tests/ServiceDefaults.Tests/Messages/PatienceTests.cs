using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stages.ServiceDefaults.Tests.Messages;

public sealed class PatienceTests
{
    private static readonly DateTimeOffset Sent = new(2021, 4, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void a_message_is_as_old_as_its_first_sending() => Patience.Age(Sent, null, Sent.AddHours(2)).ShouldBe(TimeSpan.FromHours(2));

    [Fact]
    public void sent_again_by_hand_it_is_young_again() =>
        Patience.Age(Sent, Sent.AddHours(1), Sent.AddHours(2)).ShouldBe(TimeSpan.FromHours(1));

    [Fact]
    public void patience_ends_after_its_limit()
    {
        Patience.Usual.IsOver(TimeSpan.FromDays(3)).ShouldBeFalse();
        Patience.Usual.IsOver(TimeSpan.FromDays(3) + TimeSpan.FromTicks(1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 0, 0, HealthStatus.Healthy)]
    [InlineData(20, 60, 0, HealthStatus.Healthy)]
    [InlineData(1, 301, 0, HealthStatus.Degraded)]
    [InlineData(0, 0, 1, HealthStatus.Degraded)]
    public void health_says_what_is_stuck(long parked, int seconds, long failed, HealthStatus status) =>
        StuckMessages.Judge(new(parked, TimeSpan.FromSeconds(seconds), failed)).Status.ShouldBe(status);
}
