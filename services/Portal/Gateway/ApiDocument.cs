using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;

namespace Stages.Portal.Gateway;

/// <summary>
/// One OpenAPI document for the whole public API, merged from the services' own; <c>/api</c> is the page to read and try it.
/// </summary>
public static class ApiDocumentEndpoints
{
    public static void MapApiDocument(this WebApplication app) =>
        app.MapGet("/openapi/v1.json", async (ApiDocument document) => TypedResults.Text(await document.Read(), "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
}

/// <summary>Fetches and merges; a service that is away leaves its last known part in place.</summary>
public sealed class ApiDocument(Outward outward, IConfiguration configuration, Remembered known)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, string> parts = new(StringComparer.Ordinal);

    public ValueTask<string> Read() =>
        known.Get(
            "api-document",
            Fresh,
            async () =>
            {
                foreach (var (service, text) in await Task.WhenAll(Routes.Services.Select(async s => (s, await Fetch(s)))))
                    if (text is not null)
                        parts[service] = text;
                return Merge(parts);
            }
        );

    private async Task<string?> Fetch(string service)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                $"{Routes.BaseUrl(configuration, service).TrimEnd('/')}/openapi/v1.json"
            );
            using var response = await outward.Invoker.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(limit.Token) : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>
    /// Only what the gateway routes is public. Schemas of two services that share a name and differ get their service's name in
    /// front.
    /// </summary>
    public static string Merge(IReadOnlyDictionary<string, string> parts)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        var tags = new JsonArray();
        foreach (var (service, text) in parts.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (JsonNode.Parse(text) is not JsonObject part)
                continue;
            var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
            var own = part["components"]?["schemas"] as JsonObject ?? [];
            foreach (var (name, schema) in own)
                if (schemas.ContainsKey(name) && !JsonNode.DeepEquals(schemas[name], schema))
                    renamed[name] = service + name;
            Rename(part, renamed);
            foreach (var (name, schema) in own)
                schemas[renamed.GetValueOrDefault(name, name)] = schema?.DeepClone();
            foreach (var (path, item) in part["paths"] as JsonObject ?? [])
            {
                if (!IsPublic(service, path) || item is not JsonObject operations)
                    continue;
                var copy = operations.DeepClone().AsObject();
                foreach (var (_, operation) in copy)
                    if (operation is JsonObject o)
                        o["tags"] = new JsonArray(service);
                paths[path] = copy;
            }
            tags.Add(new JsonObject { ["name"] = service });
        }
        foreach (var (path, summary) in OwnPaths)
        {
            paths[path] = new JsonObject
            {
                [summary.Method] = new JsonObject
                {
                    ["tags"] = new JsonArray("Portal"),
                    ["summary"] = summary.Text,
                    ["responses"] = new JsonObject
                    {
                        [summary.Method == "delete" ? "204" : "200"] = new JsonObject { ["description"] = "OK" },
                    },
                },
            };
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Stages",
                ["version"] = "v1",
                ["description"] =
                    "Remote stages de réussite of an académie: campaigns, enrolments, offers, pairing, timetables, classrooms. "
                    + "Errors are RFC 9457 problem details; lists are { items, next }; POSTs that create take an Idempotency-Key.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                    },
                },
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject()),
            ["tags"] = tags,
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private static readonly Dictionary<string, (string Method, string Text)> OwnPaths = new(StringComparer.Ordinal)
    {
        ["/api/me"] = ("get", "Who is signed in: id, role, e-mail, territory. DELETE erases the person's data."),
        ["/api/me/data"] = ("get", "Everything that the services hold about the signed-in person."),
    };

    private static readonly (string Service, TemplateMatcher Matcher)[] Public =
    [
        .. Routes.All.Select(r => (Routes.ServiceOf(r), new TemplateMatcher(TemplateParser.Parse(r.Match.Path!), []))),
        ("Enrolment", new TemplateMatcher(TemplateParser.Parse("/api/me/modules"), [])),
    ];

    private static bool IsPublic(string service, string path) => Public.Any(p => p.Service == service && p.Matcher.TryMatch(path, []));

    private static void Rename(JsonNode? node, IReadOnlyDictionary<string, string> renamed)
    {
        const string Prefix = "#/components/schemas/";
        if (renamed.Count == 0)
            return;
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Rename(item, renamed);
        }
        else if (node is JsonObject o)
        {
            if (
                o["$ref"]?.GetValueKind() == JsonValueKind.String
                && o["$ref"]!.GetValue<string>() is { } reference
                && reference.StartsWith(Prefix, StringComparison.Ordinal)
                && renamed.TryGetValue(reference[Prefix.Length..], out var name)
            )
                o["$ref"] = Prefix + name;
            foreach (var (_, value) in o)
                Rename(value, renamed);
        }
    }
}
