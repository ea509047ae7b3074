using CsCheck;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Vocabulary;

namespace Stages.Scheduling.Tests;

/// <summary>Among equals the lot decides, never the date.</summary>
public sealed class LotteryTests
{
    private static readonly Campaign Drawn = Campaign.Create(
        new CampaignOpened(Some.CampaignId, Some.Plan(), Some.By, Some.Now, Lot.NewSeed())
    );

    private static readonly Campaign Revealed = Drawn.Apply(new SeedRevealed(Some.Now.AddDays(10)));

    [Fact]
    public void the_order_of_equals_is_the_same_whenever_they_enrolled() =>
        Gen.Int[0, 9 * 24 * 3600]
            .Array[2, 30]
            .Sample(seconds =>
            {
                Candidate[] By(Func<int, int> when) =>
                    [
                        .. seconds.Select(
                            (_, i) =>
                            {
                                var enrolled = Some.Now.AddSeconds(seconds[when(i)]);
                                return Some.Candidate(Some.Pupil(i)) with
                                {
                                    EnrolledAt = enrolled,
                                    Drawn = Lottery.Turn(Revealed, Some.Pupil(i), enrolled),
                                };
                            }
                        ),
                    ];
                IEnumerable<Guid> Order(Candidate[] all) => Ranking.Order(all, all[0].Wishes[0].Subject).Select(c => c.Id);
                Order(By(i => i)).ShouldBe(Order(By(i => seconds.Length - 1 - i)));
            });

    [Fact]
    public void who_enrols_once_the_seed_is_told_comes_behind_all_who_drew_in_the_order_of_arrival()
    {
        long Late(int minutes) => Lottery.Turn(Revealed, Some.Pupil(minutes), Some.Now.AddDays(10).AddMinutes(minutes));
        Late(0).ShouldBeGreaterThanOrEqualTo(Lot.End);
        Late(1).ShouldBeGreaterThan(Late(0));
        Lottery.Turn(Revealed, Some.Pupil(1), Some.Now.AddDays(10).AddTicks(-1)).ShouldBeLessThan(Lot.End);
    }

    [Fact]
    public void a_campaign_of_before_keeps_the_order_of_enrolment()
    {
        var old = Drawn with { Seed = null };
        Lottery.Turn(old, Some.Pupil(1), Some.Now).ShouldBeLessThan(Lottery.Turn(old, Some.Pupil(1), Some.Now.AddSeconds(1)));
        Lottery.Reveal(old, Some.Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void the_seed_is_told_once()
    {
        Lottery.Reveal(Drawn, Some.Now).Events.ShouldBe([new SeedRevealed(Some.Now)]);
        Lottery.Reveal(Revealed, Some.Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_view_tells_the_seal_at_once_and_the_seed_when_it_has_served()
    {
        var (before, after) = (CampaignView.Of(Drawn, Some.Now), CampaignView.Of(Revealed, Some.Now));
        (before.SealedSeed, before.Seed).ShouldBe((Lot.Seal(Drawn.Seed!), null));
        (after.SealedSeed, after.Seed).ShouldBe((before.SealedSeed, Drawn.Seed));
    }
}
