using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>A call of ours goes where it was configured to, never on to where an answer points.</summary>
public sealed partial class OutwardTests
{
    private static readonly IReadOnlyList<(string Name, string Text)> Sources =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f))),
    ];

    [Fact]
    public void every_handler_says_that_it_follows_no_redirects()
    {
        var handlers = Sources.SelectMany(s => Handler().Matches(s.Text).Select(m => $"{s.Name}: {m.Value}")).ToList();
        handlers.Count.ShouldBeGreaterThan(4);
        handlers.Where(h => !h.Contains("AllowAutoRedirect = false", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void every_client_has_such_a_handler() =>
        Sources
            .Where(s => Count(s.Text, "AddHttpClient<") > Count(s.Text, "ConfigurePrimaryHttpMessageHandler("))
            .Select(s => s.Name)
            .ShouldBeEmpty();

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(
        @"new (SocketsHttpHandler|HttpClientHandler)(\(\))?\s*(\{[^}]*\})?|new HttpClient\(\)",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Handler();
}
