using Marten;
using MassTransit;

namespace Stages.ServiceDefaults;

/// <summary>Consumes a message once: its effect and the note that it was consumed are one transaction.</summary>
public sealed class Inbox(IDocumentStore store, ParkedMessages parked, TimeProvider clock, TakeUp? takeUp = null)
{
    /// <param name="effect">Writes into the session; it does not save.</param>
    /// <param name="known">The key that it makes known; what waits for it is taken up.</param>
    public async Task Once<TMessage>(ConsumeContext<TMessage> context, Func<IDocumentSession, Task> effect, string? known = null)
        where TMessage : class
    {
        var id = context.MessageId ?? throw new InvalidOperationException($"{typeof(TMessage).Name} came without a MessageId.");
        try
        {
            await using var session = store.LightweightSession();
            session.Insert(new ConsumedMessage(id, clock.GetUtcNow()));
            await effect(session);
            parked.Done(session, context);
            if (known is not null)
                parked.Known(session, [known]);
            await session.SaveChangesAsync(context.CancellationToken);
            if (known is not null)
                takeUp?.Ring();
        }
        catch (NotYetKnown e)
        {
            await using var session = store.LightweightSession();
            parked.Park(session, context.ReceiveContext, e.Key, e.Until);
            await session.SaveChangesAsync(context.CancellationToken);
        }
        catch (Exception e) when (!Problems.IsUnavailable(e))
        {
            // A copy is rare, so nobody asks beforehand: the note's key refuses the second one, and whatever else its effect stumbled
            // over on the way there does not matter either.
            await using var reading = store.QuerySession();
            if (await reading.LoadAsync<ConsumedMessage>(id, context.CancellationToken) is null)
                throw;
            if (RawMessage.IsTakenUp(context.ReceiveContext))
                await parked.Forget(id, context.CancellationToken);
        }
    }
}
