using System.Globalization;
using System.Reflection;
using System.Text;
using Shouldly;
using Stages.Contracts;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// Once shipped a contract only gains optional members. The snapshot beside this file says what is shipped; a member that is gone,
/// renamed or of another type is a break, a new one must have a default and is then added to the snapshot
/// (<c>STAGES_WRITE_SNAPSHOT=1</c>).
/// </summary>
public sealed class ContractSnapshotTests
{
    private const string File = "contracts.snapshot";

    [Fact]
    public void contracts_are_those_shipped()
    {
        var now = Describe();
        var path = Path.Combine(AppContext.BaseDirectory, File);
        if (Environment.GetEnvironmentVariable("STAGES_WRITE_SNAPSHOT") == "1")
            System.IO.File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", File), now);
        now.ShouldBe(System.IO.File.ReadAllText(path));
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        var nullability = new NullabilityInfoContext();
        foreach (
            var type in typeof(Topology)
                .Assembly.GetTypes()
                .Where(t => t.IsPublic && t.GetMethod("<Clone>$") is not null)
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
        )
        {
            text.Append(type.FullName).Append('\n');
            foreach (var parameter in type.GetConstructors()[0].GetParameters())
            {
                var question = nullability.Create(parameter).WriteState == NullabilityState.Nullable ? "?" : "";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {parameter.Name}: {Name(parameter.ParameterType)}{question}{(parameter.HasDefaultValue ? " optional" : "")}\n"
                );
            }
        }
        return text.ToString();
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? inner.Name
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
