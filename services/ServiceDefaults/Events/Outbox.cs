using System.Buffers.Binary;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Subscriptions;
using MassTransit;

namespace Stages.ServiceDefaults;

/// <summary>Turns one domain event into the contracts that it means to other services; often none.</summary>
/// <param name="session">For what the contract needs beside the event; reads only.</param>
public delegate ValueTask<IReadOnlyList<object>> ToContracts(IEvent e, IQuerySession session, CancellationToken cancel);

/// <summary>
/// The event log is the outbox. Marten's daemon hands over the log in order, on one copy of the service at a time, and moves its
/// mark only after the broker has confirmed every message of the page: a crash repeats a page, it never skips one. The MessageId
/// follows from the event's id, so a repeated message is known as such by every reader.
/// </summary>
public sealed class Outbox(Publisher publisher, ILogger<Outbox> logger) : ISubscription
{
    public async Task<IChangeListener> ProcessEventsAsync(
        EventRange page,
        ISubscriptionController controller,
        IDocumentOperations operations,
        CancellationToken cancellationToken
    )
    {
        var confirmed = await publisher.Publish(page.Events, operations, cancellationToken);
        if (confirmed > 0)
            logger.LogDebug("{Count} messages confirmed up to event {Sequence}", confirmed, page.SequenceCeiling);
        return NullChangeListener.Instance;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Says to the other services what events mean to them.</summary>
/// <param name="services">
/// Asked for the bus when there is something to publish: the store is made with its outbox, and the bus with filters that use the store.
/// </param>
public sealed class Publisher(ToContracts toContracts, IServiceProvider services)
{
    /// <summary>Returns, with the number of messages, once the broker has confirmed every one of them.</summary>
    public async Task<int> Publish(IEnumerable<IEvent> events, IQuerySession session, CancellationToken cancel)
    {
        var bus = services.GetRequiredService<IBus>();
        var confirmations = new List<Task>();
        foreach (var e in events)
        {
            var contracts = await toContracts(e, session, cancel);
            for (var i = 0; i < contracts.Count; i++)
            {
                var messageId = MessageIdOf(e.Id, i);
                var contract = contracts[i];
                confirmations.Add(bus.Publish(contract, contract.GetType(), context => context.MessageId = messageId, cancel));
            }
        }
        await Task.WhenAll(confirmations);
        return confirmations.Count;
    }

    /// <summary>The event's id for its first message; for further ones its last bytes count on.</summary>
    public static Guid MessageIdOf(Guid eventId, int index)
    {
        if (index == 0)
            return eventId;
        Span<byte> bytes = stackalloc byte[16];
        eventId.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], unchecked(tail + ((uint)index * 0x9E3779B9)));
        return new Guid(bytes, bigEndian: true);
    }
}
