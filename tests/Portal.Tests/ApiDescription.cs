using Microsoft.AspNetCore.Routing.Template;

namespace Stages.Portal.Tests;

/// <summary>A service's OpenAPI document, asked whether it knows what a client does.</summary>
public sealed class ApiDescription(JsonElement document)
{
    private readonly Dictionary<string, bool> optional = new(StringComparer.Ordinal);

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
        if (call.Answer is { } type && type.Name != "Nothing" && type != typeof(JsonElement))
        {
            if (Answer(operation) is not { } schema)
                yield return $"{call.Name}: {call.Method} {call.Path} does not say what it answers";
            else
                foreach (var path in Unknown(type, schema, type.Name))
                    yield return $"{call.Name}: reads {path}, not in the answer of {call.Method} {call.Path}";
        }
    }

    /// <summary>Members that may be missing, and are in no answer at all.</summary>
    public IEnumerable<string> NeverThere() => optional.Where(o => !o.Value).Select(o => $"{o.Key} is in no answer");

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

    private static JsonElement? Answer(JsonElement operation) =>
        operation
            .GetProperty("responses")
            .EnumerateObject()
            .Where(r => r.Name.StartsWith('2'))
            .Select(r => Content(r.Value))
            .FirstOrDefault(s => s is not null);

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

    private IEnumerable<string> Unknown(Type type, JsonElement schema, string path)
    {
        var known = Resolve(schema);
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Unknown(inner, known, path);
        if (type.IsGenericType && type.Name.Contains("Dictionary", StringComparison.Ordinal))
            return known.TryGetProperty("additionalProperties", out var values)
                ? Unknown(type.GenericTypeArguments[1], values, path)
                : [path];
        if (type.IsArray || (type.IsInterface && type.IsGenericType))
        {
            var item = type.GetElementType() ?? type.GenericTypeArguments[0];
            return known.TryGetProperty("items", out var items) ? Unknown(item, items, path + "[]")
                // Of times, which a converter of ours writes, the document says nothing.
                : IsOurs(item) ? [path]
                : [];
        }
        if (!IsOurs(type))
            return [];
        return type.GetConstructors()
            .MaxBy(c => c.GetParameters().Length)!
            .GetParameters()
            .SelectMany(p =>
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(p.Name!);
                var member = Member(known, name);
                if (p.HasDefaultValue)
                    optional[$"{type.Name}.{name}"] = optional.GetValueOrDefault($"{type.Name}.{name}") || member is not null;
                return member is { } found ? Unknown(p.ParameterType, found, $"{path}.{name}")
                    : p.HasDefaultValue ? []
                    : new[] { $"{path}.{name}" };
            });
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Stages", StringComparison.Ordinal) == true;

    private static JsonElement? Member(JsonElement known, string name) =>
        known.TryGetProperty("properties", out var all) && all.TryGetProperty(name, out var member) ? member
        : known.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object ? values
        : null;

    /// <summary>Says nothing of its members: takes any.</summary>
    private static bool Open(JsonElement known) => !known.TryGetProperty("properties", out _);
}
