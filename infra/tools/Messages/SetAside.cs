using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Stages.ServiceDefaults;

namespace Stages.Messages;

/// <summary>
/// What lies in the error queues of the services. Looking takes the messages without acknowledging them and gives them back by
/// ending the channel; one that is sent again is acknowledged once the broker has confirmed its copy in the service's queue.
/// </summary>
public sealed class SetAside(IConnection broker, TimeProvider clock)
{
    private static readonly (string Suffix, string State)[] Queues = [("_error", "failed"), ("_skipped", "skipped")];

    public async Task<IReadOnlyList<StuckMessage>> List(string service, CancellationToken cancel)
    {
        var found = new List<StuckMessage>();
        await Each(service, (_, message, _) => Add(found, message), cancel);
        return found;
    }

    /// <param name="id">One message; all when null.</param>
    /// <returns>How many were sent again.</returns>
    public async Task<int> Resend(string service, string? id, CancellationToken cancel)
    {
        await using var sending = await broker.CreateChannelAsync(new CreateChannelOptions(true, true), cancel);
        var sent = 0;
        await Each(
            service,
            async (channel, message, delivery) =>
            {
                if (id is not null && message.Id != id)
                    return;
                var (properties, body) = (Again(delivery.BasicProperties), delivery.Body);
                await sending.BasicPublishAsync("", service, mandatory: true, properties, body, cancel);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancel);
                sent++;
            },
            cancel
        );
        return sent;
    }

    private static Task Add(List<StuckMessage> found, StuckMessage message)
    {
        found.Add(message);
        return Task.CompletedTask;
    }

    private async Task Each(string service, Func<IChannel, StuckMessage, BasicGetResult, Task> work, CancellationToken cancel)
    {
        foreach (var (suffix, state) in Queues)
        {
            await using var channel = await broker.CreateChannelAsync(cancellationToken: cancel);
            if (await CountOrNone(channel, service + suffix, cancel) is not { } count)
                continue;
            // No more than there were: what is sent again may fail again meanwhile.
            for (; count > 0 && await channel.BasicGetAsync(service + suffix, autoAck: false, cancel) is { } delivery; count--)
                await work(channel, Describe(service, state, delivery), delivery);
        }
    }

    private static async Task<uint?> CountOrNone(IChannel channel, string queue, CancellationToken cancel)
    {
        try
        {
            return await channel.MessageCountAsync(queue, cancel);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    private static StuckMessage Describe(string service, string state, BasicGetResult delivery)
    {
        var envelope = Envelope.Read(delivery.Body.Span);
        var headers = delivery.BasicProperties.Headers;
        return new StuckMessage(
            service,
            state,
            envelope?.MessageId?.ToString() ?? "bytes-" + Convert.ToHexStringLower(SHA256.HashData(delivery.Body.Span))[..16],
            envelope?.MessageType?.FirstOrDefault() ?? "(no message)",
            envelope?.SentTime,
            Text(headers, "MT-Fault-Message") ?? Text(headers, "MT-Reason") ?? ""
        );
    }

    private static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers?.TryGetValue(name, out var value) == true && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>As it came first, without the notes of its failure; its patience begins anew.</summary>
    private BasicProperties Again(IReadOnlyBasicProperties first)
    {
        var headers = (first.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Where(h => !h.Key.StartsWith("MT-", StringComparison.Ordinal) && h.Key != RawMessage.TakenUp)
            .ToDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal);
        headers[RawMessage.Resent] = clock.GetUtcNow().ToString("O");
        return new BasicProperties(first) { Headers = headers, DeliveryMode = DeliveryModes.Persistent };
    }

    private sealed record Envelope(Guid? MessageId, string[]? MessageType, DateTimeOffset? SentTime)
    {
        public static Envelope? Read(ReadOnlySpan<byte> body)
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
    }
}
