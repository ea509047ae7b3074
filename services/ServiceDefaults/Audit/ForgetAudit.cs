using NpgsqlTypes;
using Stages.Vocabulary;

namespace Stages.ServiceDefaults;

/// <summary>What is older than a year goes, from the beginning on; where the rest begins is written down and sealed.</summary>
public static class ForgetAudit
{
    private const int AtOnce = 5000;

    public static RetentionRule Rule(string schema) =>
        new(
            "audit-log",
            AuditTable.LeastDays,
            new LocalText(
                "Journal d’audit (connexions, refus, rôles, qui a lu le dossier de quel enfant), sans nom : depuis la note au journal",
                "Audit log (sign-ins, refusals, roles, who read which child’s file), without names: since it was noted"
            ),
            (services, before, cancel) => Forget(services.GetRequiredService<NpgsqlDataSource>(), schema, before, cancel)
        );

    public static async Task<int> Forget(NpgsqlDataSource database, string schema, DateTimeOffset before, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await AuditTable.Lock(connection, transaction, schema, cancel);
        if (await LastOld(connection, transaction, schema, before, cancel) is not { } last)
            return 0;
        await using var note = new NpgsqlCommand(
            $"insert into {schema}.audit_starts (seq, hash, seal) values ($1, $2, $3)",
            connection,
            transaction
        );
        note.Parameters.Add(new() { Value = last.Seq });
        note.Parameters.Add(new() { Value = last.Hash });
        note.Parameters.Add(new() { Value = last.Seal(schema) });
        await note.ExecuteNonQueryAsync(cancel);
        await using var forget = new NpgsqlCommand($"select {schema}.forget_audit($1)", connection, transaction);
        forget.Parameters.Add(new() { Value = last.Seq });
        var gone = (long)(await forget.ExecuteScalarAsync(cancel))!;
        await transaction.CommitAsync(cancel);
        return (int)gone;
    }

    /// <summary>The last row of those that are old from the beginning on, and not too many.</summary>
    private static async Task<AuditStart?> LastOld(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string schema,
        DateTimeOffset before,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select seq, hash from {schema}.audit_log
            where seq < coalesce((select min(seq) from {schema}.audit_log
                where at >= least($1, clock_timestamp() - interval '{AuditTable.LeastDays} days')), 9223372036854775807)
              and seq < (select min(seq) from {schema}.audit_log) + {AtOnce}
            order by seq desc limit 1
            """,
            connection,
            transaction
        );
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = before });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? new AuditStart(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)) : null;
    }
}
