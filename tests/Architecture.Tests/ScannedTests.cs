using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Whatever takes more than a form takes files: all of them are looked through for viruses (<c>VirusScanner</c>).</summary>
public sealed partial class ScannedTests
{
    /// <summary>Who asks the scanner for a page that takes a file itself.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["ImportPage.razor"] = "ImportDesk.cs",
        ["ProposeResourcePage.razor"] = "ProposeResource.cs",
    };

    private static readonly string[] Doors =
    [
        "ImportPage.razor",
        "ImportSchools.cs",
        "HandFiles.cs",
        "Pages.cs",
        "ProposeResource.cs",
        "ProposeResourcePage.razor",
        "RecordingPieces.cs",
    ];

    [Fact]
    public void every_door_for_files_asks_the_scanner()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(f => f, File.ReadAllText, StringComparer.Ordinal);
        var doors = sources.Where(s => Door().IsMatch(s.Value)).Select(s => Path.GetFileName(s.Key)).ToArray();
        doors.ShouldBe(Doors, ignoreOrder: true);
        foreach (var door in doors.Select(d => Elsewhere.GetValueOrDefault(d, d)))
            sources.ShouldContain(s => Path.GetFileName(s.Key) == door && s.Value.Contains("scanner.Look("), door);
    }

    [GeneratedRegex(@"RequestSizeLimit(?:Attribute)?\(|\.OpenReadStream\(|\.Form\.Files\[", RegexOptions.None, 1000)]
    private static partial Regex Door();
}
