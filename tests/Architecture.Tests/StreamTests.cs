using Shouldly;
using Stages.Portal.Gateway;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// What lasts for hours is known to the gateway by its address, and counted apart; it ends with the token that opened it.
/// </summary>
public sealed class StreamTests
{
    private static string[] With(string word) =>
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where line.Contains(word, StringComparison.Ordinal)
            select line.Trim(),
        ];

    [Fact]
    public void every_stream_and_every_hub_is_named_in_the_gateway()
    {
        With("Results.ServerSentEvents(").Length.ShouldBe(Routes.LongLived.Count(p => p.EndsWith("/events", StringComparison.Ordinal)));
        With(".MapHub<").ShouldAllBe(line => line.Contains("(\"/hubs/", StringComparison.Ordinal));
        Routes.LongLived.ShouldContain("/hubs/{**rest}");
        Routes.LongLived.Except(Routes.All.Select(r => r.Match.Path!)).ShouldBeEmpty();
    }

    [Fact]
    public void a_stream_lasts_no_longer_than_its_token() =>
        With("Results.ServerSentEvents(").ShouldAllBe(line => line.Contains("WhileTokenLasts(", StringComparison.Ordinal));
}
