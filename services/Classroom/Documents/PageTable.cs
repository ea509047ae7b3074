using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Documents;

/// <summary>
/// Pages of documents that are shown in class. A plain table and no events: they are large, are read one by one, and are gone
/// when the class is over. <c>words</c> is the text of the page, for those who cannot see its picture.
/// </summary>
public static class PageTable
{
    public const string Name = "classroom.class_page";

    public const string Insert =
        $"insert into {Name} (document_id, number, module_id, type, picture, words, forget_at) "
        + $"values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    public const string Delete = $"delete from {Name} where module_id = ? and document_id = ?";

    public const string Forget = $"delete from {Name} where forget_at < ?";

    private const string Read = $"select type, picture, words from {Name} where module_id = $1 and document_id = $2 and number = $3";

    private const string Measure = $"select count(*), coalesce(max(number), 0) from {Name} where module_id = $1 and document_id = $2";

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("classroom", "class_page", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("document_id").AsPrimaryKey();
        table.AddColumn<int>("number").AsPrimaryKey();
        table.AddColumn<Guid>("module_id").NotNull();
        table.AddColumn("type", "text").NotNull();
        table.AddColumn("picture", "bytea").NotNull();
        table.AddColumn("words", "text").NotNull();
        table.AddColumn<DateTimeOffset>("forget_at").NotNull().AddIndex();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public static async Task<PagePicture?> Find(
        NpgsqlDataSource database,
        Guid moduleId,
        Guid documentId,
        int number,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.AddWithValue(moduleId);
        command.Parameters.AddWithValue(documentId);
        command.Parameters.AddWithValue(number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new PagePicture(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2))
            : null;
    }

    /// <summary>How many pages there are, when all from the first to the last are; else 0.</summary>
    public static async Task<int> Count(NpgsqlDataSource database, Guid moduleId, Guid documentId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Measure);
        command.Parameters.AddWithValue(moduleId);
        command.Parameters.AddWithValue(documentId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var count = (int)reader.GetInt64(0);
        return count == reader.GetInt32(1) ? count : 0;
    }
}

public sealed record PagePicture(string Type, byte[] Picture, string Words);
