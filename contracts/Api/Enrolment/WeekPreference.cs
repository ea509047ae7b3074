using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.Api.Enrolment;

/// <summary>How much a week is wanted: 2 preferred, 1 possible. Read as a number or as the word, written as the number.</summary>
public sealed class WeekPreference : JsonConverter<int>
{
    public const int Preferred = 2;
    public const int Possible = 1;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
            JsonTokenType.String when reader.ValueTextEquals("preferred") => Preferred,
            JsonTokenType.String when reader.ValueTextEquals("possible") => Possible,
            _ => throw new JsonException("A preference is 2 (preferred) or 1 (possible)."),
        };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
