using JasperFx;
using Npgsql;
using Weasel.Postgresql;

namespace Stages.Portal.Imports;

/// <summary>
/// The file of a list that is still to be read, as it was brought: a row beside the sheet of the same id, gone as soon as it was read. In
/// the database and no folder, since any copy of the Portal may be the one that reads it.
/// </summary>
public static class ImportFile
{
    private const string Name = "portal.import_file";

    public const string Insert = $"insert into {Name} (id, content, at) values (?, ?, ?)";

    public const string Delete = $"delete from {Name} where id = ?";

    public const string DeleteBefore = $"delete from {Name} where at < ?";

    public static void AddTo(StoreOptions options)
    {
        var table = new Weasel.Postgresql.Tables.Table(
            new PostgresqlObjectName("portal", "import_file", SchemaUtils.IdentifierUsage.General)
        );
        table.AddColumn("id", "uuid").AsPrimaryKey();
        table.AddColumn("content", "bytea").NotNull();
        table.AddColumn("at", "timestamptz").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public static async Task<byte[]?> Read(NpgsqlDataSource database, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select content from {Name} where id = $1");
        command.Parameters.AddWithValue(id);
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }
}
