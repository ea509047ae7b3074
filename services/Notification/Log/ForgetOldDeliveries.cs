using Npgsql;
using Stages.Notifications.Deliveries;

namespace Stages.Notifications.Log;

/// <summary>
/// Every night: the log forgets what is older than <c>Notifications:RetentionDays</c> (180 unless told), and what was refused or given up
/// loses its address and words after 30 days, when nobody will try again.
/// </summary>
public sealed class ForgetOldDeliveries(NpgsqlDataSource database, IConfiguration configuration)
{
    public async Task Run(CancellationToken cancel)
    {
        var days = configuration.GetValue("Notifications:RetentionDays", 180);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(
            new($"delete from {DeliveryTable.Name} where created_at < clock_timestamp() - $1 * interval '1 day' and status <> 'pending'")
            {
                Parameters = { new() { Value = days } },
            }
        );
        batch.BatchCommands.Add(
            new(
                $"""
                update {DeliveryTable.Name} set recipient_name = null, address = null, notice = null
                where created_at < clock_timestamp() - interval '30 days' and status in ('failed', 'abandoned', 'unsent')
                """
            )
        );
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
