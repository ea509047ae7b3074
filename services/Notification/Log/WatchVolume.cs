using System.Globalization;

namespace Stages.Notifications.Log;

/// <summary>
/// Every hour: how many messages a campaign has made in a day. A day of publication makes tens of thousands, and nobody is kept from them;
/// many more is somebody who writes through us, or a fault that writes by itself, and the log says so.
/// </summary>
/// <param name="configuration"><c>Alarms:MessagesPerDay</c>, of one campaign.</param>
public sealed class WatchVolume(NpgsqlDataSource database, IConfiguration configuration, ILogger<WatchVolume> logger)
{
    private const int Usual = 50_000;

    private readonly int most = MostOf(configuration);

    /// <exception cref="InvalidOperationException">It is no number of 1 or more.</exception>
    public static int MostOf(IConfiguration configuration) =>
        configuration["Alarms:MessagesPerDay"] is not { } said ? Usual
        : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most
        : throw new InvalidOperationException("Alarms:MessagesPerDay is a number of 1 or more.");

    public async Task Run(CancellationToken cancel)
    {
        foreach (var (campaign, messages, questions) in await Count(cancel))
            if (messages > most)
                logger.LogError(
                    "ALARM: campaign {Campaign} made {Messages} messages in a day, {Questions} of them questions to new addresses; "
                        + "more than {Most}",
                    campaign,
                    messages,
                    questions,
                    most
                );
            else
                logger.LogInformation(
                    "Campaign {Campaign} made {Messages} messages in a day, {Questions} of them questions to addresses not yet confirmed",
                    campaign,
                    messages,
                    questions
                );
    }

    /// <summary>Of the last day, by campaign.</summary>
    public async Task<IReadOnlyList<(Guid Campaign, long Messages, long Questions)>> Count(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select campaign_id, count(*), count(*) filter (where kind = '{ConfirmAddressNotice.Name}') from {DeliveryTable.Name}
            where created_at > clock_timestamp() - interval '1 day' and campaign_id is not null group by campaign_id
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, long, long)>();
        while (await rows.ReadAsync(cancel))
            found.Add((rows.GetGuid(0), rows.GetInt64(1), rows.GetInt64(2)));
        return found;
    }
}
