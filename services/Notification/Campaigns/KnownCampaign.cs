namespace Stages.Notifications.Campaigns;

/// <summary>What letters say of a campaign: its name and the names of its subjects.</summary>
public sealed record KnownCampaign(Guid Id, long Version, string Name, string TimeZone, IReadOnlyDictionary<string, LocalText> Subjects)
{
    public LocalText Subject(string code) => Subjects.TryGetValue(code, out var name) ? name : new LocalText(code, code);

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

public sealed class CampaignOpenedConsumer(Reception reception) : IConsumer<CampaignOpened>
{
    public Task Consume(ConsumeContext<CampaignOpened> context) => CampaignNews.Take(reception, context, context.Message.AsChanged());
}

public sealed class CampaignChangedConsumer(Reception reception) : IConsumer<CampaignChanged>
{
    public Task Consume(ConsumeContext<CampaignChanged> context) => CampaignNews.Take(reception, context, context.Message);
}

/// <summary>Keeps what letters say of a campaign, as of its newest message.</summary>
public static class CampaignNews
{
    public static Decision Keep(KnownCampaign? known, CampaignChanged m)
    {
        if (known?.Version >= m.Version)
            return Decision.Nothing;
        var campaign = new KnownCampaign(
            m.CampaignId,
            m.Version,
            Clean.Name(m.Name, 120),
            m.TimeZone,
            m.Subjects.ToDictionary(s => s.Code, KnownCampaign.Named, StringComparer.Ordinal)
        );
        var kept = known is null ? Decision.Nothing.AndInsert(campaign) : Decision.Nothing.AndStore(campaign);
        return kept.AndKnown("campaign", m.CampaignId);
    }

    internal static Task Take<TMessage>(Reception reception, ConsumeContext<TMessage> context, CampaignChanged m)
        where TMessage : class =>
        reception.Take(context, async (reading, _, _) => Keep(await reading.Load<KnownCampaign>(m.CampaignId), m));
}
