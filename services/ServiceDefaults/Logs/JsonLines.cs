using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;

namespace Stages.ServiceDefaults;

/// <summary>
/// One line of JSON for each entry of the log, for whatever collects them: instant, level, service, category, message, trace, error. What
/// somebody typed, or a foreign server said, is within a string of it: it begins no line and makes no field. Neither scopes nor addresses
/// of requests are written: some hold a secret.
/// </summary>
public sealed class JsonLines(string service) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "stages-lines";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.Write(
            Line(
                TimeProvider.System.GetUtcNow(),
                logEntry.LogLevel,
                logEntry.Category,
                logEntry.EventId.Name,
                logEntry.Formatter(logEntry.State, logEntry.Exception),
                logEntry.Exception?.ToString()
            )
        );

    /// <summary>With its end.</summary>
    public string Line(DateTimeOffset at, LogLevel level, string category, string? what, string? message, string? error)
    {
        var written = new ArrayBufferWriter<byte>();
        // The strict encoder: nothing but ASCII, nothing that a terminal obeys.
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            json.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("service", service);
            json.WriteString("category", category);
            if (what is not null)
                json.WriteString("event", what);
            json.WriteString("message", message ?? "");
            if (Activity.Current is { } activity)
                json.WriteString("trace", activity.TraceId.ToHexString());
            if (error is not null)
                json.WriteString("error", error);
            json.WriteEndObject();
        }
        return Encoding.ASCII.GetString(written.WrittenSpan) + "\n";
    }
}

public static class JsonLinesSetup
{
    /// <summary>Text for people on a developer's machine and in tests, lines for programs elsewhere.</summary>
    public static void AddLogs(this WebApplicationBuilder builder, string name)
    {
        if (!builder.Environment.IsLocalRun())
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ConsoleFormatter>(_ => new JsonLines(name));
            builder.Logging.AddConsole(o => o.FormatterName = JsonLines.FormatterName);
        }
    }

    /// <summary>What the lines say and no more: neither scopes, nor addresses of requests.</summary>
    public static void AsLines(OpenTelemetryLoggerOptions options) =>
        (options.IncludeFormattedMessage, options.IncludeScopes, options.ParseStateValues) = (true, false, false);
}
