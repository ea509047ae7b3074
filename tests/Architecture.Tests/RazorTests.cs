using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>What Razor components do with what is written in them.</summary>
public sealed partial class RazorTests
{
    /// <summary>A component encodes an attribute that has an expression: an ampersand that is encoded already leads nowhere.</summary>
    [Fact]
    public void addresses_with_expressions_are_not_encoded_twice() =>
        Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Twice().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileName(file)}: {m.Value}"))
            .ShouldBeEmpty();

    [GeneratedRegex("=\"[^\"\n]*@[^\"\n]*&amp;[^\n]*|=\"[^\"\n]*&amp;[^\"\n]*@[^\n]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Twice();
}
