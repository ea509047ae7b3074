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

    /// <summary>Waits until the address is confirmed; then how things stand is told in its place.</summary>
    public const string Held = "held";

    /// <summary>A coordinator has told the person.</summary>
    public const string Told = "told";

    public static readonly string[] All = [Pending, Sent, Failed, Abandoned, Unsent, Held, Told];
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
