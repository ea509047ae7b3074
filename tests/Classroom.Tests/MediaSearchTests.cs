using CsCheck;
using Microsoft.Extensions.Options;
using Shouldly;
using Stages.Classrooms.Media;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Which media servers there are: what a name says, and what follows from several answers.</summary>
public sealed class MediaSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Gen<FoundServer[]> SomeServers = Gen.Int[0, 9]
        .Array[1, 8]
        .Select(numbers => numbers.Distinct().Order().Select(n => Server($"media-{n}")).ToArray());

    [Fact]
    public void who_is_named_is_there_at_once_and_who_is_not_stays_for_a_while() =>
        Gen.Select(SomeServers, SomeServers, Gen.Int[0, 20])
            .Sample(
                (first, second, seconds) =>
                {
                    var one = MediaServersFound.After(null, first, Patience, Now)!;
                    one.Servers.ShouldBe(first);
                    var two = MediaServersFound.After(one, second, Patience, Now)!;
                    two.Servers.Select(s => s.Name).ShouldBe(first.Union(second, SameName).Select(s => s.Name), ignoreOrder: true);
                    // The same answer again, a while later.
                    var later = MediaServersFound.After(two, second, Patience, Now.AddSeconds(seconds))!;
                    var there = seconds < Patience.TotalSeconds ? first.Union(second, SameName) : second;
                    later.Servers.Select(s => s.Name).ShouldBe(there.Select(s => s.Name), ignoreOrder: true);
                    // Who comes back is as if they had never been away.
                    MediaServersFound
                        .After(later, first, Patience, Now.AddSeconds(seconds))!
                        .Servers.ShouldBe(
                            first.Concat(
                                later
                                    .Servers.Where(s => !first.Contains(s, SameName))
                                    .Select(s => s with { MissingSince = s.MissingSince ?? Now.AddSeconds(seconds) })
                            ),
                            ignoreOrder: true
                        );
                }
            );

    [Fact]
    public void nothing_new_and_nobody_named_change_nothing() =>
        SomeServers.Sample(servers =>
        {
            var known = MediaServersFound.After(null, servers, Patience, Now);
            MediaServersFound.After(known, [], Patience, Now.AddDays(1)).ShouldBeSameAs(known);
            MediaServersFound.After(known, servers, Patience, Now.AddDays(1)).ShouldBeSameAs(known);
            MediaServersFound.After(null, [], Patience, Now).ShouldBeNull();
        });

    [Fact]
    public async Task a_name_says_its_servers_and_each_question_is_answered_anew()
    {
        await using var names = new Names();
        var search = new MediaNames(Options.Create(Searching(names, "_api._tcp.media.test")));
        await names.SayServers("_api._tcp.media.test", "media.test", [("media-0", 18188), ("media-1", 18189)]);
        (await search.Ask(default)).ShouldBe(
            [
                new FoundServer("media-0", "media-0.media.test", "127.0.0.1", 18188),
                new FoundServer("media-1", "media-1.media.test", "127.0.0.1", 18189),
            ],
            ignoreOrder: true
        );
        // An hour is what the answer said of its life.
        await names.SayServers("_api._tcp.media.test", "media.test", [("media-1", 18189), ("media-2", 18190)]);
        (await search.Ask(default)).Select(s => s.Name).ShouldBe(["media-1", "media-2"], ignoreOrder: true);
        await names.SayServers("_api._tcp.media.test", "media.test", []);
        (await search.Ask(default)).ShouldBeEmpty();
        names.Silence();
        await Should.ThrowAsync<MediaFault>(() => search.Ask(default));
    }

    [Fact]
    public async Task a_name_with_addresses_alone_is_a_server_for_each()
    {
        await using var names = new Names();
        var search = new MediaNames(Options.Create(Searching(names, "media.test")));
        await names.SayAddresses("media.test", ["127.0.0.2", "127.0.0.3", "127.0.0.4"]);
        (await search.Ask(default)).ShouldBe(
            new[] { "127.0.0.2", "127.0.0.3", "127.0.0.4" }.Select(ip => new FoundServer(ip, "media.test", ip, 8188)),
            ignoreOrder: true
        );
    }

    private static readonly IEqualityComparer<FoundServer> SameName = EqualityComparer<FoundServer>.Create(
        (a, b) => a?.Name == b?.Name,
        s => s.Name.GetHashCode(StringComparison.Ordinal)
    );

    private static FoundServer Server(string name) => new(name, name + ".media.test", "10.0.0.1", 8188);

    private static ClassroomOptions Searching(Names names, string name) =>
        new()
        {
            MediaSearch = new MediaSearchOptions { Name = name, Resolver = names.Address },
        };
}
