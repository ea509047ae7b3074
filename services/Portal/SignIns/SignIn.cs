namespace Stages.Portal.SignIns;

/// <summary>A message with a code and a link that still counts.</summary>
/// <param name="Browser">Which asked, see <see cref="BrowserMarks"/>.</param>
/// <param name="CodeHash">Null when the link went alone.</param>
/// <param name="Strong">Eight characters, good in the asking browser alone; else six digits, good in any.</param>
public sealed record SignInMessage(Guid Id, Guid Browser, string? CodeHash, bool Strong, DateTimeOffset At);

/// <summary>That a message went, for a day: what limits how many go to one address.</summary>
/// <param name="Known">It went on the allowance of a browser that has signed in with this address before, not on that of strangers.</param>
public sealed record SentMessage(Guid Id, Guid Browser, bool Known, DateTimeOffset At);

/// <summary>That a wrong code was typed, for a day.</summary>
public sealed record WrongCode(Guid Browser, bool Known, DateTimeOffset At);

/// <summary>
/// The sign-ins of one address in the last day. A document and no stream: anybody may type any address, and nothing of that lasts
/// longer than it limits (<see cref="SignInSweep"/>). Codes are keyed hashes: who reads the database can sign in as nobody.
/// </summary>
/// <param name="EndsAt">After this it says nothing any more.</param>
public sealed record AddressSignIns(
    Guid Id,
    IReadOnlyList<SignInMessage> Live,
    IReadOnlyList<SentMessage> Sent,
    IReadOnlyList<WrongCode> Wrong,
    DateTimeOffset EndsAt
);

/// <summary>Where a link of a message leads; found by the keyed hash of the secret that stands in it.</summary>
/// <param name="Ticket">Sealed: address, role, where to go.</param>
public sealed record SignInLink(Guid Id, Guid Message, Guid Browser, string Ticket, DateTimeOffset EndsAt);

/// <summary>Ids of the streams that belong to an address. Derived, so that the store needs no index of addresses.</summary>
public static class AddressStream
{
    public static Guid Of(string kind, string address) => HashId.Of(IdSpace.Address, $"{kind}:{address.Trim().ToLowerInvariant()}");
}
