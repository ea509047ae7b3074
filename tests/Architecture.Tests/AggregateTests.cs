using System.Reflection;
using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// What an aggregate folds is visible and leaves the state that it was given alone. Marten skips a hidden <c>Apply</c> in silence, and
/// with inline snapshots it keeps a change made in place and applies the event as well.
/// </summary>
public sealed class AggregateTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly string[] Folds = ["Create", "Apply", "ShouldDelete"];

    public static TheoryData<string> Aggregates =>
        [
            .. HouseTests
                .ServiceAssemblies.SelectMany(s => Assembly.Load(s).GetTypes())
                .Where(t => FoldsOf(t).Any())
                .Select(t => $"{t.FullName}, {t.Assembly.GetName().Name}"),
        ];

    [Fact]
    public void the_aggregates_are_found() => Aggregates.Count.ShouldBeGreaterThanOrEqualTo(11);

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void what_it_folds_is_public(string aggregate) =>
        FoldsOf(Type(aggregate)).Where(m => !m.IsPublic).Select(m => m.ToString()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void it_can_not_be_changed_in_place(string aggregate)
    {
        var type = Type(aggregate);
        var setters = type.GetProperties().Where(p => p.SetMethod is { } set && !IsInitOnly(set)).Select(p => p.Name);
        var fields = type.GetFields(Own).Where(f => !f.IsInitOnly && !f.IsDefined(typeof(CompilerGeneratedAttribute)) && !f.IsLiteral);
        setters.Concat(fields.Select(f => f.Name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void it_answers_a_state_to_each_event(string aggregate)
    {
        var type = Type(aggregate);
        FoldsOf(type).Where(m => m.Name != "ShouldDelete" && m.ReturnType != type).Select(m => m.ToString()).ShouldBeEmpty();
    }

    /// <summary>Methods by which Marten folds events of ours, hidden ones too, of a type that folds itself.</summary>
    private static IEnumerable<MethodInfo> FoldsOf(Type type)
    {
        var all = type.GetMethods(Own | BindingFlags.DeclaredOnly).Where(m => Folds.Contains(m.Name) && TakesAnEvent(m)).ToArray();
        return all.Any(m => m.ReturnType == type) ? all : [];
    }

    private static bool TakesAnEvent(MethodInfo method) =>
        method
            .GetParameters()
            .Select(p => p.ParameterType)
            .Any(p => Event(p).Namespace?.StartsWith("Stages.", StringComparison.Ordinal) == true);

    private static Type Event(Type parameter) => parameter.IsGenericType ? parameter.GetGenericArguments()[0] : parameter;

    private static bool IsInitOnly(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static Type Type(string name) => System.Type.GetType(name, throwOnError: true)!;
}
