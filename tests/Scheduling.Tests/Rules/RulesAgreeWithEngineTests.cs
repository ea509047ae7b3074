using System.Collections.Concurrent;
using CsCheck;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>The rules stand twice, for people who move stages and in the engine that forms them: here they are held together.</summary>
public sealed class RulesAgreeWithEngineTests(ITestOutputHelper output)
{
    [Fact]
    public void a_proposal_of_the_engine_once_adopted_has_no_conflict() =>
        AnyTimetable.Any.Sample(people => people.Paired().Conflicts().ShouldBeEmpty(), iter: 20, threads: 2);

    /// <summary>
    /// Three statements of the rules: those here, the engine's own reading of a timetable, and the problem's statement in its
    /// tests.
    /// </summary>
    [Fact]
    public void a_change_of_a_legal_timetable_is_refused_by_rules_and_engine_or_by_neither()
    {
        var (refused, accepted) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>());
        Gen.Select(AnyTimetable.Any, Gen.Int)
            .Sample(
                (people, seed) =>
                {
                    var (legal, random) = (people.Paired(), new Random(seed));
                    foreach (var i in legal.Stages.Count == 0 ? [] : new[] { random.Next(legal.Stages.Count) })
                    foreach (var mutation in Mutation.All)
                    {
                        var changed = mutation.Make(legal, i, random);
                        Agree(changed, i, mutation, out var codes);
                        foreach (var code in codes)
                            refused.AddOrUpdate(code, 1, (_, n) => n + 1);
                        if (codes.Count == 0)
                            accepted.AddOrUpdate(mutation.Name, 1, (_, n) => n + 1);
                    }
                },
                iter: 20,
                threads: 2
            );

        foreach (var (code, times) in refused.OrderBy(x => x.Key, StringComparer.Ordinal))
            output.WriteLine($"refused {times, 6} {code}");
        foreach (var (name, times) in accepted.OrderBy(x => x.Key, StringComparer.Ordinal))
            output.WriteLine($"accepted {times, 5} {name}");
        // Every rule was at stake, and not everything was refused.
        refused.Keys.Order(StringComparer.Ordinal).ShouldBe(Conflicts.OfAStage.Select(r => r.Code).Order(StringComparer.Ordinal));
        accepted.Count.ShouldBeGreaterThan(10);
    }

    private static void Agree(AnyTimetable changed, int stage, Mutation mutation, out HashSet<string> codes)
    {
        Conflict[] conflicts = mutation.OfOneStage ? [.. changed.Conflicts(stage)] : [.. changed.Conflicts()];
        codes = [.. conflicts.Select(c => c.Code)];
        var violations = changed.Violations();
        var said =
            $"{mutation.Name}: rules [{string.Join(", ", codes)}], statement [{string.Join("; ", violations)}], {changed.Stages[stage]}";
        (conflicts.Length == 0).ShouldBe(violations.Count == 0, said);
        // A group that is too small the engine may take as it is given, or not: that it is large enough is looked at when it forms one.
        if (!codes.SetEquals(["group-too-small"]))
            changed.IsKeptByTheEngine().ShouldBe(conflicts.Length == 0, said);
    }
}
