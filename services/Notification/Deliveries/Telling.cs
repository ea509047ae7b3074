namespace Stages.Notifications.Deliveries;

/// <summary>What a message means here: what is kept of it, and who is told what. A value: a rule writes nothing.</summary>
/// <param name="Proven">The account that caused it, signed in: it has proven its address.</param>
public sealed record Telling(Decision Kept, IReadOnlyList<Delivery> Told, Guid? Proven = null)
{
    public static implicit operator Telling(Decision kept) => new(kept, []);

    /// <summary>The same to each of several, and nothing kept.</summary>
    public static Telling To(IEnumerable<Recipient> all, Notice notice, Cause cause, About about, DateTimeOffset at) =>
        new(Decision.Nothing, [.. all.Select(to => Delivery.Of(cause.Name, to, notice, about, at))]);
}

/// <summary>What a rule may know of the message beside its words.</summary>
/// <param name="Name">Of the message; deliveries are named after it.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Age">Since then, or since somebody sent it again: how often it was tried says nothing.</param>
public sealed record Cause(string Name, DateTimeOffset At, TimeSpan Age)
{
    public static Cause Of(ConsumeContext context, DateTimeOffset now)
    {
        var age = RawMessage.Age(context, now);
        return new Cause(context.MessageId!.Value.ToString(), now - age, age);
    }
}

/// <summary>How each message is taken: its rule decides, all of it is written in one transaction, and the sender is woken.</summary>
public sealed class Reception(Journal journal, Outgoing outgoing, Wake wake, TimeProvider clock)
{
    /// <param name="rule">Reads what it needs and calls a pure function.</param>
    public Task Take<TMessage>(ConsumeContext<TMessage> context, Func<Reading, TMessage, Cause, ValueTask<Telling>> rule)
        where TMessage : class => Take(context, reading => reading.Share(Erasure.Lock), rule);

    /// <summary>As above, of a message that forgets people: who was about to write to them has done so before, or learns of it.</summary>
    public Task Forget<TMessage>(ConsumeContext<TMessage> context, Func<Reading, TMessage, ValueTask<Decision>> rule)
        where TMessage : class => Take(context, reading => reading.Lock(Erasure.Lock), async (reading, m, _) => await rule(reading, m));

    private async Task Take<TMessage>(
        ConsumeContext<TMessage> context,
        Func<Reading, Task> hold,
        Func<Reading, TMessage, Cause, ValueTask<Telling>> rule
    )
        where TMessage : class
    {
        await journal.Consume(
            context,
            async (reading, message) =>
            {
                await hold(reading);
                var telling = await rule(reading, message, Cause.Of(context, clock.GetUtcNow()));
                return telling.Kept.Waits is not null
                    ? telling.Kept
                    : telling.Kept.And(await outgoing.Tell(reading, telling.Told, telling.Proven));
            }
        );
        wake.Ring();
    }

    /// <summary>As above, for letters that speak of a campaign: the message waits until that one is known.</summary>
    public Task Take<TMessage>(
        ConsumeContext<TMessage> context,
        Guid campaignId,
        Func<Reading, KnownCampaign, TMessage, Cause, ValueTask<Telling>> rule
    )
        where TMessage : class =>
        Take(
            context,
            async (reading, message, cause) =>
                await reading.Load<KnownCampaign>(campaignId) is { } campaign
                    ? await rule(reading, campaign, message, cause)
                    : Decision.WaitsFor("campaign", campaignId)
        );
}
