namespace Stages.Pairing.Tests;

[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;

[Collection("alone")]
public class RecommendTests
{
    private static readonly Problem Problem = Campaigns.Synthetic(2000);
    private static readonly Proposal Current = PairingEngine.Solve(Problem, null, 1, Budget.Steps(5000));

    [Fact]
    public void a_late_wish_is_offered_places_that_break_no_rule()
    {
        foreach (var known in Problem.Pupils.Take(40))
        {
            var late = known with { Id = "late", Wishes = [new Wish("late-wish", known.Wishes[0].Subject)], Siblings = null };
            var with = Problem with { Pupils = [.. Problem.Pupils, late] };
            foreach (var option in Recommend.PlacesFor(Problem, Current, late, late.Wishes[0].Subject))
            {
                ProposedStage[] stages = option.Stage is { } number
                    ? [.. Current.Stages.Select((s, i) => i == number ? s with { Wishes = [.. s.Wishes, "late-wish"] } : s)]
                    :
                    [
                        .. Current.Stages,
                        new ProposedStage(
                            option.Offer,
                            late.Wishes[0].Subject,
                            option.Levels,
                            option.Week,
                            option.Modules,
                            ["late-wish", .. option.Wishes]
                        ),
                    ];
                Checker
                    .Check(with, Current with { Stages = stages })
                    .Violations.Where(v =>
                        v.StartsWith("stage", StringComparison.Ordinal)
                        || v.Contains("attend", StringComparison.Ordinal)
                        || v.StartsWith("pupil", StringComparison.Ordinal)
                    )
                    .ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void a_substitute_can_take_the_stage_over_as_it_is()
    {
        var found = 0;
        for (var i = 0; i < Current.Stages.Count; i++)
        {
            foreach (var substitute in Recommend.SubstitutesFor(Problem, Current, i))
            {
                found++;
                var stages = Current.Stages.Select((s, j) => i == j ? s with { Offer = substitute.Offer } : s).ToArray();
                Checker
                    .Check(Problem, Current with { Stages = stages })
                    .Violations.Where(v => v.StartsWith("stage", StringComparison.Ordinal))
                    .ShouldBeEmpty();
            }

            if (found > 20)
                return;
        }
    }

    [Fact]
    public void a_volunteer_would_place_who_they_say()
    {
        var options = Recommend.VolunteerEffect(Problem, Current);
        options.ShouldNotBeEmpty();
        foreach (var option in options)
        {
            var volunteer = new Offer(
                "volunteer",
                [new Teaching(option.Subject, option.Levels)],
                new Dictionary<string, int[]>(StringComparer.Ordinal) { [option.Week] = option.Modules },
                1,
                Problem.Offers.Max(o => o.GroupMax)
            );
            var with = Problem with { Offers = [.. Problem.Offers, volunteer] };
            var stage = new ProposedStage("volunteer", option.Subject, option.Levels, option.Week, option.Modules, option.Wishes);
            var check = Checker.Check(with, Current with { Stages = [.. Current.Stages, stage] });
            check.Weight.ShouldBe(Current.Score.PlacedWeight + option.Weight);
            check.Violations.ShouldNotContain(v =>
                v.StartsWith("stage", StringComparison.Ordinal) || v.StartsWith("pupil", StringComparison.Ordinal)
            );
        }
    }
}
