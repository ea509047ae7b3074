using Marten;
using MassTransit;

namespace Stages.ServiceDefaults;

/// <summary>A message that has had its effect; inserted in the transaction of that effect, so that a second copy changes nothing.</summary>
public sealed record ConsumedMessage(Guid Id, DateTimeOffset At);

/// <summary>Consumes a message once: its effect and the note that it was consumed are one transaction.</summary>
public sealed class Inbox(IDocumentStore store, TimeProvider clock)
{
    /// <param name="effect">Writes into the session; it does not save.</param>
    public async Task Once<TMessage>(ConsumeContext<TMessage> context, Func<IDocumentSession, Task> effect) where TMessage : class
    {
        var id = context.MessageId ?? throw new InvalidOperationException($"{typeof(TMessage).Name} came without a MessageId.");
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<ConsumedMessage>(id, context.CancellationToken) is not null) return;

        session.Insert(new ConsumedMessage(id, clock.GetUtcNow()));
        await effect(session);
        // A race with a second copy of the message fails here on the note's key and is delivered again, to find the note.
        await session.SaveChangesAsync(context.CancellationToken);
    }
}
