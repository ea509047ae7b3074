using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Whoever follows the walk of CONTRIBUTING.md finds each place that it names, and takes it for no other.</summary>
public sealed partial class WalkTests
{
    private static readonly string Contributing = File.ReadAllText(Path.Combine(Servers.Checkout, "CONTRIBUTING.md"));

    [Fact]
    public void every_place_of_the_walk_stands_once_in_its_file()
    {
        var places = Above().Matches(Contributing).Select(m => (File: m.Groups["file"].Value, Line: m.Groups["line"].Value)).ToList();
        places.Count.ShouldBeGreaterThan(7);
        places.Where(p => CountOf(p.Line, p.File) != 1).Select(p => $"{p.File}: {p.Line}").ShouldBeEmpty();
    }

    [Fact]
    public void every_file_that_stands_as_an_example_is_there() =>
        Link().Matches(Contributing).Select(m => m.Groups["file"].Value).Where(f => !Path.Exists(Of(f))).ShouldBeEmpty();

    private static int CountOf(string line, string file) =>
        File.Exists(Of(file)) ? File.ReadAllText(Of(file)).Split(line, StringSplitOptions.None).Length - 1 : 0;

    private static string Of(string file) => Path.Combine(Servers.Checkout, file);

    [GeneratedRegex(@"in `(?<file>[^`]+)`\s+above\s+`(?<line>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Above();

    [GeneratedRegex(@"\]\((?<file>[^)#:]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
