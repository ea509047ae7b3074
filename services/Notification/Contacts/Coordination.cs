namespace Stages.Notifications.Contacts;

/// <summary>
/// Who hears for the coordinators: <c>Alarms:To</c>, addresses with commas between them. With nobody configured what they should hear
/// stands in the delivery log as unsent.
/// </summary>
public static class Coordination
{
    public static IReadOnlyList<Recipient> Of(IConfiguration configuration)
    {
        var addresses = (configuration["Alarms:To"] ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return addresses.Length == 0
            ? [new Recipient(Guid.Empty, "Coordination", null, null, "fr")]
            : [.. addresses.Select(a => Recipient.Of(null, "", a, null, configuration["Alarms:Language"] ?? "fr"))];
    }
}

/// <summary>Reminds the coordinators of those who wait to be accepted.</summary>
public sealed class TeachersWaitingConsumer(Reception reception, IConfiguration configuration) : IConsumer<TeachersWaiting>
{
    public Task Consume(ConsumeContext<TeachersWaiting> context) =>
        reception.Take(
            context,
            context.Message.CampaignId,
            (_, campaign, m, cause) => ValueTask.FromResult(Remind(campaign, Coordination.Of(configuration), m, cause))
        );

    public static Telling Remind(KnownCampaign campaign, IReadOnlyList<Recipient> coordination, TeachersWaiting m, Cause cause)
    {
        var notice = new TeachersWaitingNotice(m.CampaignId, campaign.Name, m.Count);
        return new Telling(
            Decision.Nothing,
            [.. coordination.Select(to => Delivery.Of(cause.Name, to, notice, new About(m.CampaignId), m.At))]
        );
    }
}
