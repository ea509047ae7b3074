using Stages.Enrolments.Catalogue;

namespace Stages.Enrolments.Tests;

/// <summary>What is kept of a campaign that Scheduling tells.</summary>
public sealed class KeepCampaignTests
{
    private static readonly DateTimeOffset Now = new(2021, 3, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Contracts.Scheduling.CampaignChanged Told = Some.Campaign(Guid.CreateVersion7(Now), Now, Now.AddDays(9))
        .AsChanged();

    [Fact]
    public void a_campaign_is_kept_as_it_is_told()
    {
        var kept = Kept(KeepCampaign.Decide(null, Told));
        (kept.Id, kept.Version, kept.Name, kept.TimeZone).ShouldBe((Told.CampaignId, 1, "Printemps 2021", "Europe/Paris"));
        (kept.EnrolmentOpens, kept.EnrolmentCloses).ShouldBe((Now, Now.AddDays(9)));
        kept.Weeks.ShouldBe(Told.Weeks);
        kept.SlotStarts.ShouldBe(Told.SlotStarts);
        kept.ClosedDates.ShouldBe(Told.ClosedDates);
        kept.Levels.ShouldBe(Told.Levels);
        kept.Subjects.ShouldBe(Told.Subjects);
    }

    [Fact]
    public void an_older_message_that_comes_late_changes_nothing()
    {
        var known = Kept(KeepCampaign.Decide(null, Told with { Version = 3 }));
        KeepCampaign.Decide(known, Told with { Version = 3 }).ShouldBe(Decision.Nothing);
        KeepCampaign.Decide(known, Told with { Version = 2 }).ShouldBe(Decision.Nothing);
        Kept(KeepCampaign.Decide(known, Told with { Version = 4, Name = "Été" })).Name.ShouldBe("Été");
    }

    private static Campaign Kept(Decision decision) =>
        decision.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Store<Campaign>>().Documents.ShouldHaveSingleItem();
}
