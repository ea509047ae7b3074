using NpgsqlTypes;

namespace Stages.Notifications.Log;

/// <summary>How telling people is going.</summary>
/// <param name="Failed">Given up or refused for good.</param>
/// <param name="Unsent">People whom a coordinator has to call.</param>
/// <param name="Held">What waits for addresses to be confirmed.</param>
/// <param name="OldestPending">When the oldest of what waits happened; null when nothing waits.</param>
/// <param name="SecondsToSend">From what happened to the mail server's yes, of the last thousand.</param>
public sealed record DeliverySummary(
    long Pending,
    long Delivered,
    long Failed,
    long Unsent,
    DateTimeOffset? OldestPending,
    Percentiles? SecondsToSend,
    long Held = 0
)
{
    private const string Visible = "($1 is null or campaign_id = $1) and ($2 is null or school_uai like $2 || '%')";

    public static async Task<DeliverySummary> Read(NpgsqlDataSource database, Guid? campaignId, string? territory, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select count(*) filter (where status = 'pending'), count(*) filter (where status in ('sent', 'told')),
              count(*) filter (where status in ('failed', 'abandoned')), count(*) filter (where status = 'unsent'),
              min(happened_at) filter (where status = 'pending'),
              (select percentile_cont(array[0.5, 0.99]) within group (order by seconds) from (
                select extract(epoch from sent_at - happened_at) as seconds from {DeliveryTable.Name}
                where status = 'sent' and {Visible} order by created_at desc limit 1000) latest),
              count(*) filter (where status = 'held')
            from {DeliveryTable.Name} where {Visible}
            """
        );
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)campaignId ?? DBNull.Value });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)territory ?? DBNull.Value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var seconds = await row.IsDBNullAsync(5, cancel) ? null : row.GetFieldValue<double[]>(5);
        return new DeliverySummary(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetInt64(2),
            row.GetInt64(3),
            await row.IsDBNullAsync(4, cancel) ? null : row.GetFieldValue<DateTimeOffset>(4),
            seconds is null ? null : new Percentiles(Math.Round(seconds[0], 3), Math.Round(seconds[1], 3)),
            row.GetInt64(6)
        );
    }
}

public sealed record Percentiles(double P50, double P99);
