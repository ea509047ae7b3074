using System.Collections.Concurrent;
using CsCheck;

namespace Stages.Pairing.Tests;

/// <summary>
/// What families are told of a wish without a place, held against random campaigns with random rules: of a proposal as the engine
/// makes it, and of a timetable that people have changed since. <c>STAGES_SENTENCES=10000</c> looks at so many sentences.
/// </summary>
public sealed class SentenceTests(ITestOutputHelper output)
{
    private static readonly int Wanted = int.Parse(
        Environment.GetEnvironmentVariable("STAGES_SENTENCES") ?? "1500",
        System.Globalization.CultureInfo.InvariantCulture
    );

    /// <summary>Reasons and their wordings, of which there are so many.</summary>
    private const int Sentences = 12;

    private readonly ConcurrentDictionary<string, int> told = new(StringComparer.Ordinal);

    [Fact]
    public void are_true()
    {
        // The rarest sentence may want some campaigns more than the others.
        for (var campaigns = 0; told.Values.Sum() < Wanted || (told.Count < Sentences && campaigns < Wanted); campaigns += 50)
        {
            campaigns.ShouldBeLessThan(Wanted, "hardly anybody is left without a place");
            Gen.Select(Campaigns.Any(pupils: 40, offers: 12), Gen.Int[0, 99]).Sample(Look, iter: 50, threads: 2);
        }

        foreach (var (sentence, times) in told.OrderByDescending(x => x.Value))
            output.WriteLine($"{times, 6} {sentence}");
        told.Count.ShouldBe(Sentences, "a sentence was never at stake");
    }

    private void Look(Problem problem, int changed)
    {
        var proposal = PairingEngine.Solve(problem, null, 1, Budget.Steps(200));
        IsTrue(problem, proposal);
        // Nobody waits beside a place or a group that the engine itself could have given.
        proposal.Unplaced.ShouldAllBe(u => u.Reason != UnplacedReason.PlaceFree);
        // Somebody takes a pupil out of each stage, and one stage away: what is said then was never searched for.
        ProposedStage[] left =
        [
            .. proposal
                .Stages.Where((_, i) => i % 5 != changed % 5)
                .Select(s => s.Wishes.Count > problem.Rules.GroupMin ? s with { Wishes = [.. s.Wishes.Skip(1)] } : s),
        ];
        IsTrue(problem, PairingEngine.Explain(problem, proposal with { Stages = left }));
    }

    private void IsTrue(Problem problem, Proposal proposal)
    {
        new SentenceChecker(problem, proposal).Untrue().ShouldBeEmpty();
        Checker.Check(problem, proposal).Violations.ShouldBeEmpty();
        foreach (var unplaced in proposal.Unplaced)
        {
            told.AddOrUpdate($"{unplaced.Reason}: {unplaced.Text.En}", 1, (_, n) => n + 1);
            unplaced.WouldBePlacedIf.OfType<Remedy.PupilSlots>().ShouldAllBe(r => r.Slots.Length > 0);
        }
    }
}
