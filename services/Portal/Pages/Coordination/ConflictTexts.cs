using System.Globalization;
using System.Text.Json;
using Stages.Portal.Clients;
using Stages.Portal.Pages.Shared;

namespace Stages.Portal.Pages.Coordination;

/// <summary>The sentences of a 409 that names every conflict.</summary>
public static class ConflictTexts
{
    public static IReadOnlyList<string> Of(Problem? problem)
    {
        if (problem?.Body is not { ValueKind: JsonValueKind.Object } body || !body.TryGetProperty("conflicts", out var conflicts) || conflicts.ValueKind != JsonValueKind.Array) return [];
        return [.. conflicts.EnumerateArray().Select(c => c.ValueKind == JsonValueKind.String ? c.GetString() : c.TryGetProperty("text", out var text) ? text.GetString() : c.TryGetProperty("code", out var code) ? code.GetString() : null).OfType<string>()];
    }
}

/// <summary>Lines of a history: when, who, what; tolerant of what the service names them.</summary>
public static class HistoryLines
{
    public static IReadOnlyList<(string At, string Text)> Of(JsonElement items, string zone) =>
    [
        .. items.EnumerateArray().Select(i => (
            Text(i, "at") is { } at && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var instant) ? Dates.Instant(instant, zone) : "",
            string.Join(" – ", new[] { Text(i, "text") ?? Text(i, "what"), Text(i, "by") }.OfType<string>()))),
    ];

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
