using System.Text.Json;

namespace Stages.Notifications.Deliveries;

/// <summary>What can become of a delivery.</summary>
public static class Statuses
{
    public const string Pending = "pending";
    public const string Sent = "sent";

    /// <summary>Tried for as long as it made sense.</summary>
    public const string Failed = "failed";

    /// <summary>Refused for good: no such mailbox, an address that is none, or too late to be of use.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>Nothing of ours reaches this person: listed to the coordinators, who phone.</summary>
    public const string Unsent = "unsent";

    /// <summary>A coordinator has told the person.</summary>
    public const string Told = "told";

    public static readonly string[] All = [Pending, Sent, Failed, Abandoned, Unsent, Told];
}

/// <summary>What a delivery is about, by ids alone.</summary>
public sealed record About(Guid? CampaignId = null, Guid? EnrolmentId = null, Guid? StageId = null, string? SchoolUai = null);

/// <summary>
/// One notice on its way to one person. The id follows from the message, the person and the kind: the same message twice makes
/// the same delivery, once.
/// </summary>
/// <param name="At">When that happened which it tells: the clock of our promptness starts there.</param>
public sealed record Delivery(Guid Id, Recipient To, Notice Notice, About About, DateTimeOffset At)
{
    /// <param name="cause">Id of the message that causes it, or another name that never names two causes.</param>
    public static Delivery Of(string cause, Recipient to, Notice notice, About about, DateTimeOffset at) =>
        new(IdOf($"{cause}\n{notice.Kind}\n{to.Channel}\n{to.Key}"), to, notice, about, at);

    public static Guid IdOf(string name) => HashId.Of(IdSpace.Delivery, name);
}

/// <summary>Deliveries as part of the decision that they tell: they are written in its transaction.</summary>
/// <param name="configuration">Whether a gateway for text messages is configured (<c>Sms:Url</c>) decides what becomes of those.</param>
public sealed class Outgoing(IConfiguration configuration)
{
    public bool HasSms => !string.IsNullOrEmpty(configuration["Sms:Url"]);

    public Decision Tell(IEnumerable<Delivery> deliveries) =>
        Decision.All(
            deliveries.Select(Row).Chunk(500).Select(some => Decision.Nothing.AndSql(DeliveryTable.Insert, JsonSerializer.Serialize(some)))
        );

    private object Row(Delivery delivery)
    {
        var status =
            delivery.To.Channel == Channels.Mail || (delivery.To.Channel == Channels.Sms && HasSms) ? Statuses.Pending : Statuses.Unsent;
        return new
        {
            id = delivery.Id,
            kind = delivery.Notice.Kind,
            channel = delivery.To.Channel,
            status,
            urgency = (short)delivery.Notice.Urgency,
            person_id = delivery.To.PersonId,
            recipient_hash = Trace.Hash(delivery.To.Key),
            recipient_hint = Trace.Hint(delivery.To),
            recipient_name = delivery.To.Name,
            address = delivery.To.Address,
            language = delivery.To.Language,
            campaign_id = delivery.About.CampaignId,
            enrolment_id = delivery.About.EnrolmentId,
            stage_id = delivery.About.StageId,
            school_uai = delivery.About.SchoolUai,
            notice = Kept(delivery, status),
            happened_at = delivery.At,
            useless_after = delivery.Notice.UselessAfter,
        };
    }

    /// <summary>What nobody may read out to somebody else is not kept where coordinators look for whom to call.</summary>
    private static string? Kept(Delivery delivery, string status) =>
        !delivery.Notice.IsSecret ? delivery.Notice.ToJson()
        : status == Statuses.Pending ? NoticeSeal.Seal(delivery.Notice.ToJson(), delivery.To.Address ?? "")
        : null;
}
