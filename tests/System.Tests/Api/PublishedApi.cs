using System.Net.Http.Json;
using System.Text.Json;
using Stages.Testing;

namespace Stages.SystemTests.Api;

/// <summary>What the API says that it does: an operation added tomorrow is among these.</summary>
/// <param name="Document">The whole document, in which an operation's references lead.</param>
/// <param name="All">Every operation below <c>/api</c>.</param>
public sealed record PublishedApi(JsonElement Document, IReadOnlyList<PublishedOperation> All)
{
    /// <summary>One of each service, by which the merged document is known to be whole.</summary>
    private static readonly string[] Paths = ["/api/campaigns", "/api/schools", "/api/notifications/summary", "/api/modules/{id}/join"];

    /// <summary>
    /// The document is merged from the services' own; one that was slow to answer is asked again when the merged one grows old.
    /// </summary>
    public static async Task<PublishedApi> Read(HttpClient client)
    {
        var document = await Eventually.Is(
            () => client.GetFromJsonAsync<JsonElement>("/openapi/v1.json"),
            d => Paths.All(p => d.GetProperty("paths").TryGetProperty(p, out _)),
            TimeSpan.FromMinutes(3)
        );
        return new PublishedApi(
            document,
            [
                .. from path in document.GetProperty("paths").EnumerateObject()
                where path.Name.StartsWith("/api/", StringComparison.Ordinal)
                from operation in path.Value.EnumerateObject()
                where operation.Name is "get" or "post" or "put" or "delete"
                select new PublishedOperation(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, operation.Value),
            ]
        );
    }
}

/// <param name="Said">As the document says it.</param>
public sealed record PublishedOperation(HttpMethod Method, string Path, JsonElement Said)
{
    public bool HasBody => Said.TryGetProperty("requestBody", out _);
}
