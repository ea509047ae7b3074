using System.Reflection;
using Mono.Cecil;
using Shouldly;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// The library of the bus can be left: what services know of it is that they are handed a message, and all else lies in ServiceDefaults
/// (<c>infra/decisions/the-bus-can-be-left.md</c>). Read from what is compiled.
/// </summary>
public sealed class BusTests(ITestOutputHelper output)
{
    /// <summary>A message, what it says of itself, and the token of who hands it out.</summary>
    private static readonly string[] Handed =
    [
        "MassTransit.IConsumer",
        "MassTransit.IConsumer`1",
        "MassTransit.ConsumeContext",
        "MassTransit.ConsumeContext`1",
        "MassTransit.MessageContext",
        "MassTransit.PipeContext",
    ];

    [Fact]
    public void services_know_of_the_bus_that_it_hands_them_messages()
    {
        var used = HouseTests.ServiceAssemblies.ToDictionary(s => s, OfTheBus, StringComparer.Ordinal);
        output.WriteLine(string.Join(Environment.NewLine, used.Select(u => $"{u.Key}: {string.Join(", ", u.Value)}")));
        // It reads what is compiled: somebody is handed messages.
        used.Values.Count(types => types.Contains("MassTransit.IConsumer`1")).ShouldBeGreaterThan(2);
        used.SelectMany(u => u.Value.Except(Handed, StringComparer.Ordinal).Select(type => $"{u.Key} uses {type}")).ShouldBeEmpty();
    }

    [Fact]
    public void contracts_know_no_bus_at_all()
    {
        using var compiled = ModuleDefinition.ReadModule(typeof(Contracts.Topology).Assembly.Location);
        compiled.AssemblyReferences.Select(a => a.Name).ShouldNotContain(name => name.StartsWith("MassTransit", StringComparison.Ordinal));
    }

    private static string[] OfTheBus(string service)
    {
        using var compiled = ModuleDefinition.ReadModule(Assembly.Load(service).Location);
        return
        [
            .. compiled
                .GetTypeReferences()
                .Where(t => t.Scope.Name.StartsWith("MassTransit", StringComparison.Ordinal))
                .Select(t => t.FullName)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
