using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Stages.Portal.Gateway;

/// <summary>
/// A name that has an address for each copy of a service (a headless service of the cluster): the gateway sees the copies one by one. A
/// name that has none for now is a service that is away, and asked about again; the gateway starts all the same.
/// </summary>
public sealed class CopiesByName(Func<string, CancellationToken, Task<IPAddress[]>> find, ILogger<CopiesByName> logger)
    : IDestinationResolver
{
    /// <summary>In the metadata of a destination whose address is such a name.</summary>
    public const string Named = "copies-by-name";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public CopiesByName(ILogger<CopiesByName> logger)
        : this(Dns.GetHostAddressesAsync, logger) { }

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken
    )
    {
        if (!destinations.Values.Any(IsName))
            return new ResolvedDestinationCollection(destinations, null);
        var found = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        foreach (var (id, destination) in destinations)
        {
            if (!IsName(destination))
                found[id] = destination;
            else
                foreach (var address in await Addresses(new Uri(destination.Address), cancellationToken))
                    found[address] = destination with { Address = address };
        }
        var again = new CancellationTokenSource(Every);
        return new ResolvedDestinationCollection(found, new CancellationChangeToken(again.Token));
    }

    private static bool IsName(DestinationConfig destination) => destination.Metadata?.ContainsKey(Named) == true;

    private async Task<IEnumerable<string>> Addresses(Uri name, CancellationToken cancel)
    {
        try
        {
            var all = await find(name.Host, cancel);
            return all.Select(a =>
                    new UriBuilder(name) { Host = a.ToString() }
                        .Uri.ToString()
                        .TrimEnd('/')
                )
                .Order(StringComparer.Ordinal);
        }
        catch (SocketException e)
        {
            logger.LogWarning("No copies are found under {Name}: {Reason}", name.Host, e.Message);
            return [];
        }
    }
}
