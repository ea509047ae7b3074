using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Notes;

/// <summary>What is new to a browser: the last number there is, up to which one state stands for all, and the updates to read.</summary>
public sealed record NotesReading(long Seq, long Whole, IReadOnlyList<byte[]> Updates);

/// <summary>
/// The updates of shared notes, numbered in the order in which they came. Browsers alone can read them; here they are kept, handed on and
/// deleted with the rest of what was said in class. <c>whole</c> is a state that stands for all updates up to its number.
/// </summary>
public static class NotesTable
{
    private const string Head = "classroom.class_notes_head",
        Updates = "classroom.class_notes";

    /// <summary>Those of a module and of its groups: updates before heads.</summary>
    public const string DeleteUpdates =
            $"delete from {Updates} where module_id in (select h.module_id from {Head} h where ? in (h.module_id, h.of_module))",
        DeleteHead = $"delete from {Head} where ? in (module_id, of_module)";

    // The head's row is locked until the update is there: whoever reads a number has all before it.
    private const string WriteOne = $"""
        with head as (
          insert into {Head} as h (module_id, last, bytes, of_module) values ($1, 1, length($2), $5)
          on conflict (module_id) do update set last = h.last + 1, bytes = h.bytes + length($2) where h.bytes + length($2) <= $4
          returning last)
        insert into {Updates} (module_id, seq, whole, content, by) select $1, last, false, $2, $3 from head returning seq
        """;

    private const string ReadSome = $"""
        with state as (select coalesce(max(seq), 0) as at from {Updates} where module_id = $1 and whole)
        select n.seq, n.whole, n.content, state.at from {Updates} n, state
        where n.module_id = $1
          and ((n.whole and n.seq = state.at and state.at > $2) or (not n.whole and n.seq > greatest(state.at, $2)))
        order by n.seq, n.whole desc
        """;

    // The state before stays, with the updates from there on: nobody here can say whether the new one is true to them.
    private const string KeepOne = $"""
        with state as (select coalesce(max(seq), 0) as at from {Updates} where module_id = $1 and whole),
        head as (
          update {Head} h set bytes = length($3)
            + coalesce((select sum(length(n.content)) from {Updates} n where n.module_id = $1 and not n.whole and n.seq > $2), 0)
          from state where h.module_id = $1 and h.last >= $2 and state.at < $2
          returning state.at),
        gone as (
          delete from {Updates} n using head where n.module_id = $1 and (n.seq < head.at or (n.seq = head.at and not n.whole)))
        insert into {Updates} (module_id, seq, whole, content, by) select $1, $2, true, $3, $4 from head
        on conflict do nothing returning seq
        """;

    public static void AddTo(StoreOptions options)
    {
        var head = new Table(new PostgresqlObjectName("classroom", "class_notes_head", SchemaUtils.IdentifierUsage.General));
        head.AddColumn<Guid>("module_id").AsPrimaryKey();
        head.AddColumn<long>("last").NotNull();
        head.AddColumn<long>("bytes").NotNull();
        // Of the notes of a small group, which have an id of their own.
        head.AddColumn<Guid>("of_module");
        options.Storage.ExtendedSchemaObjects.Add(head);
        var updates = new Table(new PostgresqlObjectName("classroom", "class_notes", SchemaUtils.IdentifierUsage.General));
        updates.AddColumn<Guid>("module_id").AsPrimaryKey();
        updates.AddColumn<long>("seq").AsPrimaryKey();
        updates.AddColumn<bool>("whole").AsPrimaryKey();
        updates.AddColumn("content", "bytea").NotNull();
        updates.AddColumn<Guid>("by").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(updates);
    }

    /// <summary>The number that it was given; null when the notes are full.</summary>
    /// <param name="of">The module, where these are the notes of one of its groups.</param>
    public static async Task<long?> Write(
        NpgsqlDataSource database,
        Guid module,
        byte[] update,
        Guid by,
        long most,
        CancellationToken cancel,
        Guid? of = null
    )
    {
        await using var command = Command(database, WriteOne, module, update, by, most);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)of ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    /// <param name="since">The last number that the reader has.</param>
    public static async Task<NotesReading> Read(NpgsqlDataSource database, Guid module, long since, CancellationToken cancel)
    {
        var updates = new List<byte[]>();
        var (seq, whole) = (since, 0L);
        await using var command = Command(database, ReadSome, module, since);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            seq = reader.GetInt64(0);
            whole = reader.GetInt64(3);
            updates.Add(reader.GetFieldValue<byte[]>(2));
        }
        return new NotesReading(seq, whole, updates);
    }

    /// <summary>Puts one state in the place of all updates up to its number; false when there is a newer one, or no such number.</summary>
    public static async Task<bool> Keep(NpgsqlDataSource database, Guid module, long seq, byte[] state, Guid by, CancellationToken cancel)
    {
        await using var command = Command(database, KeepOne, module, seq, state, by);
        return await command.ExecuteScalarAsync(cancel) is long;
    }

    public static async Task<long> Last(NpgsqlDataSource database, Guid module, CancellationToken cancel)
    {
        await using var command = Command(database, $"select last from {Head} where module_id = $1", module);
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }

    /// <summary>Of which modules there are notes.</summary>
    public static async Task<Guid[]> Modules(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"select coalesce(array_agg(distinct coalesce(of_module, module_id)), '{{}}') from {Head}"
        );
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return command;
    }
}
