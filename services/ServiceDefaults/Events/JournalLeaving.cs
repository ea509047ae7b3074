using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Stages.ServiceDefaults;

/// <summary>Earlier doors, until their callers go through the three.</summary>
public sealed partial class Journal
{
    public async Task Write(Func<IDocumentSession, ValueTask> write, CancellationToken cancel = default) =>
        await again.ExecuteAsync(
            async token =>
            {
                await using var session = store.LightweightSession();
                await write(session);
                await session.SaveChangesAsync(token);
            },
            cancel
        );

    public Task Put(Action<IDocumentSession> write, CancellationToken cancel = default) =>
        Write(
            session =>
            {
                write(session);
                return ValueTask.CompletedTask;
            },
            cancel
        );

    public static async Task Lock(IDocumentSession session, LockKey key, CancellationToken cancel)
    {
        await session.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(@key)");
        command.Parameters.AddWithValue("key", NpgsqlDbType.Bigint, key.In(session.DocumentStore.Options.DatabaseSchemaName).Value);
        await session.ExecuteAsync(command, cancel);
    }
}
