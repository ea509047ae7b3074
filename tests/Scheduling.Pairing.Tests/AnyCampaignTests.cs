using CsCheck;

namespace Stages.Pairing.Tests;

public class AnyCampaignTests
{
    [Fact]
    public void gives_a_proposal_that_breaks_no_rule_and_explains_truly() =>
        Campaigns
            .Any(pupils: 40, offers: 12)
            .Sample(
                problem => Checker.Check(problem, PairingEngine.Solve(problem, null, 1, Budget.Steps(400))).Violations.ShouldBeEmpty(),
                iter: 300,
                threads: 2
            );

    /// <summary>Who has one device at home is never to be in two classes at one hour, however the plan came about.</summary>
    [Fact]
    public void keeps_siblings_apart_whose_family_asks_for_it() =>
        Campaigns
            .OneDevice(pupils: 40, offers: 12)
            .Sample(
                problem => Checker.Check(problem, PairingEngine.Solve(problem, null, 1, Budget.Steps(400))).Violations.ShouldBeEmpty(),
                iter: 150,
                threads: 2
            );

    /// <summary>
    /// The engine, which knows nothing of the exact solver, ends at the same weight, and proves by its own means that it is the
    /// best.
    /// </summary>
    [Fact]
    public void of_a_tiny_size_is_paired_at_the_exact_optimum_with_proof() =>
        Campaigns
            .Any(pupils: 9, offers: 3)
            .Sample(
                problem =>
                {
                    var best = ExactModel.Optimum(problem);
                    var proposal = PairingEngine.Solve(problem, null, 1, Budget.Steps(6000));
                    proposal.Score.PlacedWeight.ShouldBe(best);
                    proposal.Score.Bound.ShouldBe(best);
                    Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
                },
                iter: 120,
                threads: 2
            );

    [Fact]
    public void is_changed_as_little_as_it_can_be_and_without_breaking_a_rule() =>
        Gen.Select(Campaigns.Any(pupils: 30, offers: 10), Gen.Int[0, 9])
            .Sample(
                (problem, gone) =>
                {
                    var first = PairingEngine.Solve(problem, null, 1, Budget.Steps(200));
                    var approved = first with { Stages = [.. first.Stages.Select((s, i) => s with { Pinned = i % 2 == 0 })] };
                    var fewer = problem with { Offers = [.. problem.Offers.Where(o => o.Id != $"t{gone}")] };
                    var second = PairingEngine.Solve(fewer, approved, 1, Budget.Steps(200));
                    Checker.Check(fewer, second).Violations.ShouldBeEmpty();
                    foreach (var stage in approved.Stages.Where(s => s.Pinned && s.Offer != $"t{gone}"))
                    {
                        second.Stages.ShouldContain(s =>
                            s.Pinned
                            && s.Offer == stage.Offer
                            && s.Week == stage.Week
                            && s.Modules.SequenceEqual(stage.Modules)
                            && stage.Wishes.All(w => s.Wishes.Contains(w))
                        );
                    }
                },
                iter: 150,
                threads: 2
            );
}
