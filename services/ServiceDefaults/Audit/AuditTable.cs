using NpgsqlTypes;

namespace Stages.ServiceDefaults;

/// <summary>
/// The log of one service: a plain table in its schema. A row is never changed, and goes by <c>forget_audit</c> alone, which takes
/// nothing that is younger than a year, whoever asks it to.
/// </summary>
public sealed class AuditTable(string schema)
{
    /// <summary>What the law and the académie's own rules expect; a setting may ask for more.</summary>
    public const int LeastDays = 365;

    internal const string Columns = "seq, at, kind, person, role, territory, what, objects, status, client, reference, previous, hash";

    public string Schema => schema;

    /// <summary>Harmless when repeated.</summary>
    public string Create =>
        $"""
            create table if not exists {schema}.audit_log (
              seq bigint primary key,
              at timestamptz not null,
              kind text not null,
              person uuid,
              role text not null,
              territory text,
              what text not null,
              objects uuid[] not null,
              status integer not null,
              client text,
              reference text,
              previous bytea not null,
              hash bytea not null);
            create index if not exists audit_log_at on {schema}.audit_log (at, seq);
            create index if not exists audit_log_person on {schema}.audit_log (person, at);
            create index if not exists audit_log_objects on {schema}.audit_log using gin (objects);
            create table if not exists {schema}.audit_starts (
              seq bigint primary key,
              hash bytea not null,
              seal bytea not null,
              at timestamptz not null default clock_timestamp());
            create or replace function {schema}.audit_is_kept() returns trigger language plpgsql as $$
              begin
                if TG_OP = 'DELETE' and TG_TABLE_NAME = 'audit_log' and old.at < clock_timestamp() - interval '{LeastDays} days' then
                  return old;
                end if;
                raise exception 'the audit log is kept as it was written';
              end $$;
            create or replace trigger audit_is_kept before update or delete on {schema}.audit_log
              for each row execute function {schema}.audit_is_kept();
            create or replace trigger audit_is_kept before update or delete on {schema}.audit_starts
              for each row execute function {schema}.audit_is_kept();
            create or replace trigger audit_is_not_emptied before truncate on {schema}.audit_log
              for each statement execute function {schema}.audit_is_kept();
            create or replace trigger audit_is_not_emptied before truncate on {schema}.audit_starts
              for each statement execute function {schema}.audit_is_kept();
            create or replace function {schema}.forget_audit(until bigint) returns bigint
              language sql security definer set search_path = '' as $$
                with gone as (
                  delete from {schema}.audit_log where seq <= until and at < clock_timestamp() - interval '{LeastDays} days' returning 1)
                select count(*) from gone
              $$;
            revoke all on function {schema}.forget_audit(bigint) from public;
            """;

    /// <summary>Appends in one transaction, one writer at a time across all copies.</summary>
    /// <returns>The last row.</returns>
    public async Task<AuditRow> Append(NpgsqlConnection connection, IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Lock(connection, transaction, schema, cancel);
        var last = await Last(connection, transaction, cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        AuditRow? row = null;
        foreach (var entry in entries)
        {
            row = AuditChain.Next(schema, last, entry);
            last = new AuditStart(row.Seq, row.Hash);
            batch.BatchCommands.Add(Insert(row));
        }
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return row!;
    }

    internal static async Task Lock(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, CancellationToken cancel)
    {
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction);
        take.Parameters.Add(new() { Value = $"audit {schema}" });
        await take.ExecuteNonQueryAsync(cancel);
    }

    private async Task<AuditStart> Last(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select seq, hash from (
              (select seq, hash from {schema}.audit_log order by seq desc limit 1)
              union all (select seq, hash from {schema}.audit_starts order by seq desc limit 1)) ends
            order by seq desc limit 1
            """,
            connection,
            transaction
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? new AuditStart(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)) : AuditStart.Beginning;
    }

    private NpgsqlBatchCommand Insert(AuditRow row)
    {
        var (e, insert) = (
            row.Entry,
            new NpgsqlBatchCommand(
                $"insert into {schema}.audit_log ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            )
        );
        insert.Parameters.Add(
            (NpgsqlDbType.Bigint, row.Seq),
            (NpgsqlDbType.TimestampTz, e.At),
            (NpgsqlDbType.Text, e.Kind),
            (NpgsqlDbType.Uuid, e.Person),
            (NpgsqlDbType.Text, e.Role),
            (NpgsqlDbType.Text, e.Territory),
            (NpgsqlDbType.Text, e.What),
            (NpgsqlDbType.Array | NpgsqlDbType.Uuid, e.Objects.ToArray()),
            (NpgsqlDbType.Integer, e.Status),
            (NpgsqlDbType.Text, e.Client),
            (NpgsqlDbType.Text, e.Reference),
            (NpgsqlDbType.Bytea, row.Previous),
            (NpgsqlDbType.Bytea, row.Hash)
        );
        return insert;
    }
}
