using System.Collections.Concurrent;
using CsCheck;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>
/// Whatever coordinators, teachers and the engine do, and in whatever order: no stage has a teacher who is not accepted. Played with
/// the real decisions, whose events are folded by the real states.
/// </summary>
public sealed class AcceptedAloneTests(ITestOutputHelper output)
{
    /// <summary>Mostly what makes stages, or there would be few to take a teacher from.</summary>
    private static readonly Gen<(string Step, int Who, int Where)[]> Orders = Gen.Select(
        Gen.Frequency([.. Scene.Steps.Select(s => (s.Often, Gen.Const(s.Name)))]),
        Gen.Int[0, 6],
        Gen.Int[0, 9]
    ).Array[80, 140];

    [Fact]
    public void no_proposal_substitute_or_move_seats_a_teacher_who_is_not_accepted()
    {
        var done = new ConcurrentDictionary<string, int>();
        Gen.Select(AnyTimetable.Any, Orders)
            .Sample(
                (people, steps) =>
                {
                    var scene = new Scene(people);
                    foreach (var (step, who, where) in steps)
                    {
                        if (scene.Play(step, who, where))
                            done.AddOrUpdate(step, 1, (_, n) => n + 1);
                        scene.SeatedUnaccepted().ShouldBeEmpty($"after {step} {who} {where}");
                    }
                },
                iter: 30,
                threads: 2
            );
        foreach (var (step, times) in done.OrderBy(d => d.Key, StringComparer.Ordinal))
            output.WriteLine($"{step, -10} {times, 5}");
        // Everything was tried and did something.
        done.Keys.ShouldBe(Scene.Steps.Select(s => s.Name), ignoreOrder: true);
    }
}
