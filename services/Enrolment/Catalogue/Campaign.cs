using MassTransit;
using Stages.Contracts.Scheduling;

namespace Stages.Enrolments.Catalogue;

/// <summary>A campaign as Scheduling tells it: what an enrolment is checked against.</summary>
public sealed record Campaign(
    Guid Id,
    long Version,
    string Name,
    string TimeZone,
    CampaignWeek[] Weeks,
    TimeOnly[] SlotStarts,
    DateOnly[] ClosedDates,
    DateTimeOffset EnrolmentOpens,
    DateTimeOffset EnrolmentCloses,
    string[] Levels,
    CampaignSubject[] Subjects,
    CampaignLot? Lot = null
)
{
    public static Campaign Of(CampaignChanged m) =>
        new(
            m.CampaignId,
            m.Version,
            m.Name,
            m.TimeZone,
            [.. m.Weeks],
            [.. m.SlotStarts],
            [.. m.ClosedDates],
            m.EnrolmentOpens,
            m.EnrolmentCloses,
            [.. m.Levels],
            [.. m.Subjects],
            m.Lot
        );

    public bool IsOpen(DateTimeOffset now) => EnrolmentOpens <= now && now < EnrolmentCloses;

    /// <summary>Codes of a week's slots that can be chosen; a slot on a closed date cannot.</summary>
    public IEnumerable<string> SlotsOf(string week) =>
        Weeks.FirstOrDefault(w => w.Label == week) is not { } found
            ? []
            : SlotCode.Week(SlotStarts).Where(s => !ClosedDates.Contains(found.Monday.AddDays(s.Day))).Select(s => s.ToString());
}

/// <summary>Campaigns change a few times a year and are read by every enrolment: kept for a few seconds.</summary>
public sealed class CampaignCatalogue(IDocumentStore store, Remembered known)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>Null when no such campaign was heard of; that answer is never kept.</summary>
    public ValueTask<Campaign?> Find(Guid id) =>
        known.Get(
            $"campaign-{id}",
            Fresh,
            async () =>
            {
                await using var session = store.QuerySession();
                return await session.LoadAsync<Campaign>(id);
            }
        );
}

public sealed class CampaignOpenedConsumer(Journal journal) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) =>
        journal.Consume(context, async (reading, m) => KeepCampaign.Decide(await reading.Load<Campaign>(m.CampaignId), m.AsChanged()));
}

public sealed class CampaignChangedConsumer(Journal journal) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) =>
        journal.Consume(context, async (reading, m) => KeepCampaign.Decide(await reading.Load<Campaign>(m.CampaignId), m));
}

public static class KeepCampaign
{
    /// <summary>An older message that comes late changes nothing.</summary>
    public static Decision Decide(Campaign? known, CampaignChanged m) =>
        known?.Version >= m.Version ? Decision.Nothing : Decision.Nothing.AndStore(Campaign.Of(m));
}
