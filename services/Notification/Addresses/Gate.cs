namespace Stages.Notifications.Addresses;

public enum Passage
{
    Goes,

    /// <summary>Until the address is confirmed.</summary>
    Waits,

    /// <summary>Whoever reads there said that it is not theirs: a coordinator has to find another way.</summary>
    Never,
}

/// <summary>
/// The one gate of everything that goes out. Somebody types an address and somebody else reads it: until that one has said yes, we
/// carry no word there that a person typed.
/// </summary>
public static class Gate
{
    /// <param name="known">Null for an address of which nothing is known yet.</param>
    public static Passage Of(Notice notice, KnownAddress? known) =>
        (notice, known) switch
        {
            (ConfirmAddressNotice, null) => Passage.Goes,
            (ConfirmAddressNotice, _) => Passage.Never,
            ({ GoesToStrangers: true }, _) or (_, { IsConfirmed: true }) => Passage.Goes,
            (_, { State: KnownAddress.Refused }) => Passage.Never,
            _ => Passage.Waits,
        };

    /// <summary>What is newly known of the address of deliveries that wait, and the one message with which it is asked.</summary>
    public static (Decision Kept, Delivery? Asks) Ask(Delivery waiting, KnownAddress? known, DateTimeOffset now)
    {
        if (known is not null)
            return (Decision.Nothing.AndStore(known with { Touched = now }), null);
        var to = waiting.To;
        var notice = new ConfirmAddressNotice(AddressCode.Of(to.AddressId), waiting.About.EnrolmentId is null);
        var asks = Delivery.Of($"confirm/{to.AddressId}/{now.UtcTicks}", to with { Name = "" }, notice, waiting.About, now);
        // Inserted: two who ask at once meet on the key, and one of them finds that it was asked.
        return (Decision.Nothing.AndInsert(KnownAddress.Of(to, KnownAddress.Asked, now)), asks);
    }
}
