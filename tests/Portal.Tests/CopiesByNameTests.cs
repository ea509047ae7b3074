using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Stages.Portal.Gateway;
using Xunit;
using Yarp.ReverseProxy.Configuration;

namespace Stages.Portal.Tests;

/// <summary>The gateway sees the copies behind a name one by one, also when it starts before them.</summary>
public sealed class CopiesByNameTests
{
    private static readonly Dictionary<string, DestinationConfig> Named = new()
    {
        ["x"] = new DestinationConfig
        {
            Address = "http://classroom-copies:8080",
            Host = "classroom",
            Metadata = new Dictionary<string, string> { [CopiesByName.Named] = "" },
        },
    };

    [Fact]
    public async Task each_address_of_the_name_is_a_copy_and_is_called_by_the_services_own_name()
    {
        var found = await Resolver("10.0.0.9", "10.0.0.7", "fd00::1")
            .ResolveDestinationsAsync(Named, TestContext.Current.CancellationToken);
        found.Destinations.Keys.ShouldBe(["http://10.0.0.7:8080", "http://10.0.0.9:8080", "http://[fd00::1]:8080"], ignoreOrder: true);
        found.Destinations.Values.ShouldAllBe(d => d.Host == "classroom");
        found.Destinations.ShouldAllBe(d => d.Key == d.Value.Address);
        found.ChangeToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_name_without_an_address_is_a_service_that_is_away_for_now()
    {
        var found = await Resolver().ResolveDestinationsAsync(Named, TestContext.Current.CancellationToken);
        found.Destinations.ShouldBeEmpty();
        found.ChangeToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task an_address_is_left_as_it_is()
    {
        var plain = new Dictionary<string, DestinationConfig> { ["y"] = new() { Address = "http://localhost:8084" } };
        var found = await Resolver("10.0.0.9").ResolveDestinationsAsync(plain, TestContext.Current.CancellationToken);
        found.Destinations.ShouldBe(plain);
        found.ChangeToken.ShouldBeNull();
    }

    private static CopiesByName Resolver(params string[] addresses) =>
        new(
            (_, _) =>
                addresses.Length == 0
                    ? throw new SocketException((int)SocketError.HostNotFound)
                    : Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]),
            NullLogger<CopiesByName>.Instance
        );
}
