using CsCheck;
using Stages.Pairing;
using Stages.Scheduling.Campaigns;
using Stages.Scheduling.Candidates;
using Stages.Scheduling.Offers;
using Stages.Scheduling.Runs;

namespace Stages.Scheduling.Tests;

/// <summary>What a teacher is told of an offer that can serve nothing, held against the engine that would have to use it.</summary>
public sealed class OfferWarningsTests
{
    private static readonly CampaignPlan Plan = Some.Plan();

    private static readonly string[] Days = ["MON", "TUE", "WED", "THU", "FRI"];

    private static readonly Gen<OfferTerms> AnyTerms = Gen.Select(
        Gen.Int[0, Days.Length - 1].Select(Gen.Int[0, Plan.SlotStarts.Count - 1]).Array[0, 6],
        Gen.Int[0, 2],
        Gen.Int[1, 6],
        (slots, stages, most) =>
            new OfferTerms(
                [new Api.Scheduling.Teaching("FR", ["6e"])],
                new Dictionary<string, IReadOnlyList<OfferedSlot>>(StringComparer.Ordinal)
                {
                    [Plan.Weeks[0].Label] =
                    [
                        .. slots.Distinct().Select(s => new OfferedSlot($"{Days[s.Item1]}-{Plan.SlotStarts[s.Item2]:HH:mm}", "possible")),
                    ],
                },
                new Limits(stages, most)
            )
    );

    /// <summary>Six pupils of its level who want it and can always come: who is warned gets nothing, who is not gets a stage.</summary>
    [Fact]
    public void an_offer_is_warned_of_exactly_when_the_engine_can_give_it_nothing() =>
        AnyTerms.Sample(
            terms =>
            {
                var everySlot = Days.SelectMany(d => Plan.SlotStarts.Select(s => $"{d}-{s:HH:mm}")).ToArray();
                var pupils = Enumerable
                    .Range(1, 6)
                    .Select(i =>
                        Some.Candidate(Some.Pupil(i), subjects: ["FR"]) with
                        {
                            Level = "6e",
                            Weeks = [new(Plan.Weeks[0].Label, 2, everySlot)],
                        }
                    )
                    .ToArray();
                var offer = Some.TheOffer() with { Terms = terms };
                var problem = Instances.Of(Plan, pupils, [offer], [], Keep.None).Problem;
                var proposal = PairingEngine.Solve(problem, null, 1, Budget.Steps(200));
                var serves = proposal.Stages.Count > 0;
                var warned = OfferWarnings.Of(Plan, terms).Count > 0 || terms.Slots.Values.All(s => s.Count == 0);
                serves.ShouldBe(!warned);
            },
            iter: 200
        );

    [Fact]
    public void each_warning_names_what_to_change()
    {
        var terms = new OfferTerms(
            [new Api.Scheduling.Teaching("FR", ["6e"])],
            new Dictionary<string, IReadOnlyList<OfferedSlot>>(StringComparer.Ordinal)
            {
                [Plan.Weeks[0].Label] = [new("MON-09:00", "preferred"), new("MON-11:15", "possible")],
            },
            new Limits(0, Plan.Rules.GroupMin - 1)
        );
        OfferWarnings
            .Of(Plan, terms)
            .Select(w => (w.Field, w.Code))
            .ShouldBe([
                ("limits.groupMax", "group-too-small"),
                ("limits.stagesPerWeek", "no-stage"),
                ($"slots.{Plan.Weeks[0].Label}", "too-few-days"),
            ]);
    }
}
