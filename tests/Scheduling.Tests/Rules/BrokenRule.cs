using System.Reflection;
using Stages.Scheduling.Timetables;

namespace Stages.Scheduling.Tests.Rules;

/// <summary>A stage and what is around it, from literals, and the one conflict that there is to be.</summary>
/// <param name="Code">The only rule that is broken; how often says <paramref name="Times"/>.</param>
public sealed record BrokenRule(string Code, Func<IReadOnlyList<Conflict>> Found)
{
    public int Times { get; init; } = 1;

    public Guid? EnrolmentId { get; init; }

    public Guid? StageId { get; init; }

    public string? Slot { get; init; }

    /// <summary>
    /// The cases that a class states: its static methods without parameters that give one. There is no other way to be in the
    /// table.
    /// </summary>
    public static IEnumerable<(string Name, BrokenRule Case)> In(Type cases) =>
        cases
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == typeof(BrokenRule) && m.GetParameters().Length == 0)
            .Select(m => (m.Name, (BrokenRule)m.Invoke(null, null)!));

    /// <summary>
    /// Prints which cases break which rule, and fails when a rule has none. A case counts when it holds, which is looked at here once
    /// more: no name alone brings a rule into the table.
    /// </summary>
    public static void Table(Type cases, IEnumerable<string> codes, ITestOutputHelper output)
    {
        var found = In(cases).ToLookup(c => c.Case.Code);
        string[] all = [.. codes];
        foreach (var code in all)
        {
            output.WriteLine($"{code, -24} {string.Join(", ", found[code].Select(c => c.Name))}");
            found[code].ShouldNotBeEmpty($"no case breaks the rule {code}");
            foreach (var (_, broken) in found[code])
                broken.Holds();
        }
        all.ShouldBeUnique();
    }

    /// <summary>Fails unless exactly this conflict was found, about these things and in two languages.</summary>
    public void Holds()
    {
        var found = Found();
        found.Select(c => c.Code).ShouldBe(Enumerable.Repeat(Code, Times));
        found[0].EnrolmentId.ShouldBe(EnrolmentId);
        found[0].StageId.ShouldBe(StageId);
        found[0].Slot.ShouldBe(Slot);
        found[0].Fr.ShouldEndWith(".");
        found[0].En.ShouldEndWith(".");
        found[0].Fr.ShouldNotBe(found[0].En);
    }
}
