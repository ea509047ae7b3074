using JasperFx.Events;
using Marten.Services;
using NpgsqlTypes;

namespace Stages.ServiceDefaults;

/// <summary>
/// What a decision may look at before it is taken, in the transaction that will carry it out. Nothing can be written through it:
/// that is the <see cref="Decision"/>'s part.
/// </summary>
public sealed class Reading : IAsyncDisposable
{
    private readonly IDocumentStore store;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly IDocumentSession writing;
    private readonly Dictionary<Guid, Action<IEnumerable<object>>> streams = [];
    private readonly HashSet<Type> decidedOn = [];
    private IQuerySession? documents;

    private Reading(IDocumentStore store, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        this.store = store;
        this.connection = connection;
        this.transaction = transaction;
        Cancel = cancel;
        writing = store.LightweightSession(SessionOptions.ForTransaction(transaction));
    }

    public CancellationToken Cancel { get; }

    /// <summary>Documents and queries, as they stand at the moment of asking: after a lock, as the one before has left them.</summary>
    public IQuerySession Documents => documents ??= store.QuerySession(SessionOptions.ForTransaction(transaction));

    /// <summary>
    /// A document to decide upon. Where the store keeps versions (<c>UseOptimisticConcurrency</c>) and somebody else stores it
    /// meanwhile, it is decided again: the version is the writing session's, which therefore loads it.
    /// </summary>
    public Task<TDocument?> Load<TDocument>(Guid id)
        where TDocument : notnull
    {
        decidedOn.Add(typeof(TDocument));
        return writing.LoadAsync<TDocument>(id, Cancel);
    }

    /// <summary>Those of these documents that there are, each as by <see cref="Load{TDocument}"/>.</summary>
    public async Task<IReadOnlyList<TDocument>> LoadMany<TDocument>(IEnumerable<Guid> ids)
        where TDocument : notnull
    {
        decidedOn.Add(typeof(TDocument));
        return await writing.LoadManyAsync<TDocument>(Cancel, [.. ids.Distinct()]);
    }

    /// <summary>Documents by what stands in them, each as by <see cref="Load{TDocument}"/>.</summary>
    public IQueryable<TDocument> Query<TDocument>()
        where TDocument : notnull
    {
        decidedOn.Add(typeof(TDocument));
        return writing.Query<TDocument>();
    }

    /// <summary>The state of a stream to decide upon: when somebody else appends to it meanwhile, it is decided again.</summary>
    public async Task<TState?> Stream<TState>(Guid id)
        where TState : class => (await Fetch<TState>(id)).Aggregate;

    /// <summary>The states of those of these streams that there are, each as by <see cref="Stream{TState}"/>.</summary>
    public async Task<IReadOnlyList<TState>> Streams<TState>(IEnumerable<Guid> ids)
        where TState : class
    {
        Guid[] wanted = [.. ids.Distinct()];
        if (wanted.Length == 0)
            return [];
        var found = await writing.Events.FetchManyForWriting<TState>(wanted, Cancel);
        foreach (var stream in found)
            Keep(stream);
        return [.. found.Select(s => s.Aggregate).OfType<TState>()];
    }

    /// <summary>Waits until nobody else holds this and keeps it until the decision is carried out. What matters is read after.</summary>
    public Task Lock(LockKey key) => Lock(key, "pg_advisory_xact_lock");

    /// <summary>As above, together with others who share it: who locks it waits for them all, and they for that one.</summary>
    public Task Share(LockKey key) => Lock(key, "pg_advisory_xact_lock_shared");

    private async Task Lock(LockKey key, string how)
    {
        await using var command = new NpgsqlCommand($"select {how}(@key)", connection, transaction);
        command.Parameters.AddWithValue("key", NpgsqlDbType.Bigint, key.In(store.Options.DatabaseSchemaName).Value);
        try
        {
            await command.ExecuteNonQueryAsync(Cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            throw new TimeoutException("Somebody else holds what this decision needs, for longer than a statement may take.", e);
        }
    }

    internal static async Task<Reading> Begin(IDocumentStore store, NpgsqlDataSource database, CancellationToken cancel)
    {
        var opened = await database.OpenConnectionAsync(cancel);
        try
        {
            return new Reading(store, opened, await opened.BeginTransactionAsync(cancel), cancel);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    internal async Task<IEventStream<TState>> Fetch<TState>(Guid id)
        where TState : class
    {
        var stream = await writing.Events.FetchForWriting<TState>(id, Cancel);
        Keep(stream);
        return stream;
    }

    /// <summary>Writes the decision and commits: all of it is durable when this returns.</summary>
    /// <param name="own">The addressed stream, whose are the events without a stream.</param>
    /// <param name="note">What the journal itself keeps with it.</param>
    internal async Task Commit(Decision decision, Guid? own, Action<IDocumentSession>? note = null)
    {
        if (decision.Events.Count > 0)
            await AppendTo(own ?? throw new InvalidOperationException("Events without a stream: say which with At."), decision.Events);
        foreach (var effect in decision.Effects)
            switch (effect)
            {
                case Effect.Append append:
                    await AppendTo(append.Stream, append.Events);
                    break;
                // It was looked for and was not there: beginning it is appending to what was found to be empty.
                case Effect.Start start when streams.ContainsKey(start.Stream):
                    await AppendTo(start.Stream, start.Events);
                    break;
                case { Overwrites: { } kind } when !decidedOn.Contains(kind) && KeepsVersions(kind):
                    throw new InvalidOperationException($"{kind.Name} keeps versions: what is stored anew is read with Load, or inserted.");
                default:
                    effect.Write(writing);
                    break;
            }
        note?.Invoke(writing);
        await writing.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (documents is not null)
            await documents.DisposeAsync();
        await writing.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    // Without the version that was read, every such write would be refused as one that came too late.
    private bool KeepsVersions(Type document) => store.Options.FindOrResolveDocumentType(document).UseOptimisticConcurrency;

    private void Keep<TState>(IEventStream<TState> stream)
        where TState : class => streams[stream.Id] = stream.AppendMany;

    private async Task AppendTo(Guid id, IReadOnlyList<object> events)
    {
        if (streams.TryGetValue(id, out var append))
        {
            append(events);
            return;
        }
        // Appended without its version, the page of a stream would say version 0, and refuse whoever saw that and changes it next.
        if (await writing.Events.FetchStreamStateAsync(id, Cancel) is { Version: var version })
            writing.Events.Append(id, version + events.Count, events);
        else
            writing.Events.Append(id, events);
        streams[id] = more => writing.Events.Append(id, more);
    }
}
