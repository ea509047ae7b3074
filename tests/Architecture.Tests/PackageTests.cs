using System.Xml.Linq;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Every pinned version is somebody's: of a project that names the package, or of a package that asks for it.</summary>
public sealed class PackageTests
{
    private const string Transitive = "Asked for by packages alone";

    [Fact]
    public void every_pin_is_referenced_by_a_project()
    {
        var named = Projects().SelectMany(p => Names(XDocument.Load(p), "PackageReference")).ToHashSet(StringComparer.Ordinal);
        Pins(transitive: false).Except(named).ShouldBeEmpty();
        Pins(transitive: true).Intersect(named).ShouldBeEmpty("named by a project: it belongs to another group");
    }

    [Fact]
    public void every_pin_of_what_packages_ask_for_is_restored()
    {
        // This project stands upon every service.
        var restored = File.ReadAllText(Path.Combine(Servers.Checkout, "tests/Architecture.Tests/obj/project.assets.json"));
        Pins(transitive: true).Where(p => !restored.Contains($"\"{p}/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Pins(bool transitive) =>
        XDocument
            .Load(Path.Combine(Servers.Checkout, "Directory.Packages.props"))
            .Descendants("ItemGroup")
            .Where(g => g.Attribute("Label")?.Value == Transitive == transitive)
            .SelectMany(g => Names(g, "PackageVersion"));

    private static IEnumerable<string> Names(XContainer within, string element) =>
        within.Descendants(element).Select(e => e.Attribute("Include")?.Value).OfType<string>();

    private static IEnumerable<string> Projects() =>
        new[] { "services", "contracts", "tests", "infra" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Servers.Checkout, f), "*.csproj", SearchOption.AllDirectories))
            .Append(Path.Combine(Servers.Checkout, "Directory.Build.props"));
}
