using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stages.Portal.Gateway;

/// <summary>One operation of the API as the reading page shows it.</summary>
/// <param name="Body">The schema of what is sent, as JSON; null when nothing is.</param>
/// <param name="Answers">Status and, where there is one, the schema of what comes back.</param>
public sealed record ApiOperation(
    string Service,
    string Method,
    string Path,
    string? Summary,
    IReadOnlyList<ApiParameter> Parameters,
    string? Body,
    IReadOnlyList<ApiAnswer> Answers
);

public sealed record ApiParameter(string Name, bool InPath, bool Required);

public sealed record ApiAnswer(string Status, string? Schema);

/// <summary>The merged OpenAPI document, turned into what a person reads.</summary>
public static partial class ApiReading
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IReadOnlyList<ApiOperation> Of(string document)
    {
        var whole = JsonNode.Parse(document);
        var schemas = whole?["components"]?["schemas"] as JsonObject ?? [];
        return
        [
            .. from path in whole?["paths"] as JsonObject ?? []
            from operation in path.Value as JsonObject ?? []
            where operation.Value is JsonObject
            let said = operation.Value!.AsObject()
            let service = said["tags"]?[0]?.GetValue<string>() ?? ""
            orderby service, path.Key, operation.Key
            select new ApiOperation(
                service,
                operation.Key.ToUpperInvariant(),
                path.Key,
                said["summary"]?.GetValue<string>(),
                Parameters(path.Key, said["parameters"] as JsonArray ?? []),
                Schema(said["requestBody"], schemas),
                [.. (said["responses"] as JsonObject ?? []).Select(r => new ApiAnswer(r.Key, Schema(r.Value, schemas)))]
            ),
        ];
    }

    private static IReadOnlyList<ApiParameter> Parameters(string path, JsonArray said) =>
        [
            .. InPath().Matches(path).Select(m => new ApiParameter(m.Groups["name"].Value, InPath: true, Required: true)),
            .. from parameter in said.OfType<JsonObject>()
            where parameter["in"]?.GetValue<string>() == "query"
            select new ApiParameter(parameter["name"]!.GetValue<string>(), InPath: false, parameter["required"]?.GetValue<bool>() == true),
        ];

    /// <summary>With its own names spelt out; what those are made of is named, and stands in the document.</summary>
    private static string? Schema(JsonNode? carrier, JsonObject schemas)
    {
        var schema = (carrier?["content"] as JsonObject)
            ?.FirstOrDefault(c => c.Key.EndsWith("json", StringComparison.Ordinal))
            .Value?["schema"];
        var name = schema?["$ref"]?.GetValue<string>().Split('/')[^1];
        return (name is not null && schemas[name] is { } own ? own : schema)?.ToJsonString(Indented);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InPath();
}
