using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Stages.ServiceDefaults;

/// <summary>
/// The queue of a service as the broker has it: puts messages into it byte for byte, which no typed bus does, and counts those set
/// aside. One connection, made when it is needed and again when it is lost; used by one caller at a time.
/// </summary>
/// <param name="reads">Types of messages that this version of the service reads.</param>
public sealed class OwnQueue(Uri address, string queue, IReadOnlyList<Type> reads) : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    private IConnection? connection;

    /// <summary>What it reads, as publishers name it.</summary>
    public string[] Reads { get; } = [.. reads.Select(type => MassTransit.MessageUrn.ForTypeString(type))];

    public static string ErrorsOf(string queue) => queue + "_error";

    /// <summary>Returns once the broker has confirmed each of them, in this order.</summary>
    public async Task Send(IEnumerable<RawMessage> messages, CancellationToken cancel)
    {
        await using var channel = await (await Connected(cancel)).CreateChannelAsync(Confirmed, cancel);
        var confirmations = new List<Task>();
        foreach (var message in messages)
            confirmations.Add(channel.BasicPublishAsync("", queue, mandatory: true, Properties(message), message.Body, cancel).AsTask());
        await Task.WhenAll(confirmations);
    }

    /// <summary>How many messages lie in the error queue; none when there never was one.</summary>
    public async Task<long> Failed(CancellationToken cancel)
    {
        await using var channel = await (await Connected(cancel)).CreateChannelAsync(cancellationToken: cancel);
        try
        {
            return await channel.MessageCountAsync(ErrorsOf(queue), cancel);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    private static BasicProperties Properties(RawMessage message)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [RawMessage.TakenUp] = "yes" };
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(message.Headers)!)
            headers[name] = value;
        return new BasicProperties
        {
            MessageId = message.Id.ToString(),
            ContentType = message.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
    }

    private async Task<IConnection> Connected(CancellationToken cancel)
    {
        if (connection is { IsOpen: true })
            return connection;
        if (connection is not null)
            await connection.DisposeAsync();
        connection = null;
        return connection = await BrokerConnection.Factory(address, $"{queue}-parked").CreateConnectionAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
