using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>A test waits for what its own action caused: what merely stands there may be of the action before.</summary>
public sealed partial class JourneyTests
{
    [Fact]
    public void nobody_takes_the_newest_message_of_a_mailbox() => Found(Newest()).ShouldBeEmpty();

    [Fact]
    public void what_a_page_shows_after_a_gesture_is_waited_for() => Found(AtOnce()).ShouldBeEmpty();

    [Fact]
    public void nobody_listens_for_a_page_to_load() => Found(Loading()).ShouldBeEmpty();

    private static IEnumerable<string> Found(Regex pattern) =>
        from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "tests"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("JourneyTests.cs", StringComparison.Ordinal)
        from Match match in pattern.Matches(File.ReadAllText(file))
        select $"{Path.GetRelativePath(Servers.Checkout, file)}: {match.Value}";

    /// <summary>Events of loading may have fired before anybody listens; <c>Arrivals</c> says how it is done.</summary>
    [GeneratedRegex(@"\b(WaitForURLAsync|WaitForLoadStateAsync|RunAndWaitForNavigationAsync)\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Loading();

    /// <summary>The last of a list of mails, within one statement; <see cref="MailFolder.Caused"/> says how it is done.</summary>
    [GeneratedRegex(@"\b(Mailbox|Mails|To\(|Gets\()[^;]*?(\[\^\d\]|\.Last(OrDefault)?\()", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Newest();

    /// <summary>A gesture, and the page read in the very next statement, which a slow page has not changed yet.</summary>
    [GeneratedRegex(
        @"(ClickAsync|PressAsync)\([^;]*;\s*(\(\s*await|[^;\n]*\.Url)[^;]*?"
            + @"(CountAsync|InnerTextAsync|AttributeAsync|InputValueAsync|IsVisibleAsync|ContentAsync|\.Url)[^;]*?Should",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex AtOnce();
}
