using System.Text;
using System.Text.Json;
using MassTransit;

namespace Stages.ServiceDefaults;

/// <summary>A message as the broker gave it to us: kept and sent again byte for byte, whether or not we know its type.</summary>
/// <param name="Type">As its publisher names it, <c>urn:message:Stages.Contracts.Enrolment:EnrolmentAcknowledged</c>.</param>
/// <param name="SentAt">When its publisher sent it first.</param>
/// <param name="ResentAt">When somebody last sent it again by hand; its patience begins anew there.</param>
/// <param name="Headers">Of the transport, as a JSON object of strings.</param>
public sealed record RawMessage(
    Guid Id,
    string Type,
    DateTimeOffset SentAt,
    DateTimeOffset? ResentAt,
    string ContentType,
    string Headers,
    byte[] Body
)
{
    /// <summary>Header: this delivery comes out of <see cref="ParkedMessages"/>.</summary>
    public const string TakenUp = "Stages-Taken-Up";

    /// <summary>Header: when somebody sent the message again by hand.</summary>
    public const string Resent = "Stages-Resent-At";

    /// <summary>Null for what is no envelope with an id, a type and a time: such a thing can only be set aside.</summary>
    public static RawMessage? Of(ReceiveContext context)
    {
        var body = context.Body.GetBytes();
        if (Read(body) is not { MessageId: { } id, MessageType: [var type, ..], SentTime: { } sent })
            return null;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery))
            foreach (var (name, value) in delivery.Properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
                if (value is byte[] text && name != TakenUp && !name.StartsWith("MT-", StringComparison.Ordinal))
                    headers[name] = Encoding.UTF8.GetString(text);
        return new RawMessage(
            id,
            type,
            sent.ToUniversalTime(),
            ResentIn(context),
            context.ContentType?.ToString() ?? "",
            JsonSerializer.Serialize(headers),
            body
        );
    }

    public static bool IsTakenUp(ReceiveContext context) => context.TransportHeaders.TryGetHeader(TakenUp, out _);

    /// <summary>How long the message has been on its way, or since somebody sent it again.</summary>
    public static TimeSpan Age(ConsumeContext context, DateTimeOffset now)
    {
        var sent = context.SentTime is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : now;
        return Patience.Age(sent, ResentIn(context.ReceiveContext), now);
    }

    private static DateTimeOffset? ResentIn(ReceiveContext context) =>
        context.TransportHeaders.TryGetHeader(Resent, out var value)
        && DateTimeOffset.TryParse(value as string, System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? at
            : null;

    /// <summary>When the message with these bytes was sent; null for what is no message.</summary>
    public static DateTimeOffset? SentIn(byte[] body) => Read(body)?.SentTime?.ToUniversalTime();

    private static Envelope? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Envelope(Guid? MessageId, string[]? MessageType, DateTimeOffset? SentTime);
}
