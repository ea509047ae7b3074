using System.Security.Cryptography;
using NpgsqlTypes;

namespace Stages.ServiceDefaults;

/// <summary>The log of one service, to be read.</summary>
public sealed class AuditRows(string schema)
{
    public string Schema => schema;

    /// <summary>What somebody asks for, the newest first.</summary>
    public async Task<IReadOnlyList<AuditRow>> Find(NpgsqlDataSource database, AuditQuery asked, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select {AuditTable.Columns} from {schema}.audit_log
            where ($1::uuid is null or person = $1 or objects @> array[$1]) and ($2::text is null or kind = $2)
              and ($3::uuid is null or objects @> array[$3]) and ($4::timestamptz is null or at >= $4)
              and ($5::timestamptz is null or at < $5 or (at = $5 and seq < $6))
            order by at desc, seq desc limit $7
            """
        );
        command.Parameters.Add(
            (NpgsqlDbType.Uuid, asked.Person),
            (NpgsqlDbType.Text, asked.Kind),
            (NpgsqlDbType.Uuid, asked.Object),
            (NpgsqlDbType.TimestampTz, asked.From),
            (NpgsqlDbType.TimestampTz, asked.Before),
            (NpgsqlDbType.Bigint, asked.BeforeSeq),
            (NpgsqlDbType.Integer, asked.Limit)
        );
        var found = new List<AuditRow>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            found.Add(Read(rows));
        return found;
    }

    /// <summary>The whole log in its order.</summary>
    public async IAsyncEnumerable<AuditRow> All(
        NpgsqlDataSource database,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand($"select {AuditTable.Columns} from {schema}.audit_log order by seq");
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            yield return Read(rows);
    }

    /// <summary>The newest start that this installation wrote; others' are none.</summary>
    public async Task<AuditStart> Start(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select seq, hash, seal from {schema}.audit_starts order by seq desc");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var start = new AuditStart(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
            if (CryptographicOperations.FixedTimeEquals(start.Seal(schema), rows.GetFieldValue<byte[]>(2)))
                return start;
        }
        return AuditStart.Beginning;
    }

    private static AuditRow Read(NpgsqlDataReader rows) =>
        new(
            rows.GetInt64(0),
            new AuditEntry(
                rows.GetFieldValue<DateTimeOffset>(1),
                rows.GetString(2),
                rows.IsDBNull(3) ? null : rows.GetGuid(3),
                rows.GetString(4),
                Text(rows, 5),
                rows.GetString(6),
                rows.GetFieldValue<Guid[]>(7),
                rows.GetInt32(8),
                Text(rows, 9),
                Text(rows, 10)
            ),
            rows.GetFieldValue<byte[]>(11),
            rows.GetFieldValue<byte[]>(12)
        );

    private static string? Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
}

/// <summary>Which rows; what is null does not narrow.</summary>
/// <param name="Person">Who acted, or to whom it was done.</param>
/// <param name="Before">Older than this, or as old and with a smaller number than <paramref name="BeforeSeq"/>.</param>
public sealed record AuditQuery(
    Guid? Person = null,
    string? Kind = null,
    Guid? Object = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null,
    long BeforeSeq = 0,
    int Limit = 100
);
