using MassTransit;
using Polly;

namespace Stages.ServiceDefaults;

/// <summary>A message that has had its effect; inserted in the transaction of that effect, so that a second copy changes nothing.</summary>
public sealed record ConsumedMessage(Guid Id, DateTimeOffset At);

/// <summary>
/// The one way to change anything, with three doors: decide, start, consume. Each reads, has a rule decide, and writes what it decided
/// in one transaction; it decides again when somebody else was faster. An architecture test bans saving anywhere else.
/// </summary>
public sealed class Journal(
    IDocumentStore store,
    NpgsqlDataSource database,
    GroupCommit groupCommit,
    ParkedMessages parked,
    TimeProvider clock,
    ILogger<Journal> logger,
    TakeUp? takeUp = null
)
{
    private readonly Turns turns = new();

    // What a decision looks at besides may need a connection of its own (a campaign that is remembered no longer): were all of the
    // pool's held by decisions, each would wait for another until none could go on.
    private readonly SemaphoreSlim atOnce = new(Math.Max(1, MaxPoolSizeOf(database) * 2 / 3));

    private readonly ResiliencePipeline again = Races.Again(logger);

    /// <summary>Decides on one aggregate, one at a time across all copies: many who come at once are each obeyed.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="decide">Pure; may be called again with newer state. Gets null when there is no such stream.</param>
    /// <param name="ifMatch">Version that the caller saw; another one is refused as <see cref="StaleVersion"/>.</param>
    /// <param name="once">Kept in the same transaction, see <see cref="IdempotencyKey"/>.</param>
    /// <param name="under">What is held while deciding; the stream itself when absent.</param>
    public async Task<Outcome> Decide<TState>(
        Guid id,
        Func<TState?, Decision> decide,
        IfMatch? ifMatch = null,
        AnsweredRequest? once = null,
        LockKey? under = null,
        CancellationToken cancel = default
    )
        where TState : class =>
        await Decide<TState, object>(id, (_, state) => ValueTask.FromResult<Decision<object>>(decide(state)), ifMatch, once, under, cancel);

    /// <summary>As above, for a decision that looks at other things first.</summary>
    public async Task<Outcome> Decide<TState>(
        Guid id,
        Func<Reading, TState?, ValueTask<Decision>> decide,
        IfMatch? ifMatch = null,
        AnsweredRequest? once = null,
        LockKey? under = null,
        CancellationToken cancel = default
    )
        where TState : class =>
        await Decide<TState, object>(id, async (reading, state) => await decide(reading, state), ifMatch, once, under, cancel);

    /// <summary>As above, and tells what the decision gave.</summary>
    public Task<Outcome<TResult>> Decide<TState, TResult>(
        Guid id,
        Func<Reading, TState?, ValueTask<Decision<TResult>>> decide,
        IfMatch? ifMatch = null,
        AnsweredRequest? once = null,
        LockKey? under = null,
        CancellationToken cancel = default
    )
        where TState : class =>
        Transaction(
            under ?? LockKey.Of("stream", id),
            async reading =>
            {
                if (once is not null && await Answered<TResult>(reading.Documents, once, cancel) is { } answered)
                    return answered;
                var stream = await reading.Fetch<TState>(id);
                var current = stream.CurrentVersion ?? 0;
                if (ifMatch?.Version is { } seen && seen != current && stream.Aggregate is not null)
                    return new Outcome<TResult>(id, current, default, new StaleVersion(current));
                var (decision, result) = Carried(await decide(reading, stream.Aggregate));
                if (decision.Refusal is not null)
                    return new Outcome<TResult>(id, current, default, decision.Refusal);
                if (!decision.ChangesNothing || once is not null)
                    await reading.Commit(decision, id, once is null ? null : session => session.Insert(once));
                return new Outcome<TResult>(id, current + decision.CountAt(id), result);
            },
            cancel
        );

    /// <summary>Decides on several streams, or on documents, none of which is addressed: the results of jobs.</summary>
    public async Task<Outcome> Decide(
        Func<Reading, ValueTask<Decision>> decide,
        LockKey? under = null,
        CancellationToken cancel = default
    ) => await Decide<object>(async reading => await decide(reading), under, cancel);

    /// <summary>As above, and tells what the decision gave.</summary>
    public Task<Outcome<TResult>> Decide<TResult>(
        Func<Reading, ValueTask<Decision<TResult>>> decide,
        LockKey? under = null,
        CancellationToken cancel = default
    ) =>
        Transaction(
            under,
            async reading =>
            {
                var (decision, result) = Carried(await decide(reading));
                if (decision is { Refusal: null, ChangesNothing: false })
                    await reading.Commit(decision, null);
                return new Outcome<TResult>(Guid.Empty, 0, decision.Refusal is null ? result : default, decision.Refusal);
            },
            cancel
        );

    /// <summary>Carries out what is decided already, and needed no reading.</summary>
    public Task<Outcome> Decide(Decision decision, CancellationToken cancel = default) =>
        Decide(_ => ValueTask.FromResult(decision), cancel: cancel);

    /// <summary>
    /// Starts a stream together with many others in one transaction and answers after that transaction is durable. For what
    /// thousands do at once; anything that reads state before it decides goes through <c>Decide</c>.
    /// </summary>
    public async Task<Outcome> Start<TState>(Guid id, Decision decision, AnsweredRequest? once = null, CancellationToken cancel = default)
        where TState : class
    {
        if (once is not null)
        {
            await using var session = store.QuerySession();
            if (await Answered<TState>(session, once, cancel) is { } answered)
                return answered;
        }
        if (decision.Refusal is not null)
            return new Outcome(id, 0, decision.Refusal);
        if (decision.Effects.Count > 0)
            throw new InvalidOperationException("What is started together with others writes its own stream alone.");
        try
        {
            await groupCommit.Commit(new GroupCommit.Entry(typeof(TState), id, decision.Events, once), cancel);
            return new Outcome(id, decision.Events.Count);
        }
        catch (Exception e) when (once is not null && Races.IsRace(e))
        {
            await using var session = store.QuerySession();
            return await Answered<TState>(session, once, cancel) ?? throw new InvalidOperationException("The stream exists already.", e);
        }
    }

    /// <summary>
    /// Takes a message once: what it is decided to mean here and the note that it was taken are one transaction. One that has to wait
    /// is parked instead, and those behind it go on.
    /// </summary>
    public async Task Consume<TMessage>(ConsumeContext<TMessage> context, Func<Reading, TMessage, ValueTask<Decision>> decide)
        where TMessage : class
    {
        var id = context.MessageId ?? throw new InvalidOperationException($"{typeof(TMessage).Name} came without a MessageId.");
        try
        {
            await Transaction(null, reading => Take(reading, context, id, decide), context.CancellationToken);
        }
        catch (Exception e) when (!Problems.IsUnavailable(e))
        {
            // A copy is rare, so nobody asks beforehand: the note's key refuses the second one, and whatever else its effect stumbled
            // over on the way there does not matter either.
            await using var session = store.QuerySession();
            if (await session.LoadAsync<ConsumedMessage>(id, context.CancellationToken) is null)
                throw;
            if (RawMessage.IsTakenUp(context.ReceiveContext))
                await parked.Forget(id, context.CancellationToken);
        }
    }

    private async Task<bool> Take<TMessage>(
        Reading reading,
        ConsumeContext<TMessage> context,
        Guid id,
        Func<Reading, TMessage, ValueTask<Decision>> decide
    )
        where TMessage : class
    {
        var decision = await decide(reading, context.Message);
        if (decision.Refusal is { } refusal)
            throw new InvalidOperationException($"A message cannot be refused: {typeof(TMessage).Name}, {refusal.Code}.");
        await reading.Commit(
            decision,
            null,
            session =>
            {
                if (decision.Waits is { } missing)
                {
                    parked.Park(session, context.ReceiveContext, missing.Key, missing.Until);
                    return;
                }
                session.Insert(new ConsumedMessage(id, clock.GetUtcNow()));
                parked.Done(session, context);
                if (decision.Known.Count > 0)
                    parked.Known(session, decision.Known);
            }
        );
        if (decision.Known.Count > 0)
            takeUp?.Ring();
        return true;
    }

    /// <summary>True for a lost race, which another attempt may win.</summary>
    public static bool IsRace(Exception e) => Races.IsRace(e);

    /// <summary>One transaction, begun anew whenever somebody else was faster.</summary>
    private async Task<T> Transaction<T>(LockKey? under, Func<Reading, Task<T>> work, CancellationToken cancel)
    {
        using var turn = under is { } key ? await turns.Take(key, cancel) : null;
        return await again.ExecuteAsync(
            async token =>
            {
                await atOnce.WaitAsync(token);
                try
                {
                    await using var reading = await Reading.Begin(store, database, token);
                    if (under is { } held)
                        await reading.Lock(held);
                    return await work(reading);
                }
                finally
                {
                    atOnce.Release();
                }
            },
            cancel
        );
    }

    private static int MaxPoolSizeOf(NpgsqlDataSource database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize;

    private static Decision<TResult> Carried<TResult>(Decision<TResult> decision) =>
        decision.What.Waits is { } missing
            ? throw new InvalidOperationException($"Only a message can wait, a command cannot: {missing.Key}.")
            : decision;

    private static async Task<Outcome<TResult>?> Answered<TResult>(IQuerySession session, AnsweredRequest once, CancellationToken cancel)
    {
        var earlier = await session.LoadAsync<AnsweredRequest>(once.Id, cancel);
        if (earlier is null)
            return null;
        return earlier.BodyHash == once.BodyHash
            ? new Outcome<TResult>(earlier.Result, 0, default, Repeated: true)
            : new Outcome<TResult>(earlier.Result, 0, default, new KeyReused());
    }
}
