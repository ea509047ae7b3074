using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>A colour that a rule or a picture says by itself stays as it is by night: each has a name in <c>app.css</c>.</summary>
public sealed partial class ColourTests
{
    private static readonly string Portal = Path.Combine(Servers.Checkout, "services", "Portal");

    /// <summary>Squares that cameras read, and paper.</summary>
    private static readonly string[] White = [".square", ".qr", "body"];

    [Fact]
    public void every_colour_has_a_name_by_day_and_by_night()
    {
        var names = Roots().Matches(Read("wwwroot/app.css")).Select(m => Names(m.Groups["rules"].Value)).ToArray();
        names.Length.ShouldBe(2);
        names[0].Except(names[1]).ShouldBe(["--radius", "--gap"], "what is no colour is the same by day and by night");
        names[1].Except(names[0]).ShouldBeEmpty();
    }

    [Fact]
    public void no_rule_has_a_colour_of_its_own()
    {
        foreach (var sheet in new[] { "wwwroot/app.css", "wwwroot/board.css" })
            Rules()
                .Matches(Roots().Replace(Read(sheet), ""))
                .Where(m => Colour().IsMatch(m.Groups["rules"].Value) && !White.Contains(m.Groups["of"].Value.Trim()))
                .Select(m => m.Groups["of"].Value.Trim())
                .ShouldBeEmpty(sheet);
    }

    /// <summary>The mark of the service, which has its own ground, and squares that cameras read.</summary>
    [Fact]
    public void no_picture_of_a_page_has_a_colour_of_its_own() =>
        Directory
            .EnumerateFiles(Path.Combine(Portal, "Pages"), "*.razor", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is not ("Frame.razor" or "CalendarLink.razor" or "Document.razor"))
            .Where(f => Colour().IsMatch(Links().Replace(File.ReadAllText(f), "")))
            .Select(Path.GetFileName)
            .ShouldBeEmpty();

    private static string Read(string file) => File.ReadAllText(Path.Combine(Portal, file));

    private static string[] Names(string rules) => [.. Named().Matches(rules).Select(m => m.Value)];

    [GeneratedRegex(@":root(:not\([^)]*\))?\s*\{(?<rules>[^}]*--[^}]*)\}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Roots();

    [GeneratedRegex(@"(?<of>[^{};/]+)\{(?<rules>[^{}]*)\}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Rules();

    [GeneratedRegex(@"--[\w-]+(?=:)", RegexOptions.None, 5000)]
    private static partial Regex Named();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", RegexOptions.None, 5000)]
    private static partial Regex Colour();

    [GeneratedRegex("href=\"[^\"]*\"", RegexOptions.None, 5000)]
    private static partial Regex Links();
}
