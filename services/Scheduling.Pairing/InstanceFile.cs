using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stages.Pairing;

/// <summary>An instance that cannot be read; <see cref="Place"/> says where, as <c>pupils[12].wishes[0].subject</c>.</summary>
public sealed class MalformedInstanceException : Exception
{
    public MalformedInstanceException(string place, string message, Exception? inner = null)
        : base(place.Length == 0 ? message : $"{place}: {message}", inner) => Place = place;

    public MalformedInstanceException() => Place = "";

    public MalformedInstanceException(string message) : base(message) => Place = "";

    public MalformedInstanceException(string message, Exception innerException) : base(message, innerException) => Place = "";

    public string Place { get; }
}

/// <summary>Reads and writes problems as JSON, streamed: a file of the whole académie is over 100 MB.</summary>
public static class InstanceFile
{
    /// <summary>Reads and validates an instance.</summary>
    /// <exception cref="MalformedInstanceException">The JSON or what it says is wrong.</exception>
    public static async Task<Problem> ReadAsync(Stream stream, CancellationToken cancel = default)
    {
        var problem = await Json.ReadAsync<Problem>(stream, cancel);
        if (problem.Format != Problem.FormatName)
            throw new MalformedInstanceException("format", $"'{problem.Format}' is not {Problem.FormatName}");
        ProblemValidation.Check(problem);
        return problem;
    }

    public static async Task<Problem> ReadAsync(string path, CancellationToken cancel = default)
    {
        await using var stream = Json.Open(path);
        return await ReadAsync(stream, cancel);
    }

    public static Task WriteAsync(Stream stream, Problem problem, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, problem, Json.Options(), cancel);

    public static async Task WriteAsync(string path, Problem problem, CancellationToken cancel = default)
    {
        await using var stream = Json.Create(path);
        await WriteAsync(stream, problem, cancel);
    }
}

/// <summary>Reads and writes proposals as JSON, streamed.</summary>
public static class ProposalFile
{
    /// <exception cref="MalformedInstanceException">The JSON or what it says is wrong.</exception>
    public static async Task<Proposal> ReadAsync(Stream stream, CancellationToken cancel = default)
    {
        var read = await Json.ReadAsync<ProposalDocument>(stream, cancel);
        if (read.Format != Proposal.FormatName)
            throw new MalformedInstanceException("format", $"'{read.Format}' is not {Proposal.FormatName}");
        return new Proposal(read.Seed, read.ElapsedSeconds, read.Score ?? new Score(0, 0, 0, 0, 0, 0), read.Stages, read.Unplaced ?? [], read.Changes);
    }

    public static async Task<Proposal> ReadAsync(string path, CancellationToken cancel = default)
    {
        await using var stream = Json.Open(path);
        return await ReadAsync(stream, cancel);
    }

    public static Task WriteAsync(Stream stream, Proposal proposal, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, proposal, Json.Options(), cancel);

    public static async Task WriteAsync(string path, Proposal proposal, CancellationToken cancel = default)
    {
        await using var stream = Json.Create(path);
        await WriteAsync(stream, proposal, cancel);
    }

    // A proposal written by another program (a spreadsheet, the first-come baseline) may have stages alone.
    private sealed record ProposalDocument(
        string Format, IReadOnlyList<ProposedStage> Stages, int Seed = 0, double ElapsedSeconds = 0, Score? Score = null,
        IReadOnlyList<UnplacedWish>? Unplaced = null, IReadOnlyList<Change>? Changes = null);
}

file static class Json
{
    public static async Task<T> ReadAsync<T>(Stream stream, CancellationToken cancel) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, Options(), cancel)
                ?? throw new MalformedInstanceException("", "the file holds no object");
        }
        catch (JsonException e)
        {
            var place = (e.Path ?? "").TrimStart('$').TrimStart('.');
            var line = e.LineNumber is { } l ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" (line {l + 1}, byte {e.BytePositionInLine})") : "";
            throw new MalformedInstanceException(place, Reason(e) + line, e);
        }
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
            DefaultBufferSize = 1 << 18,
        };
        options.Converters.Add(new PooledStrings());
        return options;
    }

    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18, FileOptions.Asynchronous);

    // The serializer ends its message with the place, which we give in our own form.
    private static string Reason(JsonException e)
    {
        var text = e.Message;
        var end = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private sealed class PooledStrings : JsonConverter<string>
    {
        private const int MaxPooled = 20_000, MaxLength = 16;
        private readonly HashSet<string> pool = new(StringComparer.Ordinal);

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => Text(ref reader),
                _ => throw new JsonException("a text is expected here"),
            };

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Text(ref reader);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

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
