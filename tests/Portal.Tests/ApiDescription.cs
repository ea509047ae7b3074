using Microsoft.AspNetCore.Routing.Template;
using Stages.Portal.Clients;

namespace Stages.Portal.Tests;

/// <summary>A service's OpenAPI document, asked whether it knows what a client does.</summary>
public sealed class ApiDescription(JsonElement document)
{
    public IEnumerable<string> Faults(ClientCall call)
    {
        if (Operation(call) is not { } operation)
        {
            yield return $"{call.Name}: no {call.Method} {call.Path}";
            yield break;
        }
        var known = Parameters(operation);
        foreach (var name in call.Query.Where(q => !known.Contains(q)))
            yield return $"{call.Name}: no parameter {name} in {call.Method} {call.Path}";
        if (call.Body is not (null or "{}"))
        {
            using var body = JsonDocument.Parse(call.Body);
            var schema = operation.TryGetProperty("requestBody", out var request) ? Content(request) : null;
            foreach (var path in Unknown(body.RootElement, schema, ""))
                yield return $"{call.Name}: sends {path}, unknown to {call.Method} {call.Path}";
        }
        if (call.Answer is { } type && type != typeof(Nothing) && !Answers(operation).Contains(NameOf(type)))
            yield return $"{call.Name}: reads {NameOf(type)}, {call.Method} {call.Path} answers {string.Join(" or ", Answers(operation))}";
    }

    private JsonElement? Operation(ClientCall call) =>
        document
            .GetProperty("paths")
            .EnumerateObject()
            .OrderBy(p => p.Name.Count(c => c == '{'))
            .Where(p => new TemplateMatcher(TemplateParser.Parse(p.Name), []).TryMatch(call.Path, []))
            .Select(p => p.Value.TryGetProperty(call.Method.ToLowerInvariant(), out var o) ? o : (JsonElement?)null)
            .FirstOrDefault(o => o is not null);

    private static HashSet<string> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var all)
            ?
            [
                .. all.EnumerateArray()
                    .Where(p => p.GetProperty("in").GetString() == "query")
                    .Select(p => p.GetProperty("name").GetString()!),
            ]
            : [];

    private static JsonElement? Content(JsonElement holder) =>
        holder.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json)
            ? json.GetProperty("schema")
            : null;

    /// <summary>Names of the schemas that it may answer. A table without a number is read as the page that it is.</summary>
    private static HashSet<string> Answers(JsonElement operation) =>
        [
            .. operation
                .GetProperty("responses")
                .EnumerateObject()
                .Where(r => r.Name.StartsWith('2'))
                .Select(r =>
                    Content(r.Value) is { } c && c.TryGetProperty("$ref", out var schema) ? schema.GetString()!.Split('/')[^1] : "nothing"
                )
                .SelectMany(n => n.StartsWith("SheetOf", StringComparison.Ordinal) ? [n, $"PageOf{n["SheetOf".Length..]}"] : new[] { n }),
        ];

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{NameOf(type.GenericTypeArguments[0])}" : type.Name;

    /// <summary>Through references, and past "or null".</summary>
    private JsonElement Resolve(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Resolve(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]));
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
            if (schema.TryGetProperty(choice, out var some))
                return Resolve(
                    some.EnumerateArray()
                        .First(s => !s.TryGetProperty("type", out var t) || t.ValueKind != JsonValueKind.String || t.GetString() != "null")
                );
        return schema;
    }

    private IEnumerable<string> Unknown(JsonElement sent, JsonElement? schema, string path)
    {
        if (schema is null)
            return [$"a body {path}"];
        var known = Resolve(schema.Value);
        return sent.ValueKind switch
        {
            JsonValueKind.Object => sent.EnumerateObject()
                .SelectMany(m =>
                    Member(known, m.Name) is { } member ? Unknown(m.Value, member, $"{path}.{m.Name}")
                    : Open(known) ? []
                    : [$"{path}.{m.Name}"]
                ),
            JsonValueKind.Array when known.TryGetProperty("items", out var items) => sent.EnumerateArray()
                .SelectMany(i => Unknown(i, items, path + "[]")),
            _ => [],
        };
    }

    private static JsonElement? Member(JsonElement known, string name) =>
        known.TryGetProperty("properties", out var all) && all.TryGetProperty(name, out var member) ? member
        : known.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object ? values
        : null;

    /// <summary>Says nothing of its members: takes any.</summary>
    private static bool Open(JsonElement known) => !known.TryGetProperty("properties", out _);
}
