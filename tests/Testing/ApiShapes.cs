using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Stages.Testing;

/// <summary>
/// What the Portal's scripts know of a service's answers: the schemas of its OpenAPI document that they use, kept beside the scripts.
/// From the file their TypeScript types are made (<c>npm run api</c>). With <c>STAGES_UPDATE_SNAPSHOTS=1</c> it is written anew.
/// </summary>
public static class ApiShapes
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="document">The OpenAPI document that the service serves.</param>
    /// <param name="name">Name of the file in <c>services/Portal/web/src/api</c>.</param>
    /// <param name="roots">Schemas that scripts read or write; those that they refer to come with them.</param>
    public static void AreKnown(string document, string name, string[] roots, [CallerFilePath] string here = "")
    {
        var all = JsonNode.Parse(document)!["components"]!["schemas"]!.AsObject();
        var used = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var root in roots)
            Take(root);
        var now = new JsonObject(used.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value.DeepClone())));
        var text = now.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";

        var file = Path.Combine(Path.GetDirectoryName(here)!, "../../services/Portal/web/src/api", name);
        if (Environment.GetEnvironmentVariable("STAGES_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, text);
        text.ShouldBe(File.ReadAllText(file), $"{name} is not what the service answers: write it anew, then npm run api and npm run check");

        void Take(string schema)
        {
            if (!used.TryAdd(schema, all[schema] ?? throw new InvalidOperationException($"The document has no {schema}.")))
                return;
            foreach (var other in References(all[schema]!))
                Take(other);
        }
    }

    private static IEnumerable<string> References(JsonNode node) =>
        node switch
        {
            JsonObject o when o["$ref"] is { } reference => [reference.GetValue<string>().Split('/')[^1]],
            JsonObject o => o.Select(m => m.Value).OfType<JsonNode>().SelectMany(References),
            JsonArray a => a.OfType<JsonNode>().SelectMany(References),
            _ => [],
        };
}
