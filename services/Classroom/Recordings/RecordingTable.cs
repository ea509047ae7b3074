namespace Stages.Classrooms.Recordings;

/// <summary>
/// What was recorded, in the pieces of some seconds in which the teacher's browser sent it; one after the other they are the film.
/// </summary>
public static class RecordingTable
{
    public static readonly PartTable Rows = new("class_recording", "recording_id", ("at", "timestamp with time zone"), ("piece", "bytea"));

    private static readonly string OfModule =
        $"select recording_id, min(at), max(at), sum(octet_length(piece)), min(forget_at) "
        + $"from {Rows.Name} where module_id = $1 group by recording_id order by min(at)";

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
            await using var command = Rows.Select(database, "piece", moduleId, recordingId, number);
            if (await command.ExecuteScalarAsync(cancel) is not byte[] piece)
                return;
            await to.WriteAsync(piece, cancel);
        }
    }
}

/// <param name="DeletedAt">When it deletes itself.</param>
public sealed record RecordingView(Guid Id, DateTimeOffset From, DateTimeOffset To, long Bytes, DateTimeOffset DeletedAt);
