using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.ServiceDefaults;

/// <summary>Text that a database keeps: one with a NUL is malformed wherever it stands in a body.</summary>
public sealed class KeptText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Checked(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Checked(reader.GetString())!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    public static string? Checked(string? text) =>
        text is null || Readable.IsText(text) ? text : throw new JsonException("A text has no NUL.");
}

/// <summary>A whole value of the sender's own shape, such as a draft: the same for each text in it.</summary>
public sealed class KeptElement : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        Check(element);
        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static void Check(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            KeptText.Checked(element.GetString());
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Check(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject())
            {
                KeptText.Checked(member.Name);
                Check(member.Value);
            }
    }
}

/// <summary>A day as the API writes it, of a year that people plan in: what is added to it does not overflow.</summary>
public sealed class PlausibleDate : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && Readable.IsPlausible(day.Year)
            ? day
            : throw new JsonException("A day is written 2021-04-12.");

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
