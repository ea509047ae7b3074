using System.Globalization;
using System.Reflection;
using System.Text;
using Shouldly;
using Stages.Contracts;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// Once shipped a contract only gains optional members: queues hold messages of the last release, and during a rolling upgrade both
/// releases read and write. <c>contracts.released</c> says what is shipped, member by member; it grows by
/// <c>STAGES_WRITE_SNAPSHOT=1</c>, which adds what is new and never takes away.
/// </summary>
public sealed class ContractTests
{
    private const string File = "contracts.released";
    private static readonly string Path = System.IO.Path.Combine(Servers.Checkout, "tests", "Architecture.Tests", File);

    private static readonly SortedDictionary<string, List<Member>> Now = Describe();

    [Fact]
    public void what_was_released_still_stands() => Breaks(Released(), Now).ShouldBeEmpty();

    [Fact]
    public void what_is_new_is_written_down()
    {
        if (Environment.GetEnvironmentVariable("STAGES_WRITE_SNAPSHOT") == "1" && Breaks(Released(), Now).Count == 0)
            System.IO.File.WriteAllText(Path, Text(Now));
        Text(Released()).ShouldBe(Text(Now), $"tests/Architecture.Tests/{File} does not name every contract");
    }

    [Theory]
    [InlineData("A\n  Id: Guid\n  Name: String optional", "A\n  Id: Guid", "A.Name is gone")]
    [InlineData("A\n  Id: Guid", "B\n  Id: Guid", "A is gone")]
    [InlineData("A\n  Id: Guid", "A\n  Id: String", "A.Id was Guid and is String")]
    [InlineData("A\n  Id: Guid", "A\n  Id: Guid?", "A.Id was Guid and is Guid?")]
    [InlineData("A\n  Id: Guid", "A\n  Id: Guid\n  Name: String", "A.Name is new and not optional")]
    [InlineData("A\n  Name: String optional", "A\n  Name: String", "A.Name was optional and is asked for")]
    public void a_break_is_found(string released, string now, string said) => Breaks(Parse(released), Parse(now)).ShouldBe([said]);

    [Theory]
    [InlineData("A\n  Id: Guid", "A\n  Id: Guid\n  Name: String? optional")]
    [InlineData("A\n  Id: Guid", "A\n  Id: Guid\nB\n  Id: Guid")]
    public void growing_is_no_break(string released, string now) => Breaks(Parse(released), Parse(now)).ShouldBeEmpty();

    private static List<string> Breaks(SortedDictionary<string, List<Member>> released, SortedDictionary<string, List<Member>> now) =>
        [
            .. released.Keys.Where(type => !now.ContainsKey(type)).Select(type => $"{type} is gone"),
            .. released.Where(was => now.ContainsKey(was.Key)).SelectMany(was => Breaks(was.Key, was.Value, now[was.Key])),
        ];

    private static IEnumerable<string> Breaks(string type, List<Member> released, List<Member> now)
    {
        foreach (var was in released)
        {
            var member = now.Find(m => m.Name == was.Name);
            if (member is null)
                yield return $"{type}.{was.Name} is gone";
            else if (member.Type != was.Type)
                yield return $"{type}.{was.Name} was {was.Type} and is {member.Type}";
            else if (was.Optional && !member.Optional)
                yield return $"{type}.{was.Name} was optional and is asked for";
        }
        foreach (var added in now.Where(m => !m.Optional && released.TrueForAll(was => was.Name != m.Name)))
            yield return $"{type}.{added.Name} is new and not optional";
    }

    private sealed record Member(string Name, string Type, bool Optional);

    private static SortedDictionary<string, List<Member>> Released() => Parse(System.IO.File.ReadAllText(Path));

    private static SortedDictionary<string, List<Member>> Parse(string text)
    {
        var found = new SortedDictionary<string, List<Member>>(StringComparer.Ordinal);
        List<Member> members = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (!line.StartsWith(' '))
                found[line] = members = [];
            else if (line.Trim().Split(": ") is [var name, var rest])
                members.Add(
                    new(name, rest.Replace(" optional", "", StringComparison.Ordinal), rest.EndsWith(" optional", StringComparison.Ordinal))
                );
        return found;
    }

    private static string Text(SortedDictionary<string, List<Member>> contracts)
    {
        var text = new StringBuilder();
        foreach (var (type, members) in contracts)
        {
            text.Append(type).Append('\n');
            foreach (var member in members)
                text.Append(CultureInfo.InvariantCulture, $"  {member.Name}: {member.Type}{(member.Optional ? " optional" : "")}\n");
        }
        return text.ToString();
    }

    private static SortedDictionary<string, List<Member>> Describe()
    {
        var nullability = new NullabilityInfoContext();
        var records = typeof(Topology).Assembly.GetTypes().Where(t => t.IsPublic && t.GetMethod("<Clone>$") is not null);
        return new(
            records.ToDictionary(
                t => t.FullName!,
                t => t.GetConstructors()[0].GetParameters().Select(p => MemberOf(p, nullability)).ToList()
            ),
            StringComparer.Ordinal
        );
    }

    private static Member MemberOf(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        var question = nullability.Create(parameter).WriteState == NullabilityState.Nullable ? "?" : "";
        return new(parameter.Name!, Name(parameter.ParameterType) + question, parameter.HasDefaultValue);
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? inner.Name
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
