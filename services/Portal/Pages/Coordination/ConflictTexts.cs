using System.Text.Json;

namespace Stages.Portal.Pages.Coordination;

/// <summary>The sentences of a 409 that names every conflict.</summary>
public static class ConflictTexts
{
    public static IReadOnlyList<string> Of(Problem? problem)
    {
        if (
            problem?.Body is not { ValueKind: JsonValueKind.Object } body
            || !body.TryGetProperty("conflicts", out var conflicts)
            || conflicts.ValueKind != JsonValueKind.Array
        )
            return [];
        return
        [
            .. conflicts
                .EnumerateArray()
                .Select(c =>
                    c.ValueKind == JsonValueKind.String ? c.GetString()
                    : c.TryGetProperty("text", out var text) ? text.GetString()
                    : c.TryGetProperty("code", out var code) ? code.GetString()
                    : null
                )
                .OfType<string>(),
        ];
    }
}
