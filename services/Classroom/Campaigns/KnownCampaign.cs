using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;

namespace Stages.Classrooms.Campaigns;

/// <summary>What a class page says of its campaign: names in both languages, and the zone of its times.</summary>
public sealed record KnownCampaign(Guid Id, long Version, string Name, string TimeZone, CampaignSubject[] Subjects)
{
    public string SubjectName(string code) => Array.Find(Subjects, s => s.Code == code) is { } s ? Say.In(s.Name, s.NameEn ?? s.Name) : code;

    internal static async Task Keep(IDocumentSession session, KnownCampaign campaign)
    {
        if (await session.LoadAsync<KnownCampaign>(campaign.Id) is { } known && known.Version >= campaign.Version) return;
        session.Store(campaign);
    }
}

public sealed class CampaignOpenedConsumer(Inbox inbox) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) => inbox.Once(context, session =>
        KnownCampaign.Keep(session, new KnownCampaign(context.Message.CampaignId, context.Message.Version, context.Message.Name, context.Message.TimeZone, [.. context.Message.Subjects])));
}

public sealed class CampaignChangedConsumer(Inbox inbox) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) => inbox.Once(context, session =>
        KnownCampaign.Keep(session, new KnownCampaign(context.Message.CampaignId, context.Message.Version, context.Message.Name, context.Message.TimeZone, [.. context.Message.Subjects])));
}
