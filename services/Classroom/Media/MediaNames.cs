using System.Globalization;
using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Stages.Classrooms.Media;

/// <summary>Asks for the media servers by name, and keeps no answer: who comes or goes is known at the next question.</summary>
public sealed class MediaNames(IOptions<ClassroomOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lazy<LookupClient> resolver = new(() => new LookupClient(Settings(options.Value.MediaSearch.Resolver)));

    /// <returns>Nobody, when the answer is that there is nobody.</returns>
    /// <exception cref="MediaFault">Nobody answers.</exception>
    public async Task<IReadOnlyList<FoundServer>> Ask(CancellationToken cancel)
    {
        var search = options.Value.MediaSearch;
        try
        {
            return search.Name.StartsWith('_')
                ? await AskForServices(search.Name, cancel)
                :
                [
                    .. Addresses((await Query(search.Name, QueryType.A, cancel)).Answers, search.Name)
                        .Distinct(StringComparer.Ordinal)
                        .Select(ip => new FoundServer(ip, search.Name, ip, search.Port)),
                ];
        }
        catch (DnsResponseException e)
        {
            throw new MediaFault($"nobody says where {search.Name} is: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<FoundServer>> AskForServices(string name, CancellationToken cancel)
    {
        var answer = await Query(name, QueryType.SRV, cancel);
        var servers = new List<FoundServer>();
        foreach (var service in answer.Answers.SrvRecords().DistinctBy(s => s.Target.Value))
        {
            var host = service.Target.Value.TrimEnd('.');
            var ip =
                Addresses(answer.Additionals, host).FirstOrDefault()
                ?? Addresses((await Query(host, QueryType.A, cancel)).Answers, host).FirstOrDefault();
            // A name without an address is on its way in, or out.
            if (ip is not null)
                servers.Add(new FoundServer(host.Split('.')[0], host, ip, service.Port));
        }
        return servers;
    }

    private Task<IDnsQueryResponse> Query(string name, QueryType type, CancellationToken cancel) =>
        resolver.Value.QueryAsync(name.TrimEnd('.') + ".", type, cancellationToken: cancel);

    private static IEnumerable<string> Addresses(IEnumerable<DnsResourceRecord> records, string host) =>
        records
            .ARecords()
            .Where(a => string.Equals(a.DomainName.Value.TrimEnd('.'), host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            .Select(a => a.Address.ToString());

    private static LookupClientOptions Settings(string resolver)
    {
        var settings =
            resolver.Length == 0 ? new LookupClientOptions()
            : IPEndPoint.TryParse(resolver, out var end)
                ? new LookupClientOptions(end.Port == 0 ? new IPEndPoint(end.Address, NameServer.DefaultPort) : end)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{resolver} is no address of a resolver."));
        (settings.UseCache, settings.Timeout, settings.Retries, settings.ThrowDnsErrors) = (false, Patience, 1, false);
        return settings;
    }
}
