namespace Stages.Classrooms.Documents;

/// <summary>
/// Pages of documents that are shown in class. <c>words</c> is the text of the page, for those who cannot see its picture.
/// </summary>
public static class PageTable
{
    public static readonly PartTable Rows = new("class_page", "document_id", ("type", "text"), ("picture", "bytea"), ("words", "text"));

    public static async Task<PagePicture?> Find(
        NpgsqlDataSource database,
        Guid moduleId,
        Guid documentId,
        int number,
        CancellationToken cancel
    )
    {
        await using var command = Rows.Select(database, "type, picture, words", moduleId, documentId, number);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new PagePicture(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2))
            : null;
    }

    /// <summary>How many pages there are, when all from the first to the last are; else 0.</summary>
    public static async Task<int> Count(NpgsqlDataSource database, Guid moduleId, Guid documentId, CancellationToken cancel)
    {
        await using var command = Rows.Select(database, "count(*), coalesce(max(number), 0)", moduleId, documentId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var count = (int)reader.GetInt64(0);
        return count == reader.GetInt32(1) ? count : 0;
    }
}

public sealed record PagePicture(string Type, byte[] Picture, string Words);
