using System.Text.Json;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Classes;

/// <summary>
/// What was said, drawn and laid on the desk of a class, as it stood at the last second: one row for a class, for the copy that goes on
/// with it. Never a row for a stroke. Deleted with the rest of what was said in class (<see cref="ForgetContent"/>).
/// </summary>
public static class HeldTable
{
    private const string Name = "classroom.class_held";

    public const string Delete = $"delete from {Name} where module_id = ?";

    /// <summary>What a participant said and drew in a class, and was told alone: who, who, who, which module.</summary>
    public const string ForgetWhatIsOf = $"""
        update {Name} set chat = (
          select coalesce(jsonb_agg(line), '[]') from jsonb_array_elements(chat) line
          where not line @> jsonb_build_object('from', ?::uuid::text) and not line @> jsonb_build_object('to', ?::uuid::text)), board = (
          select coalesce(jsonb_agg(mark), '[]') from jsonb_array_elements(board) mark
          where not mark @> jsonb_build_object('by', ?::uuid::text))
        where module_id = ?
        """;

    // What did not change is not sent, and a large board is not written anew for a hand. An older holder comes too late.
    private const string Upsert = $"""
        insert into {Name} as h (module_id, revision, desk, chat, board)
        values ($1, $2, $3, coalesce($4, '[]'), coalesce($5, '[]'))
        on conflict (module_id) do update set revision = $2, desk = $3, chat = coalesce($4, h.chat), board = coalesce($5, h.board)
        where h.revision < $2
        """;

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("classroom", "class_held", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("module_id").AsPrimaryKey();
        table.AddColumn<long>("revision").NotNull();
        table.AddColumn("desk", "jsonb");
        table.AddColumn("chat", "jsonb").NotNull();
        table.AddColumn("board", "jsonb").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <param name="chat">Null when it has not changed.</param>
    /// <param name="board">Null when it has not changed.</param>
    public static async Task Write(
        NpgsqlDataSource database,
        Guid module,
        long revision,
        Desk? desk,
        IReadOnlyCollection<ChatSaid>? chat,
        IReadOnlyCollection<StrokeDrawn>? board,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(Upsert);
        command.Parameters.AddWithValue(module);
        command.Parameters.AddWithValue(revision);
        command.Parameters.Add(Json(desk));
        command.Parameters.Add(Json(chat));
        command.Parameters.Add(Json(board));
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<HeldRow?> Read(NpgsqlDataSource database, Guid module, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select revision, desk, chat, board from {Name} where module_id = $1");
        command.Parameters.AddWithValue(module);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        return new HeldRow(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancel) ? null : Of<Desk>(reader.GetString(1)),
            Of<ChatSaid[]>(reader.GetString(2)) ?? [],
            Of<StrokeDrawn[]>(reader.GetString(3)) ?? []
        );
    }

    /// <summary>Of which modules there is something.</summary>
    public static async Task<Guid[]> Modules(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select coalesce(array_agg(module_id), '{{}}') from {Name}");
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    private static T? Of<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);

    private static NpgsqlParameter Json(object? value) =>
        new()
        {
            Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        };
}

public sealed record HeldRow(long Revision, Desk? Desk, ChatSaid[] Chat, StrokeDrawn[] Board);
