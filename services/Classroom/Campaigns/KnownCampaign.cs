using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;

namespace Stages.Classrooms.Campaigns;

/// <summary>What a class page says of its campaign: names in both languages, and the zone of its times.</summary>
public sealed record KnownCampaign(Guid Id, long Version, string Name, string TimeZone, CampaignSubject[] Subjects)
{
    public string SubjectName(string code) =>
        Array.Find(Subjects, s => s.Code == code) is { } s ? Say.In(s.Name, s.NameEn ?? s.Name) : code;

    internal static async Task Keep(IDocumentSession session, CampaignChanged m)
    {
        if (await session.LoadAsync<KnownCampaign>(m.CampaignId) is { } known && known.Version >= m.Version)
            return;
        session.Store(new KnownCampaign(m.CampaignId, m.Version, m.Name, m.TimeZone, [.. m.Subjects]));
    }
}

public sealed class CampaignOpenedConsumer(Inbox inbox) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) =>
        inbox.Once(context, session => KnownCampaign.Keep(session, context.Message.AsChanged()));
}

public sealed class CampaignChangedConsumer(Inbox inbox) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) =>
        inbox.Once(context, session => KnownCampaign.Keep(session, context.Message));
}
