using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stages.SystemTests.Hostile;

/// <summary>
/// A body that an operation would take, made from its schema, in which every id is that of somebody else's object: what is named in a
/// command is authorised like what it is addressed to.
/// </summary>
public sealed class Filled(JsonElement document, Func<string, string?> idOf)
{
    private const int Deepest = 8;

    public JsonNode? Body(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("schema", out var schema)
            ? Value("", schema, 0)
            : null;

    private JsonNode? Value(string name, JsonElement schema, int depth)
    {
        schema = Plain(schema);
        if (depth > Deepest)
            return null;
        if (schema.TryGetProperty("properties", out var properties))
            return new JsonObject(properties.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Value(p.Name, p.Value, depth + 1))));
        if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
            return new JsonObject { ["A"] = Value(name, values, depth + 1) };
        if (schema.TryGetProperty("enum", out var choices))
            return JsonNode.Parse(choices[0].GetRawText());
        return TypeOf(schema) switch
        {
            "array" => schema.TryGetProperty("items", out var items) ? new JsonArray(Value(name, items, depth + 1)) : [],
            "integer" or "number" => Number(schema),
            "boolean" => true,
            _ => Text(name, schema),
        };
    }

    private JsonElement Plain(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = reference.GetString()!.Split('/')[1..].Aggregate(document, (at, step) => at.GetProperty(step));
            else if (schema.TryGetProperty("oneOf", out var one) || schema.TryGetProperty("anyOf", out one))
                schema = one.EnumerateArray().First(s => TypeOf(s) != "null");
            else
                return schema;
        }
    }

    private static string TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind == JsonValueKind.String ? type.GetString()!
        : type.EnumerateArray().Select(t => t.GetString()!).Order(StringComparer.Ordinal).First(t => t != "null");

    private static JsonValue Number(JsonElement schema) =>
        JsonValue.Create(schema.TryGetProperty("minimum", out var least) && least.TryGetInt32(out var from) ? from : 1);

    private JsonNode? Text(string name, JsonElement schema)
    {
        if (idOf(name) is { } id)
            return id;
        var format = schema.TryGetProperty("format", out var f) ? f.GetString() : null;
        return format switch
        {
            "uuid" => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
            "date" => "2027-02-01",
            "time" => "09:00",
            "date-time" => TimeProvider.System.GetUtcNow().AddDays(3).ToString("O", CultureInfo.InvariantCulture),
            "uri" => "https://example.org/",
            _ => name switch
            {
                "email" => "stranger@example.org",
                "phone" => "+33639980077",
                "level" or "levels" => "6e",
                "subject" or "wish" => "MATHS",
                "week" or "label" => "A",
                "slot" or "slots" => "MON-09:00",
                "language" => "fr",
                _ => "Essai",
            },
        };
    }
}
