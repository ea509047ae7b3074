using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Stages.Classrooms.Recordings;

/// <summary>
/// What was recorded, in the pieces of some seconds in which the teacher's browser sent it; one after the other they are the film.
/// In the database and not in a folder: each copy of the service can give it out, and its deletion is one statement.
/// </summary>
public static class RecordingTable
{
    public const string Name = "classroom.class_recording";

    public const string Insert =
        $"insert into {Name} (recording_id, number, module_id, at, piece, forget_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing";

    public const string Delete = $"delete from {Name} where module_id = ? and recording_id = ?";

    public const string DeleteOfModules = $"delete from {Name} where module_id = any(?)";

    public const string Forget = $"delete from {Name} where forget_at < ?";

    private const string OfModule =
        $"select recording_id, min(at), max(at), sum(octet_length(piece)), min(forget_at) "
        + $"from {Name} where module_id = $1 group by recording_id order by min(at)";

    private const string Piece = $"select piece from {Name} where module_id = $1 and recording_id = $2 and number = $3";

    public static void AddTo(StoreOptions options)
    {
        var table = new Table(new PostgresqlObjectName("classroom", "class_recording", SchemaUtils.IdentifierUsage.General));
        table.AddColumn<Guid>("recording_id").AsPrimaryKey();
        table.AddColumn<int>("number").AsPrimaryKey();
        table.AddColumn<Guid>("module_id").NotNull().AddIndex();
        table.AddColumn<DateTimeOffset>("at").NotNull();
        table.AddColumn("piece", "bytea").NotNull();
        table.AddColumn<DateTimeOffset>("forget_at").NotNull().AddIndex();
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    public static async Task<IReadOnlyList<RecordingView>> Of(NpgsqlDataSource database, Guid moduleId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(OfModule);
        command.Parameters.AddWithValue(moduleId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<RecordingView>();
        while (await reader.ReadAsync(cancel))
            found.Add(
                new RecordingView(
                    reader.GetGuid(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetInt64(3),
                    reader.GetFieldValue<DateTimeOffset>(4)
                )
            );
        return found;
    }

    /// <summary>One piece after the other, so that an hour of film is never in memory at once.</summary>
    public static async Task Write(NpgsqlDataSource database, Guid moduleId, Guid recordingId, Stream to, CancellationToken cancel)
    {
        for (var number = 0; ; number++)
        {
            await using var command = database.CreateCommand(Piece);
            command.Parameters.AddWithValue(moduleId);
            command.Parameters.AddWithValue(recordingId);
            command.Parameters.AddWithValue(number);
            if (await command.ExecuteScalarAsync(cancel) is not byte[] piece)
                return;
            await to.WriteAsync(piece, cancel);
        }
    }
}

/// <param name="DeletedAt">When it deletes itself.</param>
public sealed record RecordingView(Guid Id, DateTimeOffset From, DateTimeOffset To, long Bytes, DateTimeOffset DeletedAt);
