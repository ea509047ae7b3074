using System.Text.Json;

namespace Stages.Vocabulary;

/// <summary>A value of the vocabulary in JSON: its text, as a value and as a key.</summary>
public sealed class TextJson<T> : JsonConverter<T>
    where T : class, IText<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Value(reader.GetString()) : throw new JsonException($"{typeof(T).Name} is a string.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Value(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);

    private static T Value(string? text) =>
        T.TryParse(text, out var value, out var reason) ? value : throw new JsonException($"{typeof(T).Name}: {reason.En}");
}
