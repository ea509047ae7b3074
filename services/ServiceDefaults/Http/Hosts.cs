using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Stages.ServiceDefaults;

/// <summary>To which names a service answers, and whom it believes about who is calling (<c>infra/decisions/one-address.md</c>).</summary>
public static class Hosts
{
    /// <summary>
    /// Networks of the proxies in front of us, such as <c>10.0.0.0/8</c>: theirs alone are the X-Forwarded headers believed.
    /// </summary>
    public const string Proxies = "ForwardedHeaders:KnownNetworks";

    private static readonly string[] Loopback = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    /// <summary>A request for another name than those under which this service is configured is answered 400.</summary>
    public static void AddHosts(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment,
        string name
    ) =>
        services.Configure<HostFilteringOptions>(o =>
        {
            o.AllowedHosts = Names(configuration, environment, name);
            o.AllowEmptyHosts = false;
        });

    /// <param name="name">Of the service, as in <c>Services:Enrolment</c> and <c>Copies:Enrolment</c>, whatever its case.</param>
    public static IList<string> Names(IConfiguration configuration, IHostEnvironment environment, string name)
    {
        var addresses = string.Join(';', configuration[$"Services:{name}"], configuration[$"Copies:{name}"]);
        string[] own =
        [
            .. addresses
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(address => HostString.FromUriComponent(new Uri(address)).Host)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (environment.IsLocalRun())
            return [.. own, .. Loopback];
        return own.Length > 0
            ? own
            : throw new InvalidOperationException($"Services:{name} is not configured: the name under which it is called.");
    }

    /// <summary>
    /// The scheme and the client's address as the proxies in front tell them, then the one address that frameworks make theirs from
    /// (redirections, OpenID Connect). Where no network of proxies is configured, nobody's headers are believed.
    /// </summary>
    /// <param name="closedInClear">
    /// What programs ask for. One that came to a proxy of ours by http has shown its token to everybody on the way: it is told so, and
    /// not led on to https, where it would go on for years. People's browsers are the proxy's to redirect.
    /// </param>
    public static IApplicationBuilder UsePublicAddress(this IApplicationBuilder app, Func<PathString, bool> closedInClear)
    {
        var services = app.ApplicationServices;
        var address = services.GetRequiredService<PublicAddress>();
        if (KnownNetworks(services.GetRequiredService<IConfiguration>(), address.IsLocal) is { Count: > 0 } networks)
            app.UseForwardedHeaders(Believing(networks));
        return app.Use(
            (http, next) =>
            {
                if (address.IsSecure && CameInClear(http.Request) && closedInClear(http.Request.Path))
                    return Problems.WriteInClear(http, address);
                // On one's own machine any of its names will do, and the cookie belongs to the one that was typed.
                if (!address.IsLocal || !IsLoopback(http.Request.Host.Host))
                    (http.Request.Scheme, http.Request.Host) = (address.Scheme, address.Host);
                return next(http);
            }
        );
    }

    /// <summary>A proxy was believed when it said so; the header is what then remains of how it came to us itself.</summary>
    private static bool CameInClear(HttpRequest request) =>
        request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName)
        && string.Equals(request.Scheme, "http", StringComparison.OrdinalIgnoreCase);

    private static ForwardedHeadersOptions Believing(IReadOnlyList<IPNetwork> networks)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many hops as are ours: the first one that is not is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    private static IReadOnlyList<IPNetwork> KnownNetworks(IConfiguration configuration, bool local)
    {
        var written = configuration.GetSection(Proxies).Get<string[]>() ?? [];
        if (local && written.Length == 0)
            written = ["127.0.0.0/8", "::1/128"];
        return
        [
            .. written.Select(n =>
                IPNetwork.TryParse(n, out var network)
                    ? network
                    : throw new InvalidOperationException($"{Proxies} names networks such as 10.0.0.0/8, and not '{n}'.")
            ),
        ];
    }

    private static bool IsLoopback(string host) =>
        host is "localhost" or "[::1]"
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
}
