using System.Buffers.Binary;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Stages.Scheduling;

/// <summary>
/// One at a time, across all copies of the service, for what several streams decide together: whether a pupil or a teacher is free
/// is read from many stages, whose versions alone would not show that two moves contradict each other. Held until the
/// transaction ends; what is read after it is what the one before has committed.
/// </summary>
public static class Locks
{
    /// <summary>The timetable of a campaign: stages, seats and places on the waiting list.</summary>
    public static Task Timetable(IQuerySession session, Guid campaign, CancellationToken cancel) => Take(session, 1, campaign, cancel);

    /// <summary>A teacher's one offer in a campaign.</summary>
    public static Task OfferOf(IQuerySession session, Guid campaign, Guid person, CancellationToken cancel) =>
        Take(session, 2 ^ Fold(campaign), person, cancel);

    /// <summary>The mirror of one enrolment.</summary>
    public static Task Candidate(IQuerySession session, Guid enrolment, CancellationToken cancel) => Take(session, 3, enrolment, cancel);

    /// <summary>
    /// Does the work unless another copy is doing it already; returns whether it did. Held by a connection, not by a transaction: it
    /// ends with the work or with the process, however that ends.
    /// </summary>
    public static async Task<bool> Alone(NpgsqlDataSource database, string work, Guid about, Func<Task> task, CancellationToken cancel)
    {
        var key =
            Fold(new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(work)).AsSpan(0, 16)))
            ^ Fold(about);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock(@key)", connection) { Parameters = { new("key", key) } };
        if (await take.ExecuteScalarAsync(cancel) is not true)
            return false;
        try
        {
            await task();
        }
        finally
        {
            // A connection that broke has given up its lock already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var free = new NpgsqlCommand("select pg_advisory_unlock(@key)", connection)
                {
                    Parameters = { new("key", key) },
                };
                await free.ExecuteScalarAsync(CancellationToken.None);
            }
        }
        return true;
    }

    private static async Task Take(IQuerySession session, long kind, Guid id, CancellationToken cancel)
    {
        var writing = (IDocumentSession)session;
        await writing.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(@key)");
        command.Parameters.AddWithValue("key", NpgsqlDbType.Bigint, kind ^ Fold(id));
        await writing.ExecuteAsync(command, cancel);
    }

    private static long Fold(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) ^ (BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) * 31);
    }
}
