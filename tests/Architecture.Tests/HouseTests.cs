using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.Contracts;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>The borders of the house, held by the compiled assemblies and by the sources as they stand.</summary>
public sealed partial class HouseTests
{
    private static readonly string Checkout = FindCheckout();

    private static readonly string[] ServiceAssemblies =
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
                || a.StartsWith("Stages.", StringComparison.Ordinal)
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
        Offenders(@"TimeProvider|DateTimeOffset\.(Now|UtcNow)|Stopwatch|Environment\.TickCount", except: [])
            .Where(o => o.StartsWith("services/Vocabulary/", StringComparison.Ordinal))
            .ShouldBeEmpty("the vocabulary has no clock");
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

    [Fact]
    public void only_the_journal_and_the_inbox_and_group_commit_save() =>
        Offenders(
                @"\.SaveChanges(Async)?\(",
                except: ["ServiceDefaults/Events/Journal.cs", "ServiceDefaults/Events/Inbox.cs", "ServiceDefaults/Events/GroupCommit.cs"]
            )
            .ShouldBeEmpty();

    [Fact]
    // A camera's pictures are published too, to the media server: no message.
    public void only_the_outbox_publishes() =>
        Offenders(
                @"(?<!\bmedia)\.Publish(Batch)?\((?!\s*typeof)|IPublishEndpoint",
                except: ["ServiceDefaults/Events/Outbox.cs", "ServiceDefaults/Events/LateEvents.cs", "ServiceDefaults/Messages/Bus.cs"]
            )
            .ShouldBeEmpty();

    [Fact]
    public void nobody_waits_by_the_clock() => Offenders(@"Task\.Delay\(|Thread\.Sleep\(", except: [], everywhere: true).ShouldBeEmpty();

    [Fact]
    public void hangfire_comes_from_the_container() =>
        Offenders(@"\b(RecurringJob|BackgroundJob)\.(AddOrUpdate|Enqueue|Schedule|RemoveIfExists)", except: []).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void what_an_aggregate_applies_is_public(string service)
    {
        // Marten skips an Apply that it cannot see, in silence.
        foreach (var type in Assembly.Load(service).GetTypes())
        {
            var hidden = type.GetMethods(BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m =>
                    m.Name is "Apply" or "Create" or "ShouldDelete"
                    && m.GetParameters().Any(p => p.ParameterType.Namespace?.StartsWith("Stages.", StringComparison.Ordinal) == true)
                )
                .Where(m => m.ReturnType == type);
            hidden.ShouldBeEmpty($"{type.FullName} hides an Apply or Create");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void states_are_never_changed_in_place(string service)
    {
        // A class whose Apply returns itself is a state: with inline snapshots a setter called by hand would be kept and the event applied as well.
        foreach (
            var state in Assembly
                .Load(service)
                .GetTypes()
                .Where(t =>
                    t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                        .Any(m => m.Name == "Apply" && m.ReturnType == t)
                )
        )
        {
            var setters = state
                .GetProperties()
                .Where(p =>
                    p.SetMethod is { IsPublic: true } set
                    && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                );
            setters.Select(p => p.Name).ShouldBeEmpty($"{state.FullName} can be changed in place");
        }
    }

    private static List<string> Offenders(string pattern, string[] except, bool everywhere = false)
    {
        var folders = everywhere ? new[] { "services", "contracts", "tests", "infra" } : ["services"];
        var regex = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return
        [
            .. from folder in folders
            from file in Directory.EnumerateFiles(Path.Combine(Checkout, folder), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Checkout, file).Replace('\\', '/')
            where
                !BuildOutput().IsMatch(path)
                && !path.EndsWith("HouseTests.cs", StringComparison.Ordinal)
                && !except.Any(e => path.EndsWith(e, StringComparison.Ordinal))
            from line in File.ReadLines(file).Select((text, index) => (text, number: index + 1))
            where regex.IsMatch(line.text) && !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{path}:{line.number}: {line.text.Trim()}",
        ];
    }

    [GeneratedRegex("/(bin|obj|node_modules)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BuildOutput();

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Stages.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Stages.sln is above no folder of this test.");
    }
}
