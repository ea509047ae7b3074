using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>What a template may not say, where the compiler has nothing against it.</summary>
public sealed partial class PageSourceTests
{
    /// <summary>
    /// The renderer does one thing at a time: a page that blocks on an answer waits for whom it keeps from coming, for ever, and
    /// holds its visitor's place.
    /// </summary>
    [Fact]
    public void a_page_awaits_and_never_blocks() => Lines(Blocks()).ShouldBeEmpty();

    /// <summary>The policy of every page forbids both, so that what somebody smuggles into a name does nothing.</summary>
    [Fact]
    public void a_page_has_neither_styles_nor_scripts_in_its_text() => Lines(Inline()).ShouldBeEmpty();

    // Mails know no other styles than those in their text.
    private static IEnumerable<string> Lines(Regex what) =>
        from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services", "Portal"), "*.razor", SearchOption.AllDirectories)
        from line in File.ReadLines(file)
        where what.IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()}";

    [GeneratedRegex(@"\.Result\.|\.Wait\(\)|GetAwaiter\(\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(
        @"\sstyle=|<style|<script(?![^>]*\s(?:src=|type=""application/json""))|\son[a-z]+=""[^@]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Inline();
}
