using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shouldly;
using Stages.ServiceDefaults;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Services write through the journal alone, and only what their stores were told of; read from the compiled services.</summary>
public sealed class JournalTests(ITestOutputHelper output)
{
    private static readonly string[] WritingSessions = ["Marten.IDocumentSession", "Marten.IDocumentOperations"];

    private static readonly string[] OfDocuments =
    [
        "Load",
        "LoadAsync",
        "LoadManyAsync",
        "Query",
        "QueryAsync",
        "Store",
        "Insert",
        "Delete",
        "DeleteWhere",
        "AndStore",
        "AndInsert",
        "AndDelete",
        "AndDeleteWhere",
    ];

    [Fact]
    public void nothing_writes_past_the_three_doors()
    {
        string[] found = [.. HouseTests.ServiceAssemblies.SelectMany(WritersIn).Distinct().Order(StringComparer.Ordinal)];
        output.WriteLine(string.Join(Environment.NewLine, found));
        found.ShouldBeEmpty("Decide, Start or Consume of the journal writes; IDocumentSession does not");
    }

    [Theory]
    [MemberData(nameof(HouseTests.Services), MemberType = typeof(HouseTests))]
    public void a_store_is_told_of_every_document_beforehand(string service)
    {
        using var compiled = ModuleDefinition.ReadModule(Assembly.Load(service).Location);
        var bodies = compiled.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray();
        var used = bodies.SelectMany(Generics).Where(IsOfDocuments).Select(Own).OfType<string>().Distinct().ToArray();
        var told = bodies
            .SelectMany(Generics)
            .Where(m => m.Name is "For" or "Snapshot" or "RegisterDocumentType")
            .Select(Own)
            .Concat(bodies.Where(m => Called(m).Any(c => c.Name == "RegisterDocumentTypes")).SelectMany(TypesNamed))
            .ToHashSet(StringComparer.Ordinal);
        used.ShouldNotBeEmpty();
        used.Where(d => !told.Contains(d)).ShouldBeEmpty("tables made by whoever comes first: of many at once, all but one fail");
    }

    private static IEnumerable<string> WritersIn(string service)
    {
        using var compiled = ModuleDefinition.ReadModule(Assembly.Load(service).Location);
        return
        [
            .. from type in compiled.GetTypes()
            let owner = Outermost(type)
            where !IsProjection(owner) && owner.Name != "Program"
            from method in type.Methods
            where Named(method).Any(n => WritingSessions.Any(s => n.Contains(s, StringComparison.Ordinal))) || BulkInserts(method)
            select owner.FullName,
        ];
    }

    /// <summary>Every type that the method names, in its signature or on its way.</summary>
    private static IEnumerable<string> Named(MethodDefinition method) =>
        method
            .Parameters.Select(p => p.ParameterType.FullName)
            .Append(method.ReturnType.FullName)
            .Concat(method.HasBody ? method.Body.Variables.Select(v => v.VariableType.FullName) : [])
            .Concat(
                Operands(method)
                    .SelectMany(o =>
                        o switch
                        {
                            MethodReference m => [m.DeclaringType.FullName, m.ReturnType.FullName],
                            FieldReference f => [f.FieldType.FullName],
                            TypeReference t => [t.FullName],
                            _ => Array.Empty<string>(),
                        }
                    )
            );

    private static bool BulkInserts(MethodDefinition method) =>
        Called(method).Any(c => c.Name.StartsWith("BulkInsert", StringComparison.Ordinal));

    private static bool IsProjection(TypeDefinition type) =>
        type.BaseType?.Namespace is { } from
        && (from.StartsWith("Marten.Events", StringComparison.Ordinal) || from.StartsWith("JasperFx.Events", StringComparison.Ordinal));

    private static bool IsOfDocuments(GenericInstanceMethod method) =>
        OfDocuments.Contains(method.Name)
        && method.DeclaringType.Name != "IAdvancedSql"
        && (
            method.DeclaringType.Namespace.StartsWith("Marten", StringComparison.Ordinal)
            || method.DeclaringType.FullName == typeof(Reading).FullName
            || method.DeclaringType.FullName == typeof(Decision).FullName
        );

    /// <summary>The service's own type in it; null for a type parameter or one of another assembly.</summary>
    private static string? Own(GenericInstanceMethod method) => (method.GenericArguments[0] as TypeDefinition)?.FullName;

    private static IEnumerable<GenericInstanceMethod> Generics(MethodDefinition method) => Operands(method).OfType<GenericInstanceMethod>();

    private static IEnumerable<MethodReference> Called(MethodDefinition method) => Operands(method).OfType<MethodReference>();

    private static IEnumerable<string> TypesNamed(MethodDefinition method) =>
        method
            .Body.Instructions.Where(i => i.OpCode == OpCodes.Ldtoken)
            .Select(i => i.Operand)
            .OfType<TypeReference>()
            .Select(t => t.FullName);

    private static IEnumerable<object> Operands(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select(i => i.Operand).Where(o => o is not null) : [];

    private static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type;
    }
}
