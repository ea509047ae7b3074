using Shouldly;
using Xunit;

namespace Stages.Vocabulary.Tests;

public sealed class CampaignEndTests
{
    private static readonly DateTimeOffset Closes = new(2021, 4, 2, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void a_campaign_is_over_with_the_sunday_of_its_last_week_whatever_their_order() =>
        CampaignEnd
            .Of([new(2021, 4, 19), new(2021, 4, 12)], Closes)
            .ShouldBe(new DateTimeOffset(new DateOnly(2021, 4, 25).ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero));

    [Fact]
    public void or_when_nobody_can_enrol_any_more_if_that_is_later()
    {
        CampaignEnd.Of([new(2021, 3, 1)], Closes).ShouldBe(Closes);
        CampaignEnd.Of([], Closes).ShouldBe(Closes);
    }
}
