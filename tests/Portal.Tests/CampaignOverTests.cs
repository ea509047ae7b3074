using Stages.Portal.Clients;

namespace Stages.Portal.Tests;

/// <summary>A campaign whose weeks lie behind takes nobody, whatever its closing date says.</summary>
public sealed class CampaignOverTests
{
    private static readonly DateTimeOffset Opens = new(2021, 4, 1, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, 20, false, false)]
    [InlineData(1, 20, true, false)]
    [InlineData(5, 2, false, false)]
    // Sunday 25 April 2021 is its last day.
    [InlineData(24, 60, true, false)]
    [InlineData(25, 60, false, true)]
    [InlineData(2000, 4000, false, true)]
    public void it_is_open_between_its_dates_and_never_after_its_weeks(int day, int closes, bool open, bool over)
    {
        var campaign = Some.Campaign with
        {
            Weeks = [new("B", new(2021, 4, 19)), new("A", new(2021, 4, 12))],
            EnrolmentOpens = Opens,
            EnrolmentCloses = Opens.AddDays(closes),
        };
        var now = Opens.AddDays(day);
        (campaign.IsOpen(now), campaign.IsOver(now)).ShouldBe((open, over));
    }
}
