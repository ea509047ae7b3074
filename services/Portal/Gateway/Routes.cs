using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Stages.Portal.Gateway;

/// <summary>
/// Which service answers which public address. What is not named here is not reachable from outside: <c>/internal</c> never is.
/// </summary>
public static class Routes
{
    /// <summary>Names of the services as in the configuration <c>Services:Enrolment</c> and so on.</summary>
    public static readonly string[] Services = ["Enrolment", "Scheduling", "Notification", "Classroom"];

    private const string SchoolFile = "/api/schools/import";

    /// <summary>What cannot be taken back: timetables of children go out, a family on paper is erased.</summary>
    private const string Publication = "/api/campaigns/{campaignId}/publish",
        PaperFamily = "/api/enrolments/{id}/data";

    /// <summary>A directory of an académie's schools, in bytes.</summary>
    private const long LargestSchoolFile = 8 * 1024 * 1024;

    /// <summary>What a class page sends beside its signalling: a document's pages, pieces of a recording, files in and out.</summary>
    private const string ClassPages = "/classroom/pages/{**rest}",
        ClassRecordings = "/classroom/recordings/{**rest}",
        ClassFiles = "/classroom/handed/{**rest}";

    /// <summary>What teachers propose for the library: a file in base64.</summary>
    private const string Library = "/api/classroom/campaigns/{campaignId}/resources";

    /// <summary>In the metadata of a route whose answers last for hours: they are counted apart.</summary>
    public const string Streams = "streams";

    /// <summary>In the metadata of a route whose callers bring a token of their own, which its service alone can check.</summary>
    public const string OwnToken = "own-token";

    private const string MeetingReports = "/classroom/bigbluebutton/{module}";

    private const string Hubs = "/hubs/{**rest}";

    /// <summary>The copies of the Classroom service once more, where the requests of one connection belong to one of them.</summary>
    private const string HubCopies = "Classroom hubs";

    /// <summary>Server-sent events, and the classes' WebSockets.</summary>
    public static readonly string[] LongLived = ["/api/campaigns/{campaignId}/stages/events", "/api/pairings/{id}/events", Hubs];

    /// <summary>In bytes.</summary>
    private const long LargestClassPiece = 2 * 1024 * 1024,
        LargestClassFile = (10 * 1024 + 64) * 1024,
        LargestResource = LargestClassFile / 3 * 4;

    private static readonly (string Service, string[] Paths)[] Table =
    [
        (
            "Enrolment",
            [
                "/api/campaigns/{campaignId}/enrolments/{**rest}",
                PaperFamily,
                "/api/enrolments/{**rest}",
                SchoolFile,
                "/api/schools/{**rest}",
                "/api/drafts/{**rest}",
                "/api/me/enrolments/{**rest}",
                "/api/me/drafts/{**rest}",
            ]
        ),
        (
            "Scheduling",
            [
                Publication,
                LongLived[0],
                LongLived[1],
                "/api/campaigns/{**rest}",
                "/api/offers/{**rest}",
                "/api/pairings/{**rest}",
                "/api/stages/{**rest}",
                "/api/holidays/{**rest}",
                "/api/me/offers/{**rest}",
                "/api/me/invitations/{**rest}",
            ]
        ),
        (
            "Notification",
            ["/calendars/{**rest}", "/api/notifications/{**rest}", "/api/me/calendar/{**rest}", "/api/me/notifications/{**rest}"]
        ),
        (
            "Classroom",
            [
                "/api/modules/{**rest}",
                Library,
                "/api/classroom/{**rest}",
                ClassPages,
                ClassRecordings,
                ClassFiles,
                MeetingReports,
                "/classroom/{**rest}",
                LongLived[2],
            ]
        ),
    ];

    public static IReadOnlyList<RouteConfig> All { get; } =
    [
        .. Table.SelectMany(t =>
            t.Paths.Select(path => new RouteConfig
            {
                RouteId = path,
                ClusterId = path == Hubs ? HubCopies : t.Service,
                Match = new RouteMatch { Path = path },
                // The service decides who may do what; the gateway only says who is calling.
                AuthorizationPolicy = "anonymous",
                Metadata = Said(path),
                // Bodies larger than a form are few.
                MaxRequestBodySize = path switch
                {
                    SchoolFile => LargestSchoolFile,
                    ClassPages or ClassRecordings => LargestClassPiece,
                    ClassFiles => LargestClassFile,
                    Library => LargestResource,
                    _ => null,
                },
            })
        ),
    ];

    public static string ServiceOf(RouteConfig route) => route.ClusterId == HubCopies ? "Classroom" : route.ClusterId!;

    public static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) =>
        [
            .. Services.Select(name => Cluster(name, Copies(configuration, name), LoadBalancingPolicies.PowerOfTwoChoices)),
            Cluster(HubCopies, OneByOne(configuration), OneCopyASeat.PolicyName),
        ];

    /// <summary><c>CopiesByName:Classroom</c>: a name with an address for each copy. Else they are named as for everything.</summary>
    private static IEnumerable<DestinationConfig> OneByOne(IConfiguration configuration) =>
        configuration["CopiesByName:Classroom"] is { Length: > 0 } name
            ?
            [
                new DestinationConfig
                {
                    Address = name,
                    // A service answers to its own name alone.
                    Host = new Uri(BaseUrl(configuration, "Classroom")).Authority,
                    Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [CopiesByName.Named] = "" },
                },
            ]
            : Copies(configuration, "Classroom");

    private static ClusterConfig Cluster(string id, IEnumerable<DestinationConfig> copies, string choice) =>
        new()
        {
            ClusterId = id,
            Destinations = copies.ToDictionary(copy => copy.Address, StringComparer.Ordinal),
            LoadBalancingPolicy = choice,
            // A copy that does not answer is left out for a moment while others do; when none answers, all are tried.
            HealthCheck = new HealthCheckConfig
            {
                Passive = new PassiveHealthCheckConfig
                {
                    Enabled = true,
                    Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                    ReactivationPeriod = TimeSpan.FromSeconds(3),
                },
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            },
            // Server-sent events of a pairing and hubs live long; an idle one is ended, a working one is not.
            HttpRequest = new ForwarderRequestConfig
            {
                // In seal it would be HTTP/2, where many share a connection: what one request does to it is no other's business.
                Version = HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                ActivityTimeout = TimeSpan.FromMinutes(2),
                AllowResponseBuffering = false,
            },
        };

    /// <summary>
    /// <c>Copies:Enrolment</c> names several processes of a service, parted by semicolons; else the one of
    /// <c>Services:Enrolment</c>.
    /// </summary>
    private static IEnumerable<DestinationConfig> Copies(IConfiguration configuration, string service) =>
        (configuration[$"Copies:{service}"] ?? BaseUrl(configuration, service))
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(address => new DestinationConfig { Address = address });

    private static Dictionary<string, string>? Said(string path) =>
        LongLived.Contains(path) ? new(StringComparer.Ordinal) { [Streams] = "" }
        : path is Publication or PaperFamily ? new(StringComparer.Ordinal) { [Accounts.FreshProofAttribute.Route] = "yes" }
        : path == MeetingReports ? new(StringComparer.Ordinal) { [OwnToken] = "" }
        : null;

    public static string BaseUrl(IConfiguration configuration, string service) =>
        configuration[$"Services:{service}"] ?? throw new InvalidOperationException($"Services:{service} is not configured.");

    /// <summary>What the route of this request says of itself.</summary>
    public static bool Says(HttpContext http, string what) =>
        http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.ContainsKey(what) == true;
}
