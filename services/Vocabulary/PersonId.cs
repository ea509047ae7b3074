namespace Stages.Vocabulary;

/// <summary>
/// The account of a person follows from the address that they proved to own, so that every service, and a token made by
/// <c>infra/token</c>, comes to the same id without asking anybody. It follows by a keyed hash (<see cref="AccountKey"/>): from an id,
/// or from a dump full of them, nobody comes back to the address.
/// </summary>
public static class PersonId
{
    public static Guid Of(EmailAddress address) => From(address.Key);

    /// <summary>For a family that has no e-mail.</summary>
    public static Guid Of(PhoneNumber number) => From(number.ToString());

    /// <summary>Of an address as a message or an event has it; one of times before addresses were checked is taken as it stands.</summary>
    public static Guid FromEmail(string email) => From(EmailAddress.KeyOf(email));

    /// <summary>The same for a number.</summary>
    public static Guid FromPhone(string phone) => From(Texts.Normal<PhoneNumber>(phone));

    private static Guid From(string address) => HashId.Of(IdSpace.Person, address);
}
