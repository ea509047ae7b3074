using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>When somebody is woken: each rule is one that Prometheus takes, has been seen to ring, and says what to do.</summary>
public sealed partial class AlertTests
{
    private static readonly string Folder = Path.Combine(Servers.Checkout, "infra", "observe");

    private static string Rules => File.ReadAllText(Path.Combine(Folder, "alerts.yaml"));

    private static string[] Alerts => [.. Name().Matches(Rules).Select(m => m.Groups["name"].Value)];

    [Fact]
    public async Task prometheus_takes_the_rules_and_each_rings_when_it_should()
    {
        await Promtool("check", "rules", "alerts.yaml");
        var told = await Promtool("test", "rules", "alerts.test.yaml");
        told.ShouldContain("SUCCESS");
    }

    [Fact]
    public void each_is_tried_and_has_its_page_in_the_runbook()
    {
        Alerts.Length.ShouldBeGreaterThan(12);
        var tried = Tried().Matches(File.ReadAllText(Path.Combine(Folder, "alerts.test.yaml"))).Select(m => m.Groups["name"].Value);
        tried.ShouldBe(Alerts);
        var pages = Page().Matches(File.ReadAllText(Path.Combine(Folder, "runbook.md"))).Select(m => m.Groups["name"].Value);
        pages.ShouldBe(Alerts);
    }

    /// <summary>A figure that is renamed in the code would leave its alert silent for ever.</summary>
    [Fact]
    public void all_figures_of_ours_that_they_look_at_are_made_somewhere()
    {
        var made = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Made().Matches(File.ReadAllText(file)))
            .Select(m => m.Groups["name"].Value.Replace('.', '_'))
            .ToHashSet(StringComparer.Ordinal);
        var asked = Asked().Matches(Rules).Select(m => Suffix().Replace(m.Value, "")).Distinct(StringComparer.Ordinal).ToList();
        asked.Count.ShouldBeGreaterThan(8);
        asked.Where(figure => !made.Contains(figure)).ShouldBeEmpty();
    }

    private static async Task<string> Promtool(params string[] arguments)
    {
        using var run = Process.Start(
            new ProcessStartInfo("promtool", arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var (said, complained) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(0, await said + await complained);
        return await said;
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"- name: (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tried();

    [GeneratedRegex(@"^## (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Page();

    [GeneratedRegex(@"""(?<name>stages\.[a-z_.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();

    [GeneratedRegex(@"\bstages_[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("(_seconds)?(_bucket|_count|_total)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
