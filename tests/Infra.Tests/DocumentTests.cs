using System.Text.RegularExpressions;
using Shouldly;
using Stages.Contracts;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>What is written beside the code is as true as a test can tell.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Decisions = Path.Combine(Servers.Checkout, "infra", "decisions");

    [Fact]
    public void every_decision_stands_in_the_index_with_a_date_and_a_status()
    {
        var index = File.ReadAllText(Path.Combine(Decisions, "README.md"));
        foreach (var file in Directory.GetFiles(Decisions, "*.md").Where(f => Path.GetFileName(f) != "README.md"))
        {
            index.ShouldContain($"]({Path.GetFileName(file)})");
            string.Join('\n', File.ReadLines(file).Take(4)).ShouldMatch(Dated, Path.GetFileName(file));
        }
    }

    [Theory]
    [InlineData("Enrolment", "Messages in", Topology.Enrolment)]
    [InlineData("Scheduling", "In:", Topology.Scheduling)]
    [InlineData("Notification", "Messages in", Topology.Notification)]
    [InlineData("Classroom", "Reads ", Topology.Classroom)]
    public void a_readme_names_the_messages_that_its_service_reads(string service, string heading, string queue)
    {
        var readme = File.ReadAllText(Path.Combine(Servers.Checkout, "services", service, "README.md"));
        var from = readme.IndexOf(heading, StringComparison.Ordinal);
        from.ShouldBeGreaterThan(0, $"{service} says what it reads");
        // Up to the sentence in which it says what it publishes.
        var named = Message().Matches(readme[from..Ends().Match(readme, from).Index]).Select(m => m.Value);
        named.Order(StringComparer.Ordinal).ShouldBe(Topology.Readers[queue].Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void every_file_that_a_guide_points_to_is_there()
    {
        var guides = Directory
            .GetFiles(Servers.Checkout, "*.md")
            .Concat(Directory.GetDirectories(Path.Combine(Servers.Checkout, "services")).Select(s => Path.Combine(s, "README.md")))
            .Where(File.Exists);
        var dead =
            from guide in guides
            from Match link in Link().Matches(File.ReadAllText(guide))
            let target = Path.Combine(Path.GetDirectoryName(guide)!, link.Groups["to"].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetRelativePath(Servers.Checkout, guide)}: {link.Groups["to"].Value}";
        dead.ShouldBeEmpty();
    }

    private const string Dated = @"\d{4}-\d{2}-\d{2}[,· ]+(in force|accepted|replaced by|withdrawn)";

    /// <summary>Names in code marks, by two words at least: commands and paths look otherwise.</summary>
    [GeneratedRegex(@"(?<=`)[A-Z][a-z]+([A-Z][a-z]+)+(?=`)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Message();

    [GeneratedRegex(@"(\*\*Messages out|None out|\nOut|\bSays )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"\]\((?<to>(?!http|#)[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
