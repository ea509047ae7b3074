namespace Stages.Notifications.Log;

/// <summary>An enrolment about which something was to be told in a day, and nobody of its family was.</summary>
public sealed record Unreached(Guid CampaignId, Guid EnrolmentId, string? SchoolUai);

/// <summary>Every morning: the coordinators of a territory hear of its families that nothing of ours reached the day before.</summary>
public sealed class TellUnreached(
    NpgsqlDataSource database,
    Journal journal,
    Outgoing outgoing,
    Wake wake,
    IConfiguration configuration,
    TimeProvider clock
)
{
    public async Task Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var campaign in (await Find(cancel)).GroupBy(u => u.CampaignId))
            await journal.Decide(
                async reading =>
                {
                    if (await reading.Load<KnownCampaign>(campaign.Key) is not { } known)
                        return Decision.Nothing;
                    var coordinators = await reading.Load<KnownCoordinators>(KnownCoordinators.TheId);
                    return await outgoing.Tell(reading, Letters(known, coordinators, [.. campaign], configuration, now));
                },
                cancel: cancel
            );
        wake.Ring();
    }

    /// <summary>One letter a coordinator and day, of their own families.</summary>
    public static IReadOnlyList<Delivery> Letters(
        KnownCampaign campaign,
        KnownCoordinators? known,
        IReadOnlyList<Unreached> families,
        IConfiguration configuration,
        DateTimeOffset now
    ) =>
        [
            .. families
                .SelectMany(f => Coordination.Of(known, [f.SchoolUai], configuration).Select(to => (To: to, Family: f)))
                .GroupBy(x => x.To.Key, StringComparer.Ordinal)
                .Select(mine =>
                {
                    var enrolments = mine.Select(x => x.Family.EnrolmentId).Order().ToList();
                    var notice = new UnreachedNotice(
                        campaign.Id,
                        campaign.Name,
                        enrolments.Count,
                        [.. enrolments.Take(UnreachedNotice.Most)]
                    );
                    return Delivery.Of($"unreached/{campaign.Id}/{now:yyyy-MM-dd}", mine.First().To, notice, new About(campaign.Id), now);
                }),
        ];

    /// <summary>Of the last day: something could not be told, and nothing was, is on its way or waits for a yes.</summary>
    public async Task<IReadOnlyList<Unreached>> Find(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select campaign_id, enrolment_id, max(school_uai) from {DeliveryTable.Name}
            where created_at > clock_timestamp() - interval '1 day' and campaign_id is not null and enrolment_id is not null
              and kind <> '{ObjectionNotice.Name}'
            group by campaign_id, enrolment_id
            having bool_and(status in ('{Statuses.Unsent}', '{Statuses.Failed}', '{Statuses.Abandoned}'))
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<Unreached>();
        while (await rows.ReadAsync(cancel))
            found.Add(new(rows.GetGuid(0), rows.GetGuid(1), await rows.IsDBNullAsync(2, cancel) ? null : rows.GetString(2)));
        return found;
    }
}
