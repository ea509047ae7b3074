using System.Reflection;
using Mono.Cecil;

namespace Stages.Architecture.Tests;

/// <summary>
/// Which test calls which method of a service by itself, read from the compiled tests: from each fact through the helpers of its
/// own assembly. What runs in a service that the test started is not called by the test, and does not count.
/// </summary>
internal sealed class CallsFromTests
{
    private readonly Dictionary<string, SortedSet<string>> _tests = new(StringComparer.Ordinal);

    private CallsFromTests() { }

    /// <param name="assemblies">Compiled test projects.</param>
    public static CallsFromTests In(IEnumerable<string> assemblies)
    {
        var calls = new CallsFromTests();
        foreach (var path in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(path);
            var methods = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray();
            var within = methods.ToLookup(Owner, StringComparer.Ordinal);
            foreach (var test in methods.Where(IsTest))
                calls.Follow(Owner(test), Title(test), within);
        }
        return calls;
    }

    /// <summary>The tests that call it, as <c>Class.method</c>.</summary>
    /// <param name="method">As <see cref="NameOf"/> has it: an overload is a method of its own.</param>
    public IReadOnlyCollection<string> Of(string method) => _tests.GetValueOrDefault(method) ?? [];

    public static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    private void Follow(string test, string title, ILookup<string, MethodDefinition> within)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { test };
        var ahead = new Queue<string>([test]);
        while (ahead.TryDequeue(out var owner))
            foreach (var called in within[owner].SelectMany(Called))
            {
                var plain = $"{called.DeclaringType.GetElementType().FullName}.{called.Name}";
                if (within.Contains(plain) && seen.Add(plain))
                    ahead.Enqueue(plain);
                var name = $"{plain}({string.Join(", ", called.Parameters.Select(p => p.ParameterType.Name))})";
                if (!_tests.TryGetValue(name, out var by))
                    _tests[name] = by = new(StringComparer.Ordinal);
                by.Add(title);
            }
    }

    private static IEnumerable<MethodReference> Called(MethodDefinition method) =>
        method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>();

    private static bool IsTest(MethodDefinition method) =>
        method.CustomAttributes.Any(a => a.AttributeType.Name is "FactAttribute" or "TheoryAttribute");

    private static string Title(MethodDefinition test) => $"{test.DeclaringType.Name}.{test.Name}";

    /// <summary>The method as it is written: lambdas, local functions and what the compiler makes of <c>async</c> belong to it.</summary>
    private static string Owner(MethodDefinition method)
    {
        var name = Written(method.Name) ?? method.Name;
        var type = method.DeclaringType;
        for (; type.DeclaringType is not null && type.Name.StartsWith('<'); type = type.DeclaringType)
            name = Written(type.Name) ?? name;
        return $"{type.FullName}.{name}";
    }

    /// <summary>The name between the brackets of a compiler's name, as in <c>&lt;Consume&gt;d__3</c>; null when there is none.</summary>
    private static string? Written(string name) =>
        name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : null;
}
