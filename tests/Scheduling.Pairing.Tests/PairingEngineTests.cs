using CsCheck;

namespace Stages.Pairing.Tests;

public class PairingEngineTests
{
    private static readonly Problem Eight = Campaigns.Synthetic(800);

    [Fact]
    public void the_same_seed_and_steps_give_the_same_proposal()
    {
        var one = PairingEngine.Solve(Eight, null, 7, Budget.Steps(3000)) with { ElapsedSeconds = 0 };
        var two = PairingEngine.Solve(Eight, null, 7, Budget.Steps(3000)) with { ElapsedSeconds = 0 };
        Text(two).ShouldBe(Text(one));
    }

    [Fact]
    public void ids_and_the_order_of_lists_do_not_matter()
    {
        var one = PairingEngine.Solve(Eight, null, 1, Budget.Steps(3000));
        var two = PairingEngine.Solve(Reordered.Of(Eight, 5), null, 1, Budget.Steps(3000));
        ((double)two.Score.PlacedWeight).ShouldBe(one.Score.PlacedWeight, 0.001 * one.Score.PlacedWeight);
    }

    [Fact]
    public void eight_hundred_pupils_come_within_two_percent_of_the_bound_in_few_steps()
    {
        var proposal = PairingEngine.Solve(Eight, null, 1, Budget.Steps(30_000));
        Checker.Check(Eight, proposal).Violations.ShouldBeEmpty();
        proposal.Score.Gap.ShouldBeLessThan(0.02);
    }

    /// <summary>Where every wish has its place nothing is left to look for, and the rest of the time is nobody's.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(40)]
    public void a_result_that_nothing_can_better_is_given_at_once(int offers)
    {
        var free = new Dictionary<string, int[]>(StringComparer.Ordinal) { ["A"] = [0, 4, 8, 12] };
        var week = new Dictionary<string, int>(StringComparer.Ordinal) { ["A"] = 2 };
        var problem = new Problem(
            Rules.Default([]),
            ["6e"],
            ["FR"],
            [.. Enumerable.Range(0, offers * 3).Select(i => new Pupil($"p{i}", "6e", "0340001A", 1, i, week, free, [new($"w{i}", "FR")]))],
            [.. Enumerable.Range(0, offers).Select(i => new Offer($"t{i}", [new("FR", ["6e"])], free, 1, 3, free))]
        );
        var proposal = PairingEngine.Solve(problem, null, 1, Budget.Seconds(120));
        Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
        (proposal.Score.PlacedWishes, proposal.Score.Gap).ShouldBe((offers * 3, 0));
        // Preferred week, four modules, each at a preferred slot: no better order either.
        proposal.Score.Quality.ShouldBe(offers * ((3 * (3 + 1)) + 4));
        proposal.ElapsedSeconds.ShouldBeLessThan(10);
        // The same where it is changed as little as can be.
        var again = PairingEngine.Solve(problem, proposal, 1, Budget.Seconds(120));
        (again.Score.PlacedWishes, again.Score.Gap, again.Changes?.Count).ShouldBe((offers * 3, 0, 0));
        again.ElapsedSeconds.ShouldBeLessThan(10);
    }

    /// <summary>A tiny campaign, however it is made, is searched through at once: its result is proved and stays so.</summary>
    [Fact]
    public void a_tiny_campaign_does_not_take_its_time() =>
        Campaigns
            .Any(6, 3)
            .Sample(
                problem =>
                {
                    var proposal = PairingEngine.Solve(problem, null, 1, Budget.Seconds(40));
                    Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
                    proposal.Score.Gap.ShouldBe(0);
                    proposal.ElapsedSeconds.ShouldBeLessThan(10);
                },
                iter: 10,
                threads: 1
            );

    [Fact]
    public void five_thousand_pupils_each_have_a_place_or_a_true_explanation()
    {
        var problem = Campaigns.Synthetic(5000, 0.7);
        var proposal = PairingEngine.Solve(problem, null, 1, Budget.Steps(5000));
        Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
        proposal.Unplaced.Count.ShouldBe(proposal.Score.Wishes - proposal.Score.PlacedWishes);
    }

    /// <summary>Siblings of two levels are often in the hands of two threads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void siblings_are_kept_apart_in_a_long_search_whose_result_still_depends_on_seed_and_steps_alone(int seed)
    {
        var problem = Campaigns.WithRule(Campaigns.Synthetic(2000), SiblingsRule.Apart);
        var proposal = PairingEngine.Solve(problem, null, seed, Budget.Steps(30_000));
        Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
        var again = PairingEngine.Solve(problem, null, seed, Budget.Steps(30_000));
        Text(again with { ElapsedSeconds = 0 }).ShouldBe(Text(proposal with { ElapsedSeconds = 0 }));
    }

    /// <summary>Of twins, who could be in one class: as many pairs as the search finds, beside those that come about by chance.</summary>
    [Fact]
    public void siblings_whose_family_asks_for_it_meet_at_the_same_hours()
    {
        var elders = Eight.Pupils.Where(p => p.Siblings is not null).DistinctBy(p => p.Siblings).ToDictionary(p => p.Siblings!);
        var twins = Eight with { Pupils = [.. Eight.Pupils.Select(p => p.Siblings is { } family ? TwinOf(elders[family], p) : p)] };
        AtTheSameHours(SiblingsRule.SameSlots).ShouldBeGreaterThan(AtTheSameHours(SiblingsRule.Any));

        long AtTheSameHours(string rule)
        {
            var proposal = PairingEngine.Solve(Campaigns.WithRule(twins, rule), null, 1, Budget.Steps(10_000));
            return Quality(SiblingsRule.SameSlots, proposal) - Quality(SiblingsRule.Any, proposal);
        }

        long Quality(string rule, Proposal proposal) => Checker.Check(Campaigns.WithRule(twins, rule), proposal, explained: false).Quality;

        static Pupil TwinOf(Pupil elder, Pupil p) =>
            elder with
            {
                Id = p.Id,
                Wishes = [.. elder.Wishes.Select(w => new Wish($"{p.Id}-{w.Subject}", w.Subject))],
            };
    }

    /// <summary>Long enough for stages to take other modules while pupils change places: nobody ends in two groups at one time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void a_long_search_breaks_no_rule(int seed)
    {
        var problem = Campaigns.Synthetic(2000);
        Checker.Check(problem, PairingEngine.Solve(problem, null, seed, Budget.Steps(100_000))).Violations.ShouldBeEmpty();
    }

    [Fact]
    public void a_campaign_that_is_sampled_for_its_prices_has_a_valid_bound()
    {
        var problem = Campaigns.Synthetic(45_000);
        var proposal = PairingEngine.Solve(problem, null, 1, Budget.Steps(2000));
        proposal.Score.Bound.ShouldBeGreaterThanOrEqualTo(proposal.Score.PlacedWeight);
        Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
    }

    [Fact]
    public void a_cancelled_run_returns_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var proposal = PairingEngine.Solve(Eight, null, 1, Budget.Seconds(600), null, stop.Token, new Ticking());
        Checker.Check(Eight, proposal).Violations.ShouldBeEmpty();
        proposal.ElapsedSeconds.ShouldBeLessThan(600);
    }

    [Fact]
    public void a_run_tells_its_progress_and_keeps_to_its_time()
    {
        var told = new List<PairingProgress>();
        var proposal = PairingEngine.Solve(Eight, null, 1, Budget.Seconds(3), new Told(told), time: new Ticking());
        told.Count.ShouldBeGreaterThan(2);
        told[^1].Fraction.ShouldBe(1);
        told.ShouldAllBe(x => x.Bound >= x.PlacedWeight && x.Wishes == proposal.Score.Wishes);
        proposal.ElapsedSeconds.ShouldBeInRange(2.9, 3.5);
    }

    [Fact]
    public void a_tiny_campaign_that_takes_long_to_search_through_keeps_to_its_time_too() =>
        Campaigns
            .Any(pupils: 9, offers: 3)
            .Sample(
                problem =>
                    PairingEngine.Solve(problem, null, 1, Budget.Seconds(1), time: new Ticking()).ElapsedSeconds.ShouldBeLessThan(1.2),
                iter: 40,
                threads: 2
            );

    [Fact]
    public void a_withdrawn_teacher_moves_few_others()
    {
        var first = PairingEngine.Solve(Eight, null, 1, Budget.Steps(20_000));
        var gone = first.Stages.Select(s => s.Offer).Distinct().Take(3).ToHashSet(StringComparer.Ordinal);
        var forced = first.Stages.Where(s => gone.Contains(s.Offer)).Sum(s => s.Wishes.Count);
        var fewer = Eight with { Offers = [.. Eight.Offers.Where(o => !gone.Contains(o.Id))] };
        var second = PairingEngine.Solve(fewer, first, 1, Budget.Steps(5_000));
        Checker.Check(fewer, second).Violations.ShouldBeEmpty();
        second.Changes.ShouldNotBeNull();
        second.Changes.Count.ShouldBeLessThanOrEqualTo(2 * forced);
        second.Changes.Count(x => x.Why == ChangeReason.TeacherGone).ShouldBe(forced);
        second.Changes.ShouldAllBe(x => x.Text.Fr.Length > 0 && x.Text.En.Length > 0);
    }

    private static string Text(Proposal proposal) => System.Text.Json.JsonSerializer.Serialize(proposal);

    /// <summary>A clock on which a millisecond passes each time somebody looks: a run ends by its budget on any machine.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => ++now;
    }

    private sealed class Told(List<PairingProgress> into) : IProgress<PairingProgress>
    {
        public void Report(PairingProgress value) => into.Add(value);
    }
}
