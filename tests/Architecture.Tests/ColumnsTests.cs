using System.Diagnostics;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// No line that a person writes is longer than a screen. What a tool could not break (a long text, a query, a tag) is broken by
/// hand; there is no list of exceptions, because data (snapshots, tables, CSV) are other kinds of files than these.
/// </summary>
public sealed class ColumnsTests
{
    private const int Columns = 140;

    private static readonly string[] Languages = [".cs", ".razor", ".css", ".sh", ".ts", ".tsx", ".js", ".mjs"];

    [Fact]
    public void no_line_is_longer_than_140_columns() =>
        Written()
            .SelectMany(file =>
                File.ReadLines(Path.Combine(Servers.Checkout, file))
                    .Select((line, index) => (line, place: $"{file}:{index + 1}"))
                    .Where(l => l.line.Length > Columns)
            )
            .Select(l => $"{l.place} has {l.line.Length}")
            .ShouldBeEmpty();

    [Fact]
    public void scripts_without_an_extension_are_looked_at_too() =>
        Written().ShouldContain("infra/run", "what git knows, or how a script is recognised, has changed");

    private static IEnumerable<string> Written() => Known().Where(file => Languages.Contains(Path.GetExtension(file)) || IsScript(file));

    private static bool IsScript(string file) =>
        Path.GetExtension(Path.GetFileName(file)).Length == 0
        && File.ReadLines(Path.Combine(Servers.Checkout, file)).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true;

    /// <summary>What is under version control and still there: no build output, no package, nothing that a run leaves behind.</summary>
    private static List<string> Known()
    {
        var start = new ProcessStartInfo("git", ["-c", "core.quotePath=off", "ls-files", "--deduplicate"])
        {
            WorkingDirectory = Servers.Checkout,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return [.. files.Where(file => File.Exists(Path.Combine(Servers.Checkout, file)))];
    }
}
