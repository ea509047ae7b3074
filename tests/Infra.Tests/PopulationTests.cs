using CsCheck;
using Shouldly;
using Stages.Generator;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>The population of the demonstration: the same seed gives the same people, and they keep the rules of a campaign.</summary>
public sealed class PopulationTests
{
    private static readonly IReadOnlyList<School> Schools = SchoolFile.Read(
        Path.Combine(Servers.Checkout, "services", "Enrolment", "Schools", "schools-montpellier.csv")
    );

    [Fact]
    public void schools_are_those_that_can_send_pupils_each_once()
    {
        Schools.Select(s => s.Uai).Distinct().Count().ShouldBe(Schools.Count);
        Schools.Count(s => s.Kind == SchoolKind.Ecole).ShouldBe(1477);
        Schools.ShouldAllBe(s =>
            "ABCDEFGHJKLMNPRSTUVWXYZ"[int.Parse(s.Uai.Substring(0, 7), System.Globalization.CultureInfo.InvariantCulture) % 23] == s.Uai[7]
        );
    }

    [Fact]
    public void the_same_seed_gives_the_same_population()
    {
        Describe(Population.Generate(Schools, 300, 1.0, seed: 7)).ShouldBe(Describe(Population.Generate(Schools, 300, 1.0, seed: 7)));
        Describe(Population.Generate(Schools, 300, 1.0, seed: 7)).ShouldNotBe(Describe(Population.Generate(Schools, 300, 1.0, seed: 8)));
    }

    [Fact]
    public void eight_hundred_pupils_meet_about_a_hundred_and_ten_teachers()
    {
        var population = Population.Generate(Schools, 800, 1.0, seed: 2021, largestGroup: 6);

        population.Pupils.Sum(p => p.Wishes.Count).ShouldBeInRange(1100, 1250);
        population.Offers.Count.ShouldBeInRange(90, 130);
    }

    [Fact]
    public void everybody_keeps_the_rules_of_the_campaign() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 100_000])
            .Sample(
                (pupils, seed) =>
                {
                    var population = Population.Generate(Schools, pupils, 1.0, seed, largestGroup: 6);
                    return population.Pupils.All(p =>
                            p.Wishes.Count is 1 or 2
                            && p.Wishes.Distinct().Count() == p.Wishes.Count
                            && p.Wishes.All(w => Population.LevelsOf(w).Contains(p.Level))
                            && p.Weeks.Keys.Order().SequenceEqual(p.Slots.Keys.Order())
                            && p.Slots.Values.All(s => s.Length > 0 && s.All(x => x is >= 0 and < 20))
                        )
                        && population
                            .Pupils.Select((p, i) => p.Sibling is not { } s || population.Pupils[s].Sibling == i)
                            .All(mutual => mutual)
                        && population.Offers.All(o =>
                            o.GroupMax is 5 or 6
                            && o.Teaches.Count > 0
                            && o.Teaches.All(t => t.Levels.Count > 0 && t.Levels.All(Population.LevelsOf(t.Subject).Contains))
                        );
                },
                iter: 40
            );

    private static string Describe(Population population) =>
        string.Join(
            '\n',
            population.Pupils.Select(p =>
                $"{p.Level} {p.School.Uai} {p.Priority} {string.Join(',', p.Wishes)} "
                + $"{string.Join(';', p.Slots.Select(s => $"{s.Key}{string.Join(',', s.Value)}"))} {p.Sibling}"
            )
        );
}
