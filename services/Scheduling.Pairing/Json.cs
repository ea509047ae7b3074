using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.Pairing;

/// <summary>How instances and proposals are read and written: streamed, strict, with the place of a fault.</summary>
internal static class Json
{
    private const int BufferSize = 1 << 18;

    public static async Task<T> ReadAsync<T>(Stream stream, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, Options(), cancel)
                ?? throw new MalformedInstanceException("", "the file holds no object");
        }
        catch (JsonException e)
        {
            var place = (e.Path ?? "").TrimStart('$').TrimStart('.');
            var line = e.LineNumber is { } l
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" (line {l + 1}, byte {e.BytePositionInLine})")
                : "";
            throw new MalformedInstanceException(place, Reason(e) + line, e);
        }
    }

    public static async Task<T> ReadAsync<T>(string path, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        await using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            BufferSize,
            FileOptions.Asynchronous | FileOptions.SequentialScan
        );
        return await read(stream, cancel);
    }

    public static Task WriteAsync<T>(Stream stream, T what, CancellationToken cancel) =>
        JsonSerializer.SerializeAsync(stream, what, Options(), cancel);

    public static async Task WriteAsync<T>(string path, T what, CancellationToken cancel)
    {
        await using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);
        await WriteAsync(stream, what, cancel);
    }

    // One set of options per file: its pool of short strings goes away with it. A level or a school is then one object,
    // not one for each of 493,000 pupils.
    public static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            PropertyNameCaseInsensitive = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultBufferSize = BufferSize,
        };
        options.Converters.Add(new PooledStrings());
        return options;
    }

    // The serializer ends its message with the place, which we give in our own form.
    private static string Reason(JsonException e)
    {
        var text = e.Message;
        var end = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private sealed class PooledStrings : JsonConverter<string>
    {
        private const int MaxPooled = 20_000,
            MaxLength = 16;
        private readonly HashSet<string> pool = new(StringComparer.Ordinal);

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => Text(ref reader),
                _ => throw new JsonException("a text is expected here"),
            };

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Text(ref reader);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);

        private string Text(ref Utf8JsonReader reader)
        {
            if (reader.HasValueSequence || reader.ValueSpan.Length > MaxLength)
                return reader.GetString()!;
            Span<char> chars = stackalloc char[MaxLength];
            ReadOnlySpan<char> text = chars[..reader.CopyString(chars)];
            if (pool.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
                return known;
            var made = text.ToString();
            if (pool.Count < MaxPooled)
                pool.Add(made);
            return made;
        }
    }
}
