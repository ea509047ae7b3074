using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>The table of security, as far as a test can hold it: it counts right, and names what is there.</summary>
public sealed partial class SecurityTableTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Servers.Checkout, "infra", "security.md"));

    private sealed record Asked(string Chapter, string Id, bool IsThird, string State, string Text);

    private static readonly IReadOnlyList<Asked> Rows = [.. Read()];

    private static readonly string[] States = ["met", "partly", "not met", "n.a."];

    [Fact]
    public void it_counts_right()
    {
        Rows.ShouldAllBe(row => States.Contains(row.State));
        Rows.Select(row => row.Id).ShouldBeUnique();
        foreach (var chapter in Rows.Where(row => !row.IsThird).GroupBy(row => row.Chapter))
            Lines.ShouldContain($"| {chapter.Key} | {Counted(chapter)} |");
        Lines.ShouldContain($"| **levels 1 and 2** | {Counted(Rows.Where(row => !row.IsThird))} |");
        Lines.ShouldContain($"| level 3, of V8, V14, V16 | {Counted(Rows.Where(row => row.IsThird))} |");
    }

    [Fact]
    public void what_is_open_says_what_would_close_it() =>
        Rows.Where(row => row.State is "partly" or "not met")
            .Where(row => !Closing().IsMatch(row.Text))
            .Select(row => row.Text)
            .ShouldBeEmpty();

    [Fact]
    public void the_tests_and_pages_that_it_names_are_there()
    {
        var tests = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToArray();
        var missing =
            from row in Rows
            from Match named in Test().Matches(row.Text)
            let name = named.Groups["name"].Value
            let method = named.Groups["method"].Value
            where
                !tests.Any(t =>
                    Regex.IsMatch(t, $@"class {name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
                    && (method.Length == 0 || t.Contains($" {method}(", StringComparison.Ordinal))
                )
            select $"{row.Id}: {named.Value}";
        missing.ShouldBeEmpty();
        var pages =
            from row in Rows
            from Match named in Page().Matches(row.Text)
            where
                !File.Exists(Path.Combine(Servers.Checkout, "infra", "decisions", named.Groups["page"].Value))
                && !File.Exists(Path.Combine(Servers.Checkout, "infra", named.Groups["page"].Value))
            select $"{row.Id}: {named.Value}";
        pages.ShouldBeEmpty();
    }

    private static IEnumerable<Asked> Read()
    {
        var chapter = "";
        foreach (var line in Lines)
            if (line.StartsWith("## V", StringComparison.Ordinal))
                chapter = line[3..];
            else if (Row().Match(line) is { Success: true } row)
                yield return new Asked(
                    chapter,
                    row.Groups["id"].Value,
                    row.Groups["third"].Length > 0,
                    line.Trim('|').Split('|')[2].Trim(),
                    line
                );
    }

    private static string Counted(IEnumerable<Asked> rows)
    {
        var all = rows.ToArray();
        return string.Join(" | ", States.Select(s => all.Count(row => row.State == s)).Append(all.Length));
    }

    [GeneratedRegex(@"^\| (?<id>\d+\.\d+\.\d+)(?<third> L3)? \|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("[Cc]loses|[Tt]he operator|not tried", RegexOptions.None, 1000)]
    private static partial Regex Closing();

    [GeneratedRegex(@"`(?<name>\w+Tests)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();

    [GeneratedRegex(@"[`(](?<page>[\w-]+\.md)[`)]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Page();
}
