using System.Text.Json.Serialization;

namespace Stages.Notifications.Deliveries;

/// <summary>
/// One person to tell, and how: by mail; without an address by text message, to a mobile; without either somebody has to speak to them.
/// </summary>
public sealed record Recipient(Guid PersonId, string Name, string? Email, string? Phone, string Language)
{
    public static Recipient Of(Guid? personId, string name, string? email, string? phone, string language)
    {
        var mail = Texts.Find<EmailAddress>(email);
        var number = Texts.Find<PhoneNumber>(phone);
        var id =
            personId
            ?? (
                mail is not null ? Vocabulary.PersonId.Of(mail)
                : number is not null ? Vocabulary.PersonId.Of(number)
                : Guid.Empty
            );
        return new(id, Clean.Person(name), mail?.ToString(), number?.ToString(), Letters.Language.Of(language).Code);
    }

    [JsonIgnore]
    public string Channel =>
        Email is not null ? Channels.Mail
        : Texts.Find<PhoneNumber>(Phone) is { IsMobile: true } ? Channels.Sms
        : Channels.None;

    [JsonIgnore]
    public string? Address => Channel == Channels.None ? null : Email ?? Phone;

    /// <summary>
    /// The account that would be signed in to with the address that is written to: what is known of the address stands under it.
    /// </summary>
    [JsonIgnore]
    public Guid AddressId =>
        Channel switch
        {
            Channels.Mail => Vocabulary.PersonId.FromEmail(Email!),
            Channels.Sms => Vocabulary.PersonId.FromPhone(Phone!),
            _ => Guid.Empty,
        };

    /// <summary>
    /// Every account that may be theirs, from the addresses themselves: an id that was forgotten stands for nobody any more, while rows
    /// named after the person's address may have been written since.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<Guid> Accounts =>
        [
            PersonId,
            .. Email is null ? [] : new[] { Vocabulary.PersonId.FromEmail(Email) },
            .. Phone is null ? [] : new[] { Vocabulary.PersonId.FromPhone(Phone) },
        ];

    /// <summary>Two guardians who share one address are told once.</summary>
    [JsonIgnore]
    public string Key => Email is not null ? EmailAddress.KeyOf(Email) : Phone ?? $"{PersonId}/{Name}";
}

public static class Channels
{
    public const string Mail = "mail";
    public const string Sms = "sms";

    /// <summary>No address at all: a coordinator tells them.</summary>
    public const string None = "none";
}

/// <summary>What is kept of an address after it has served: enough to find it again when the person asks, not to write to it.</summary>
public static class Trace
{
    /// <summary>16 hexadecimal digits of the keyed hash of the normal form of the address.</summary>
    public static string Hash(string key) => HashId.Of(IdSpace.Trace, key).ToString("N")[16..];

    /// <summary><c>l…@example.org</c>, <c>+33…78</c>.</summary>
    public static string Hint(Recipient to) =>
        to switch
        {
            { Email: { } mail } => mail.LastIndexOf('@') is > 0 and var at ? $"{mail[0]}…{mail[at..]}" : "…",
            { Phone: { Length: > 5 } phone } => $"{phone[..3]}…{phone[^2..]}",
            _ => "…",
        };
}
