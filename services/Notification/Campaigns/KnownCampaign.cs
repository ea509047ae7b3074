using Marten;
using MassTransit;
using Stages.Contracts.Scheduling;
using Stages.Notifications.Letters;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Notifications.Campaigns;

/// <summary>What letters say of a campaign: its name and the names of its subjects.</summary>
public sealed record KnownCampaign(Guid Id, long Version, string Name, string TimeZone, IReadOnlyDictionary<string, LocalText> Subjects)
{
    public LocalText Subject(string code) => Subjects.TryGetValue(code, out var name) ? name : new LocalText(code, code);

    public static async Task<KnownCampaign> Of(IQuerySession session, Guid id, CancellationToken cancel) =>
        await session.LoadAsync<KnownCampaign>(id, cancel) ?? throw new NotYetKnown($"campaign:{id}");

    internal static LocalText Named(CampaignSubject subject) =>
        new(Clean.Name(subject.Name), Clean.Name(subject.NameEn ?? InEnglish(subject.Code) ?? subject.Name));

    /// <summary>For campaigns that name their subjects in French alone.</summary>
    private static string? InEnglish(string code) =>
        code switch
        {
            "FR" => "French",
            "MA" or "MATH" => "Mathematics",
            "AN" or "EN" => "English",
            "PC" => "Physics and chemistry",
            "HG" => "History and geography",
            "SVT" => "Life and earth sciences",
            "ES" => "Spanish",
            "PH" => "Philosophy",
            _ => null,
        };
}

public sealed class CampaignOpenedConsumer(Inbox inbox) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) =>
        inbox.Once(
            context,
            session => CampaignNews.Keep(session, context.Message.AsChanged(), context.CancellationToken),
            known: $"campaign:{context.Message.CampaignId}"
        );
}

public sealed class CampaignChangedConsumer(Inbox inbox) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) =>
        inbox.Once(
            context,
            session => CampaignNews.Keep(session, context.Message, context.CancellationToken),
            known: $"campaign:{context.Message.CampaignId}"
        );
}

internal static class CampaignNews
{
    public static async Task Keep(IDocumentSession session, CampaignChanged m, CancellationToken cancel)
    {
        var known = await session.LoadAsync<KnownCampaign>(m.CampaignId, cancel);
        if (known?.Version >= m.Version)
            return;
        var campaign = new KnownCampaign(
            m.CampaignId,
            m.Version,
            Clean.Name(m.Name, 120),
            m.TimeZone,
            m.Subjects.ToDictionary(s => s.Code, KnownCampaign.Named, StringComparer.Ordinal)
        );
        if (known is null)
            session.Insert(campaign);
        else
            session.Store(campaign);
    }
}
