using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Stages.ServiceDefaults;

/// <summary>
/// The queue of a service as the broker has it: puts messages into it byte for byte, which no typed bus does, counts those set aside and
/// takes some of them away. One connection, made when it is needed and again when it is lost.
/// </summary>
/// <param name="reads">Types of messages that this version of the service reads.</param>
public sealed class OwnQueue(Uri address, string queue, IReadOnlyList<Type> reads) : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    private readonly SemaphoreSlim connecting = new(1);
    private IConnection? connection;

    /// <summary>
    /// Who looks into error queues holds this: looking takes the messages for a moment and gives them back, and whoever else looked at
    /// that moment would miss them.
    /// </summary>
    public static LockKey Looking { get; } = LockKey.Of("error queues", "looking");

    /// <summary>What it reads, as publishers name it.</summary>
    public string[] Reads { get; } = [.. reads.Select(type => MassTransit.MessageUrn.ForTypeString(type))];

    public static string ErrorsOf(string queue) => queue + "_error";

    /// <summary>Where a version of before, which parked nothing, laid what it did not know.</summary>
    private static string SkippedOf(string queue) => queue + "_skipped";

    /// <summary>
    /// Returns once the broker has confirmed each of them, in this order. By the exchange that bears the queue's name: who may write to the
    /// one without a name reaches every queue.
    /// </summary>
    public async Task Send(IEnumerable<RawMessage> messages, CancellationToken cancel)
    {
        await using var channel = await (await Connected(cancel)).CreateChannelAsync(Confirmed, cancel);
        var confirmations = new List<Task>();
        foreach (var message in messages)
            confirmations.Add(channel.BasicPublishAsync(queue, "", mandatory: true, Properties(message), message.Body, cancel).AsTask());
        await Task.WhenAll(confirmations);
    }

    /// <summary>How many messages lie in the error queue; none when there never was one.</summary>
    public async Task<long> Failed(CancellationToken cancel)
    {
        await using var channel = await (await Connected(cancel)).CreateChannelAsync(cancellationToken: cancel);
        return await Count(channel, ErrorsOf(queue), cancel);
    }

    /// <summary>
    /// Takes away, for good, what was set aside and is meant; the rest is given back. To be called by who holds <see cref="Looking"/>.
    /// </summary>
    /// <returns>How many went.</returns>
    public async Task<int> TakeAway(Func<BasicGetResult, bool> isMeant, CancellationToken cancel)
    {
        var gone = 0;
        foreach (var aside in (string[])[ErrorsOf(queue), SkippedOf(queue)])
        {
            await using var channel = await (await Connected(cancel)).CreateChannelAsync(cancellationToken: cancel);
            // No more than there were: what comes meanwhile is looked at the next time.
            for (var left = await Count(channel, aside, cancel); left > 0; left--)
            {
                if (await channel.BasicGetAsync(aside, autoAck: false, cancel) is not { } message)
                    break;
                if (!isMeant(message))
                    continue;
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancel);
                gone++;
            }
            // An answer, so that what was acknowledged is; what was not comes back with the channel's end.
            await channel.CloseAsync(cancel);
        }
        return gone;
    }

    private static async Task<long> Count(IChannel channel, string aside, CancellationToken cancel)
    {
        try
        {
            return await channel.MessageCountAsync(aside, cancel);
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
        await connecting.WaitAsync(cancel);
        try
        {
            if (connection is { IsOpen: true })
                return connection;
            if (connection is not null)
                await connection.DisposeAsync();
            connection = null;
            return connection = await BrokerConnection.Factory(address, $"{queue}-parked").CreateConnectionAsync(cancel);
        }
        finally
        {
            connecting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        connecting.Dispose();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
