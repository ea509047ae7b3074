using JasperFx;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.Logging;

namespace Stages.ServiceDefaults;

/// <summary>
/// The one way to commit a command: fetch the state with its version, decide, append, save; decide again when somebody else was
/// faster. An architecture test bans saving anywhere but here and in <see cref="Inbox"/>.
/// </summary>
public sealed class Journal(IDocumentStore store, GroupCommit groupCommit, ILogger<Journal> logger)
{
    private const int Attempts = 8;

    /// <summary>Decides on an existing aggregate and appends the events.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="decide">Pure; may be called again with newer state. Gets null when there is no such stream.</param>
    /// <param name="ifMatch">Version that the caller saw; another one is refused as <see cref="StaleVersion"/>.</param>
    /// <param name="once">Kept in the same transaction, see <see cref="IdempotencyKey"/>.</param>
    public Task<Outcome> Decide<TState>(
        Guid id,
        Func<TState?, Decision> decide,
        IfMatch? ifMatch = null,
        AnsweredRequest? once = null,
        CancellationToken cancel = default
    )
        where TState : class => Decide<TState>(id, (_, state) => ValueTask.FromResult(decide(state)), ifMatch, once, null, cancel);

    /// <summary>As above, for a decision that first reads other documents, or writes a document in the same transaction.</summary>
    public async Task<Outcome> Decide<TState>(
        Guid id,
        Func<IQuerySession, TState?, ValueTask<Decision>> decide,
        IfMatch? ifMatch = null,
        AnsweredRequest? once = null,
        Action<IDocumentOperations>? also = null,
        CancellationToken cancel = default
    )
        where TState : class
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.LightweightSession();
            if (once is not null && await Answered(session, once, cancel) is { } answered)
                return answered;

            var stream = await session.Events.FetchForWriting<TState>(id, cancel);
            var current = stream.CurrentVersion ?? 0;
            if (ifMatch?.Version is { } seen && seen != current && stream.Aggregate is not null)
                return new Outcome(id, current, new StaleVersion(current));

            var decision = await decide(session, stream.Aggregate);
            if (decision.Refusal is not null)
                return new Outcome(id, current, decision.Refusal);
            if (decision.Events.Count == 0 && once is null && also is null)
                return new Outcome(id, current);

            stream.AppendMany(decision.Events);
            if (once is not null)
                session.Insert(once);
            also?.Invoke(session);
            try
            {
                await session.SaveChangesAsync(cancel);
                return new Outcome(id, current + decision.Events.Count);
            }
            catch (Exception e) when (IsRace(e) && attempt < Attempts)
            {
                // Somebody appended between our reading and our saving: the decision may be another one now.
                logger.LogDebug(e, "{Stream} was changed meanwhile; attempt {Attempt}", id, attempt);
            }
        }
    }

    /// <summary>
    /// Starts a stream together with many others in one transaction and answers after that transaction is durable. For what
    /// thousands do at once; anything that reads state before it decides goes through
    /// <see cref="Decide{TState}(Guid, Func{TState, Decision}, IfMatch, AnsweredRequest, CancellationToken)"/>.
    /// </summary>
    public async Task<Outcome> Start<TState>(Guid id, Decision decision, AnsweredRequest? once = null, CancellationToken cancel = default)
        where TState : class
    {
        if (once is not null)
        {
            await using var session = store.QuerySession();
            if (await Answered(session, once, cancel) is { } answered)
                return answered;
        }
        if (decision.Refusal is not null)
            return new Outcome(id, 0, decision.Refusal);
        try
        {
            await groupCommit.Commit(new GroupCommit.Entry(typeof(TState), id, decision.Events, once), cancel);
            return new Outcome(id, decision.Events.Count);
        }
        catch (Exception e) when (once is not null && IsRace(e))
        {
            await using var session = store.QuerySession();
            return await Answered(session, once, cancel) ?? throw new InvalidOperationException("The stream exists already.", e);
        }
    }

    /// <summary>Appends events of a job's result in one transaction over several streams, each with a version of its own.</summary>
    public async Task Write(Func<IDocumentSession, ValueTask> write, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.LightweightSession();
            await write(session);
            try
            {
                await session.SaveChangesAsync(cancel);
                return;
            }
            catch (Exception e) when (IsRace(e) && attempt < Attempts)
            {
                logger.LogDebug(e, "A stream was changed meanwhile; attempt {Attempt}", attempt);
            }
        }
    }

    /// <summary>The same for what needs no reading first: the session is told what to write, and waits for nothing.</summary>
    public Task Put(Action<IDocumentSession> write, CancellationToken cancel = default) =>
        Write(
            session =>
            {
                write(session);
                return ValueTask.CompletedTask;
            },
            cancel
        );

    /// <summary>True for a lost race, which another attempt may win.</summary>
    public static bool IsRace(Exception e) =>
        e switch
        {
            JasperFx.Events.ExistingStreamIdCollisionException
            or Marten.Exceptions.ExistingStreamIdCollisionException
            or DocumentAlreadyExistsException
            or ConcurrencyException => true,
            Npgsql.PostgresException p => p.SqlState is "23505" or "40001" or "40P01",
            AggregateException many => many.InnerExceptions.Any(IsRace),
            _ => e.InnerException is not null && IsRace(e.InnerException),
        };

    private static async Task<Outcome?> Answered(IQuerySession session, AnsweredRequest once, CancellationToken cancel)
    {
        var earlier = await session.LoadAsync<AnsweredRequest>(once.Id, cancel);
        if (earlier is null)
            return null;
        if (earlier.BodyHash != once.BodyHash)
            return new Outcome(earlier.Result, 0, new KeyReused());
        return new Outcome(earlier.Result, 0, Repeated: true);
    }
}
