using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.Portal.Tests;

/// <summary>The Portal as it runs outside a local run: behind a proxy that speaks https with browsers, and http with us.</summary>
public sealed class OutsidePortal : ServiceUnderTest<Program>
{
    public const string Public = "https://stages.example.org";

    /// <summary>Of which nothing may ever be heard again.</summary>
    public const string Foreign = "evil.example";

    private static readonly string Nobody = $"http://127.0.0.1:{ServiceProcess.FreePort()}";

    public OpenIdProvider Families { get; } = OpenIdProvider.Start("educonnect-client", "a-secret-of-the-test");

    protected override string Environment => "Production";

    /// <summary>As the proxy speaks with us.</summary>
    protected override Uri Address => new("http://stages.example.org");

    protected override string Issuer => Public;

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PublicAddress.Setting] = Public,
            ["Portal:HttpsOfSubdomains"] = "true",
            ["Services:Enrolment"] = Nobody,
            ["Services:Scheduling"] = Nobody,
            ["Services:Notification"] = Nobody,
            ["Services:Classroom"] = Nobody,
            ["Portal:Providers:educonnect:Label"] = "ÉduConnect",
            ["Portal:Providers:educonnect:Patience"] = "00:01:00",
            ["Portal:Providers:educonnect:Authority"] = Families.Address,
            ["Portal:Providers:educonnect:ClientId"] = "educonnect-client",
            ["Portal:Providers:educonnect:ClientSecret"] = "a-secret-of-the-test",
        };

    // The provider of the tests has no certificate.
    protected override void ConfigureServices(IServiceCollection services) =>
        services.Configure<OpenIdConnectOptions>("educonnect", o => o.RequireHttpsMetadata = false);

    /// <summary>Every endpoint that the Portal has, pages, its own and those of the gateway, with each of its methods, addressed.</summary>
    public IEnumerable<(HttpMethod Method, string Path, Endpoint Endpoint)> Doors() =>
        from endpoint in Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods
        from method in methods is { Count: > 0 } named ? named : ["GET", "POST", "PUT", "DELETE"]
        select (new HttpMethod(method), "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(Fill)), (Endpoint)endpoint);

    private Task<IReadOnlyList<Said>>? walk;

    /// <summary>The answers of every door to everybody, asked once, with headers that tell of a foreign address.</summary>
    public Task<IReadOnlyList<Said>> Walk() => walk ??= WalkOnce();

    public static void MakeHostile(HttpRequestMessage request)
    {
        request.Headers.Add("X-Forwarded-Host", Foreign);
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("X-Forwarded-Prefix", "/" + Foreign);
        request.Headers.Add("X-Original-Host", Foreign);
        request.Headers.Add("Forwarded", $"host={Foreign};proto=http");
    }

    private async Task<IReadOnlyList<Said>> WalkOnce()
    {
        using var client = Direct();
        client.Timeout = TimeSpan.FromSeconds(30);
        var said = new List<Said>();
        foreach (var (method, path, endpoint) in Doors())
        foreach (var role in (string?[])[null, "family", "teacher", "coordinator", "admin"])
        {
            using var request = new HttpRequestMessage(method, path);
            MakeHostile(request);
            if (role is not null)
                request.Headers.Authorization = Realm.Bearer(role, "someone@example.org");
            var door = $"{method} {path} as {role ?? "nobody"}";
            try
            {
                using var answer = await client.SendAsync(request);
                var headers = answer
                    .Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
                    .SelectMany(h => h.Value.Select(v => (h.Key, Value: v)))
                    .ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
                var text = await answer.Content.ReadAsStringAsync();
                said.Add(new Said(door, endpoint, (int)answer.StatusCode, headers, $"{answer.Headers}{answer.Content.Headers}\n{text}"));
            }
            catch (TaskCanceledException e)
            {
                throw new TimeoutException($"{door} is not answered.", e);
            }
        }
        return said;
    }

    private static string Fill(RoutePatternPathSegment segment) =>
        string.Concat(
            segment.Parts.Select(part =>
                part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart { Name: "language" } => "fr",
                    RoutePatternParameterPart { Name: "scheme" } => "educonnect",
                    _ => "01a21414-aee1-70a3-a232-6cdabda698fc",
                }
            )
        );
}

/// <summary>What one door answered to one person.</summary>
/// <param name="Text">Headers and body.</param>
public sealed record Said(string Door, Endpoint Endpoint, int Status, ILookup<string, string> Headers, string Text)
{
    public bool IsPage => Headers["Content-Type"].Any(t => t.StartsWith("text/html", StringComparison.Ordinal));
}
