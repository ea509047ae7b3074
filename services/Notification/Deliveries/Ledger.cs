using System.Text.Json;
using NpgsqlTypes;

namespace Stages.Notifications.Deliveries;

/// <summary>Claims rows and writes down what came of them; the statements are in <see cref="DeliveryTable"/>.</summary>
public sealed class Ledger(NpgsqlDataSource database, MailSettings settings, TimeProvider clock)
{
    /// <returns>One row a message: what goes out with it is <see cref="Claimed.Beside"/>.</returns>
    public async Task<IReadOnlyList<Claimed>> Claim(int most, string[] channels, CancellationToken cancel)
    {
        var leaseEnds = clock.GetTimestamp() + (long)(settings.Lease.TotalSeconds * clock.TimestampFrequency);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        // A claim that a crash of the database forgets is a row that is due again: it need not wait for the disk.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(
            new(DeliveryTable.Claim)
            {
                Parameters =
                {
                    new() { Value = most },
                    new() { Value = settings.Lease },
                    new() { Value = channels },
                },
            }
        );
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        var claimed = new List<Claimed>(most);
        while (await rows.ReadAsync(cancel))
        {
            claimed.Add(
                new Claimed(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.IsDBNull(3) ? "" : rows.GetString(3),
                    rows.IsDBNull(4) ? "" : rows.GetString(4),
                    rows.GetString(5),
                    rows.IsDBNull(6) ? "" : rows.GetString(6),
                    rows.GetInt32(7),
                    rows.IsDBNull(8) ? null : rows.GetFieldValue<DateTimeOffset>(8),
                    rows.IsDBNull(9) ? null : rows.GetGuid(9),
                    rows.GetFieldValue<DateTimeOffset>(10),
                    leaseEnds
                )
                {
                    Bundle = rows.IsDBNull(11) ? null : rows.GetString(11),
                }
            );
        }
        return Claimed.Gather(claimed);
    }

    public async Task<IReadOnlyList<PendingDeliveries>> Pending(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(DeliveryTable.Pending);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var pending = new List<PendingDeliveries>();
        while (await rows.ReadAsync(cancel))
            pending.Add(new PendingDeliveries(rows.GetString(0), rows.GetInt64(1), TimeSpan.FromSeconds(rows.GetDouble(2))));
        return pending;
    }

    public async Task Settle(IEnumerable<Result> results, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(
            results.Select(r => new
            {
                id = r.Id,
                status = r.Status,
                attempt = r.Attempt,
                error = r.Error,
                retry_ms = (long?)r.RetryAfter?.TotalMilliseconds,
                untried = r.Untried,
            })
        );
        await using var command = database.CreateCommand(DeliveryTable.Settle);
        command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
