using MassTransit;
using Stages.Contracts.Scheduling;

namespace Stages.Classrooms.Campaigns;

/// <summary>What a class page says of its campaign: names in both languages, and the zone of its times.</summary>
public sealed record KnownCampaign(Guid Id, long Version, string Name, string TimeZone, CampaignSubject[] Subjects)
{
    public string SubjectName(string code) =>
        Array.Find(Subjects, s => s.Code == code) is { } s ? Say.In(s.Name, s.NameEn ?? s.Name) : code;

    /// <summary>An older message that comes late changes nothing.</summary>
    public static Decision Keep(KnownCampaign? known, CampaignChanged m) =>
        known?.Version >= m.Version
            ? Decision.Nothing
            : Decision.Nothing.AndStore(new KnownCampaign(m.CampaignId, m.Version, m.Name, m.TimeZone, [.. m.Subjects]));
}

public sealed class CampaignOpenedConsumer(Journal journal) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) =>
        journal.Consume(context, async (reading, m) => KnownCampaign.Keep(await reading.Load<KnownCampaign>(m.CampaignId), m.AsChanged()));
}

public sealed class CampaignChangedConsumer(Journal journal) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) =>
        journal.Consume(context, async (reading, m) => KnownCampaign.Keep(await reading.Load<KnownCampaign>(m.CampaignId), m));
}
