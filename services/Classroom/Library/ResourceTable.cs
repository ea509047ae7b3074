using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Library;

/// <summary>
/// The bytes of a resource, and how often it was consulted: a number in a row of its own, which thousands may raise without standing in
/// each other's way, and beside which nobody's name could be written.
/// </summary>
public static class ResourceTable
{
    public const string Name = "classroom.resource_kept";

    /// <summary>Resource, bytes; none for a link.</summary>
    public const string Insert = $"insert into {Name} (id, content, opened) values (?, ?, 0)";

    public const string Count = $"update {Name} set opened = opened + 1 where id = ?";

    public const string Delete = $"delete from {Name} where id = ?";

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("classroom", "resource_kept", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn("content", "bytea").NotNull();
        table.AddColumn<long>("opened").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public static async Task<byte[]?> Content(NpgsqlDataSource database, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select content from {Name} where id = $1");
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    public static async Task<IReadOnlyDictionary<Guid, long>> Opened(NpgsqlDataSource database, Guid[] ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select id, opened from {Name} where id = any($1)");
        command.Parameters.AddWithValue(ids);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var opened = new Dictionary<Guid, long>();
        while (await rows.ReadAsync(cancel))
            opened[rows.GetGuid(0)] = rows.GetInt64(1);
        return opened;
    }
}
