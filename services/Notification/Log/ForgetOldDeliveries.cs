namespace Stages.Notifications.Log;

/// <summary>What is kept of messages: that they went, for half a year; what was refused, with address and words, for thirty days.</summary>
public static class ForgetOldDeliveries
{
    public static readonly RetentionRule Traces = new(
        "deliveries",
        180,
        new LocalText("Trace des messages envoyés : depuis l’envoi", "Trace of messages sent: since they were sent"),
        (services, before, cancel) =>
            Run(services, $"delete from {DeliveryTable.Name} where created_at < $1 and status <> 'pending'", before, cancel)
    );

    public static readonly RetentionRule Refused = new(
        "refused-deliveries",
        30,
        new LocalText(
            "Texte et adresse des messages qui n’ont pas pu partir : depuis la tentative",
            "Words and address of messages that could not go: since they were tried"
        ),
        (services, before, cancel) =>
            Run(
                services,
                $"""
                update {DeliveryTable.Name} set recipient_name = null, address = null, phone = null, notice = null
                where created_at < $1 and status in ('failed', 'abandoned', 'unsent', 'held', 'told')
                  and coalesce(notice::text, address, phone, recipient_name) is not null
                """,
                before,
                cancel
            )
    );

    private static async Task<int> Run(IServiceProvider services, string statement, DateTimeOffset before, CancellationToken cancel)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
        command.Parameters.Add(new() { Value = before });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
