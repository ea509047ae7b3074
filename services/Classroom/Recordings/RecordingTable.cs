namespace Stages.Classrooms.Recordings;

/// <summary>
/// What was recorded, in the pieces of some seconds in which the teacher's browser sent it; one after the other they are the film.
/// </summary>
public static class RecordingTable
{
    public static readonly PartTable Rows = new("class_recording", "recording_id", ("at", "timestamp with time zone"), ("piece", "bytea"));

    private static readonly string OfModules =
        $"select module_id, recording_id, min(at), max(at), sum(octet_length(piece)), min(forget_at) "
        + $"from {Rows.Name} where module_id = any($1) group by module_id, recording_id order by min(at)";

    public static async Task<IReadOnlyList<RecordingView>> Of(NpgsqlDataSource database, Guid moduleId, CancellationToken cancel) =>
        [.. (await Of(database, [moduleId], cancel))[moduleId]];

    public static async Task<ILookup<Guid, RecordingView>> Of(NpgsqlDataSource database, Guid[] modules, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(OfModules);
        command.Parameters.AddWithValue(modules);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid Module, RecordingView View)>();
        while (await reader.ReadAsync(cancel))
            found.Add(
                (
                    reader.GetGuid(0),
                    new RecordingView(
                        reader.GetGuid(1),
                        reader.GetFieldValue<DateTimeOffset>(2),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        reader.GetInt64(4),
                        reader.GetFieldValue<DateTimeOffset>(5)
                    )
                )
            );
        return found.ToLookup(f => f.Module, f => f.View);
    }

    /// <summary>The film as one stream; what follows a piece that is missing cannot be shown, and is left out.</summary>
    public static async Task<Film> Open(NpgsqlDataSource database, Guid moduleId, Guid recordingId, CancellationToken cancel)
    {
        var lengths = new SortedDictionary<int, int>();
        await using var command = Rows.Select(database, "number, octet_length(piece)", moduleId, recordingId);
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                lengths[reader.GetInt32(0)] = reader.GetInt32(1);
        }
        return new Film(
            [.. lengths.TakeWhile((l, i) => l.Key == i).Select(l => l.Value)],
            async (number, stop) =>
            {
                await using var one = Rows.Select(database, "piece", moduleId, recordingId, number);
                return await one.ExecuteScalarAsync(stop) as byte[];
            }
        );
    }
}
