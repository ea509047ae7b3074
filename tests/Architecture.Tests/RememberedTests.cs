using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Shouldly;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// Everything that a process remembers between requests: what a client types decides neither how much that is nor for how long. What is
/// remembered anew must be named here, with what bounds it.
/// </summary>
public sealed partial class RememberedTests
{
    /// <summary>Has a constant <c>Most</c> and is emptied there.</summary>
    private const string Most = "Most";

    private static readonly Dictionary<string, string> Bounds = new(StringComparer.Ordinal)
    {
        ["RememberedTokens.passed"] = Most,
        ["RememberedSessions.opened"] = Most,
        ["TokenMint.made"] = Most,
        ["RecentPages.pages"] = Most,
        ["RecentPages.underWay"] = "a row for a request that is open, and gone with it; keys of no more than LongestKey",
        ["ApiDocument.parts"] = "a text for each of our services",
        ["PageQueries.Asked"] = "a row for each page there is",
        ["TimetableFeed.boards"] = "a row for an open stream: eight a person (Admission)",
        ["Board.shown"] = "the stages that there are; gone with the stream",
        ["TimeZones.European"] = "zones that exist, which campaigns have, and years in which they are",
        ["Sender.inHand"] = "deliveries that are being sent",
        ["LiveClasses.classes"] = "classes that are open here",
        ["LiveClass.flags"] = "seats of one class, gone with it",
        ["LiveClass.<Here>k__BackingField"] = "seats of one class, gone with it",
        ["HeldHere.classes"] = "classes that are held here, gone when they are put away",
        ["JanusConnection.waiting"] = "questions of ours that a media server has not answered",
        ["JanusConnection.handles"] = "seats on one media server",
        ["MediaNodes.slots"] = "media servers of the configuration",
        ["Remembered.cache"] = "its keys are held below, and what is not there is not kept",
    };

    /// <summary>Of what <see cref="Remembered"/> is asked: constants, ids of what is there, never a word of a request.</summary>
    private static readonly string[] Keys =
    [
        "\"api-document\"",
        "$\"campaign-{id}\"",
        "$\"figures-{campaign}\"",
        "$\"retention-{service}-{language}\"",
        "$\"school-{written}\"",
        "$\"schools-{version?.Hash}\"",
        "KeyOf(id)",
        "PublicFacts.Campaigns",
        "Version",
        "name",
    ];

    [Fact]
    public void whatever_is_remembered_between_requests_is_bounded()
    {
        var found = Types()
            .SelectMany(t =>
                t.GetFields(
                        BindingFlags.Instance
                            | BindingFlags.Static
                            | BindingFlags.Public
                            | BindingFlags.NonPublic
                            | BindingFlags.DeclaredOnly
                    )
                    .Where(f => Remembers(f.FieldType))
                    .Select(f => (Name: $"{t.Name}.{Plain(f.Name)}", Type: t))
            )
            .ToList();
        found.Select(f => f.Name).Distinct().Order().ShouldBe(Bounds.Keys.Order(), "with what bounds it");
        found
            .Where(f => Bounds[f.Name] == Most)
            .Where(f =>
                f.Type.GetField(Most, BindingFlags.Static | BindingFlags.NonPublic)?.GetRawConstantValue() is not (> 0 and <= 50_000)
            )
            .Select(f => f.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void what_is_asked_of_the_shared_memory_has_a_key_of_ours()
    {
        var asked = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => m.Groups["key"].Value))
            .Distinct()
            .Order(StringComparer.Ordinal);
        asked.ShouldBe(Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<Type> Types() =>
        HouseTests
            .ServiceAssemblies.Append(typeof(Remembered).Assembly.GetName().Name!)
            .Distinct()
            .SelectMany(a => Assembly.Load(a).GetTypes())
            .Where(t => !t.Name.Contains("DisplayClass", StringComparison.Ordinal) && !t.Name.StartsWith("<", StringComparison.Ordinal));

    private static bool Remembers(Type type) =>
        typeof(IMemoryCache).IsAssignableFrom(type)
        || typeof(HybridCache).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConcurrentDictionary<,>));

    /// <summary>What a primary constructor is given is kept under a name of the compiler's.</summary>
    private static string Plain(string field) => field.EndsWith(">P", StringComparison.Ordinal) ? field[1..^2] : field;

    [GeneratedRegex(@"known\.(Get|Remember)(<[^(]*>)?\(\s*(?<key>\$?""[^""]*""|[\w.]+(\(\w+\))?),", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Asked();
}
