using NpgsqlTypes;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Handed;

/// <summary>A file as it is listed.</summary>
/// <param name="WorkOf">The pupil who handed it in; null: the teacher hands it out.</param>
/// <param name="To">To whom; null: to everybody.</param>
/// <param name="Resource">Of the library, from which it was taken.</param>
public sealed record HandedFile(
    Guid Id,
    Guid? WorkOf,
    Guid[]? To,
    string Name,
    string Type,
    int Size,
    DateTimeOffset At,
    Guid? Resource = null
)
{
    /// <summary>Adults see all of them; a pupil what is for them, and what is theirs.</summary>
    public bool IsFor(Actor actor) =>
        actor.Role != ParticipantRole.Pupil
        || (WorkOf is { } whose ? whose == actor.ParticipantId : To is null || To.Contains(actor.ParticipantId));
}

/// <summary>
/// Files that are handed out and handed in. One work a pupil: a later one takes its place. They end with the rest of what was said in class
/// (<see cref="ForgetContent"/>).
/// </summary>
public static class FileTable
{
    public const string Name = "classroom.class_file";

    public const string DeleteAll = $"delete from {Name} where module_id = ?";

    /// <summary>Module, pupil.</summary>
    public const string DeleteWorkOf = $"delete from {Name} where module_id = ? and work_of = ?";

    /// <summary>What the teachers of these classes have handed out.</summary>
    public const string DeleteGiven = $"delete from {Name} where module_id = any(?) and work_of is null";

    /// <summary>In bytes, of a class.</summary>
    public const long Most = 100L * 1024 * 1024;

    public const int MostGiven = 20;

    private const string Columns = "id, work_of, given_to, name, type, octet_length(content), at, resource";

    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('class-file ' || $1::text, 0))";

    // Sent again because the answer was lost, it is there once; a work that is newer takes the place of the one before.
    private const string Insert = $"""
        insert into {Name} (id, module_id, work_of, given_to, name, type, content, at, resource)
        select $2, $1, $3, $4, $5, $6, $7, $8, $11
        where (select coalesce(sum(octet_length(content)), 0) from {Name}
              where module_id = $1 and work_of is distinct from coalesce($3, $2)) + octet_length($7) <= $9
          and ($3 is not null or (select count(*) from {Name} where module_id = $1 and work_of is null) < $10)
        on conflict (module_id, work_of) do update
        set id = excluded.id, name = excluded.name, type = excluded.type, content = excluded.content, at = excluded.at
        returning id
        """;

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("classroom", "class_file", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("module_id").AsPrimaryKey();
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn<Guid>("work_of");
        table.AddColumn("given_to", "uuid[]");
        table.AddColumn("name", "text").NotNull();
        table.AddColumn("type", "text").NotNull();
        table.AddColumn("content", "bytea").NotNull();
        table.AddColumn<DateTimeOffset>("at").NotNull();
        table.AddColumn<Guid>("resource");
        table.Indexes.Add(new IndexDefinition("class_file_work") { Columns = ["module_id", "work_of"], IsUnique = true });
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>False when there is no room for it.</summary>
    public static async Task<bool> Keep(NpgsqlDataSource database, Guid module, HandedFile file, byte[] content, CancellationToken cancel)
    {
        if (await Find(database, module, file.Id, cancel) is { } there)
            return there.WorkOf == file.WorkOf;
        await using var connection = await database.OpenConnectionAsync(cancel);
        // One after the other, or ten at once would all find the same room.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Lock) { Parameters = { Of(module) } },
                new NpgsqlBatchCommand(Insert)
                {
                    Parameters =
                    {
                        Of(module),
                        Of(file.Id),
                        new() { Value = (object?)file.WorkOf ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                        new() { Value = (object?)file.To ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                        new() { Value = file.Name },
                        new() { Value = file.Type },
                        new() { Value = content },
                        new() { Value = file.At.ToUniversalTime() },
                        new() { Value = Most },
                        new() { Value = (long)MostGiven },
                        new() { Value = (object?)file.Resource ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        return await reader.ReadAsync(cancel);
    }

    public static async Task<IReadOnlyList<HandedFile>> Of(NpgsqlDataSource database, Guid module, CancellationToken cancel) =>
        await Read(database, $"select {Columns} from {Name} where module_id = $1 order by at, id", cancel, module);

    /// <summary>Of several classes at once, each by its module.</summary>
    public static async Task<ILookup<Guid, HandedFile>> Of(NpgsqlDataSource database, Guid[] modules, CancellationToken cancel)
    {
        const string sql = $"select {Columns}, module_id from {Name} where module_id = any($1) order by at, id";
        await using var command = Command(database, sql, modules);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid Module, HandedFile File)>();
        while (await reader.ReadAsync(cancel))
            found.Add((reader.GetGuid(8), await FileOf(reader, cancel)));
        return found.ToLookup(f => f.Module, f => f.File);
    }

    public static async Task<HandedFile?> Find(NpgsqlDataSource database, Guid module, Guid id, CancellationToken cancel) =>
        (await Read(database, $"select {Columns} from {Name} where module_id = $1 and id = $2", cancel, module, id)).FirstOrDefault();

    /// <summary>Whatever these pupils handed in, in whichever class.</summary>
    public static async Task<IReadOnlyList<HandedFile>> WorksOf(NpgsqlDataSource database, Guid[] pupils, CancellationToken cancel) =>
        await Read(database, $"select {Columns} from {Name} where work_of = any($1) order by at", cancel, pupils);

    public static async Task<byte[]?> Content(NpgsqlDataSource database, Guid module, Guid id, CancellationToken cancel)
    {
        await using var command = Command(database, $"select content from {Name} where module_id = $1 and id = $2", module, id);
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    public static async Task Delete(NpgsqlDataSource database, Guid module, Guid id, CancellationToken cancel)
    {
        await using var command = Command(database, $"delete from {Name} where module_id = $1 and id = $2", module, id);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Of which modules there are files.</summary>
    public static async Task<Guid[]> Modules(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select coalesce(array_agg(distinct module_id), '{{}}') from {Name}");
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<List<HandedFile>> Read(
        NpgsqlDataSource database,
        string sql,
        CancellationToken cancel,
        params object[] values
    )
    {
        await using var command = Command(database, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<HandedFile>();
        while (await reader.ReadAsync(cancel))
            found.Add(await FileOf(reader, cancel));
        return found;
    }

    private static async Task<HandedFile> FileOf(NpgsqlDataReader reader, CancellationToken cancel) =>
        new(
            reader.GetGuid(0),
            await reader.IsDBNullAsync(1, cancel) ? null : reader.GetGuid(1),
            await reader.IsDBNullAsync(2, cancel) ? null : reader.GetFieldValue<Guid[]>(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetInt32(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            await reader.IsDBNullAsync(7, cancel) ? null : reader.GetGuid(7)
        );

    private static NpgsqlParameter Of(Guid id) => new() { Value = id };

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return command;
    }
}
