using System.Globalization;
using System.Reflection;
using System.Text;
using Shouldly;
using Stages.ServiceDefaults;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Every rule that answers a <see cref="Decision"/> is tested by value, without a server: given a state, when, then.</summary>
public sealed class DecisionTests(ITestOutputHelper output)
{
    [Fact]
    public void every_decision_has_a_test_of_its_own()
    {
        var calls = CallsFromTests.In(CompiledTests.All);
        var rows = Decisions().Select(d => (Decision: d, Tests: calls.Of(d))).ToArray();
        output.WriteLine(Table(rows));

        rows.Length.ShouldBeGreaterThan(50, "the search for decisions finds too few");
        rows.Where(r => r.Tests.Count == 0).Select(r => r.Decision).ShouldBeEmpty("decisions that no unit test calls");
    }

    private static IEnumerable<string> Decisions() =>
        from service in HouseTests.ServiceAssemblies
        from type in Assembly.Load(service).GetTypes()
        where !type.Name.StartsWith('<')
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where IsDecision(method.ReturnType) && !method.IsPrivate && !method.Name.StartsWith('<')
        orderby type.FullName, method.Name
        select CallsFromTests.NameOf(method);

    private static bool IsDecision(Type type) =>
        type == typeof(Decision) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Decision<>));

    private static string Table((string Decision, IReadOnlyCollection<string> Tests)[] rows)
    {
        var text = new StringBuilder();
        foreach (var (decision, tests) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{decision}  ({tests.Count})");
            foreach (var test in tests.Take(3))
                text.AppendLine(CultureInfo.InvariantCulture, $"    {test}");
        }
        return text.ToString();
    }
}
