using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Stages.Contracts;

namespace Stages.ServiceDefaults;

/// <summary>
/// Makes who reads what, of all services (<see cref="Topology"/>), as an account that may: exchanges of the messages, the readers' queues
/// and what binds them. Before anything is published, and harmless when it is done again.
/// </summary>
public sealed class WhoReads(BrokerAccess access, ILogger<WhoReads> logger) : IHostedService
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private static readonly RabbitMqMessageNameFormatter Names = new();

    private static readonly Dictionary<string, object?> Quorum = new(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };

    public Task StartAsync(CancellationToken cancellationToken) =>
        access is { IsSeparate: true, MadeElsewhere: false } ? Make(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the broker: what is published before the readers are bound would be told to nobody.</summary>
    public async Task Make(CancellationToken cancel)
    {
        using var again = new PeriodicTimer(AgainAfter, TimeProvider.System);
        while (true)
        {
            try
            {
                await TryMake(cancel);
                return;
            }
            catch (Exception e) when (e is BrokerUnreachableException or AlreadyClosedException)
            {
                logger.LogWarning("The broker does not answer yet: {Error}", e.Message);
                await again.WaitForNextTickAsync(cancel);
            }
        }
    }

    /// <summary>In the form in which the bus itself makes them: what is there otherwise would be refused.</summary>
    private async Task TryMake(CancellationToken cancel)
    {
        await using var connection = await BrokerConnection.Factory(access.Owner, "who-reads").CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        Task Exchange(string name) => channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        foreach (var (reader, messages) in Topology.Readers)
        {
            await Exchange(reader);
            await channel.QueueDeclareAsync(reader, durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: cancel);
            await channel.QueueBindAsync(reader, reader, "", cancellationToken: cancel);
            foreach (var exchange in messages.Select(Names.GetMessageName))
            {
                await Exchange(exchange);
                await channel.ExchangeBindAsync(reader, exchange, "", cancellationToken: cancel);
            }
        }
    }
}
