using System.Reflection;
using Mono.Cecil;
using Shouldly;
using Stages.Contracts;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>The borders of the house, held by the compiled assemblies and by the sources as they stand.</summary>
public sealed class HouseTests
{
    internal static readonly string[] ServiceAssemblies =
    [
        "Stages.Enrolments",
        "Stages.Scheduling",
        "Stages.Notifications",
        "Stages.Classrooms",
        "Stages.Portal",
    ];

    public static TheoryData<string> Services => [.. ServiceAssemblies];

    [Theory]
    [MemberData(nameof(Services))]
    public void a_service_references_no_other_service(string service) =>
        Assembly.Load(service).GetReferencedAssemblies().Select(a => a.Name).Intersect(ServiceAssemblies).ShouldBeEmpty();

    [Fact]
    public void the_pairing_library_is_pure() =>
        Assembly
            .Load("Stages.Pairing")
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a =>
                a.StartsWith("Marten", StringComparison.Ordinal)
                || a.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || a.StartsWith("Npgsql", StringComparison.Ordinal)
                || a.StartsWith("MassTransit", StringComparison.Ordinal)
                || a.StartsWith("Hangfire", StringComparison.Ordinal)
                || (a.StartsWith("Stages.", StringComparison.Ordinal) && a != "Stages.Vocabulary")
            )
            .ShouldBeEmpty();

    [Fact]
    public void the_vocabulary_is_pure()
    {
        Assembly
            .Load("Stages.Vocabulary")
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => !a.StartsWith("System", StringComparison.Ordinal))
            .ShouldBe(["AnyAscii", "PhoneNumbers"], ignoreOrder: true);
        using var compiled = ModuleDefinition.ReadModule(Assembly.Load("Stages.Vocabulary").Location);
        compiled
            .GetTypeReferences()
            .Select(t => t.Name)
            .Intersect([nameof(TimeProvider), nameof(System.Diagnostics.Stopwatch), nameof(Environment), nameof(Random)])
            .ShouldBeEmpty("the vocabulary has no clock and no chance");
    }

    [Fact]
    public void contracts_depend_on_nothing_but_the_framework() =>
        typeof(Topology)
            .Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => !a.StartsWith("System", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void contracts_are_flat_sealed_records_without_a_base()
    {
        foreach (var message in Topology.Readers.Values.SelectMany(m => m).Distinct())
        {
            message.IsSealed.ShouldBeTrue(message.Name);
            message.BaseType.ShouldBe(typeof(object), message.Name);
            message.GetMethod("<Clone>$").ShouldNotBeNull($"{message.Name} is no record");
        }
    }
}
