using Npgsql;

namespace Stages.Messages;

/// <summary>What waits in the databases of the services.</summary>
public sealed class Parked(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<StuckMessage>> List(string service, CancellationToken cancel)
    {
        if (!await Exists(service, cancel))
            return [];
        await using var command = database.CreateCommand(
            $"select id, type, sent_at, waits_for from {service}.parked_messages order by sent_at, id"
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<StuckMessage>();
        while (await rows.ReadAsync(cancel))
            found.Add(
                new StuckMessage(
                    service,
                    "parked",
                    rows.GetGuid(0).ToString(),
                    rows.GetString(1),
                    rows.GetFieldValue<DateTimeOffset>(2),
                    "waits for " + rows.GetString(3)
                )
            );
        return found;
    }

    /// <summary>Makes messages due: a copy of the service sends them within a second.</summary>
    /// <param name="id">One message; all when null.</param>
    public async Task<int> Resend(string service, string? id, CancellationToken cancel)
    {
        if (!await Exists(service, cancel) || (id is not null && !Guid.TryParse(id, out _)))
            return 0;
        await using var command = database.CreateCommand(
            $"update {service}.parked_messages set due_at = clock_timestamp() where $1::uuid is null or id = $1"
        );
        command.Parameters.Add(new() { Value = id is null ? DBNull.Value : Guid.Parse(id), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<bool> Exists(string service, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select to_regclass($1) is not null");
        command.Parameters.Add(new() { Value = service + ".parked_messages" });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
