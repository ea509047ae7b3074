namespace Stages.Portal.Accounts;

/// <summary>
/// A browser in which somebody is signed in. What is not kept here is not signed in, whatever its cookie says: ending a session is
/// deleting it. The cookie has the secret, this its hash, so that who reads the database is nobody by it.
/// </summary>
/// <param name="Phone">The number with which a family signed in.</param>
/// <param name="Remembered">The person asked to stay signed in on this device.</param>
/// <param name="SecondFactorAt">When the second factor was last shown in this browser; staff do nothing before it was.</param>
/// <param name="Vouched">The identity provider for staff through which they came in.</param>
public sealed record BrowserSession(
    Guid Id,
    string SecretHash,
    Guid Person,
    string Role,
    string? Email,
    string? Name,
    string? Territory,
    string? Phone,
    Device Device,
    bool Remembered,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    DateTimeOffset EndsAt,
    DateTimeOffset? SecondFactorAt = null,
    string? Vouched = null
)
{
    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan StaffLongest = TimeSpan.FromHours(10);

    /// <summary>Stated for the person who ticks "stay signed in on this device".</summary>
    public static readonly TimeSpan RememberedLongest = TimeSpan.FromDays(30);

    /// <summary>A telephone that was given on, or lies in a drawer: a family that is in a campaign looks in more often.</summary>
    public static readonly TimeSpan RememberedIdle = TimeSpan.FromDays(10);

    /// <summary>The cookie ends with the browser, the session on the same day.</summary>
    public static readonly TimeSpan UnrememberedLongest = TimeSpan.FromHours(12);

    public Caller Caller => new(Person, Role, Email, Name, Territory, Vouched);

    public bool IsStaff => Caller.IsCoordinator;

    /// <summary>How seldom it is written down that the person is there.</summary>
    private TimeSpan Noted => IsStaff ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(10);

    public static BrowserSession Begin(
        SessionTicket ticket,
        Caller caller,
        string? phone,
        Device device,
        bool remember,
        DateTimeOffset now
    ) =>
        new(
            ticket.Id,
            ticket.Hash,
            caller.Id,
            caller.Role,
            caller.Email,
            caller.Name,
            caller.Territory,
            phone,
            device,
            remember && !caller.IsCoordinator,
            now,
            now,
            now
                + (
                    caller.IsCoordinator ? StaffLongest
                    : remember ? RememberedLongest
                    : UnrememberedLongest
                ),
            Vouched: caller.Vouched
        );

    public bool IsOver(DateTimeOffset now) => now >= EndsAt || now - LastSeen >= (IsStaff ? StaffIdle : RememberedIdle);

    /// <summary>Staff before their second factor: let in nowhere.</summary>
    public bool IsHalf => IsStaff && SecondFactorAt is null;

    /// <summary>Whoever is there has just shown who they are.</summary>
    public bool IsProven(DateTimeOffset now) => ProvenAt is { } at && now - at < FreshProof.Fresh;

    public DateTimeOffset? ProvenAt => IsStaff ? SecondFactorAt : Since;

    public bool IsToBeNoted(DateTimeOffset now) => now - LastSeen >= Noted;

    /// <summary>
    /// Whether the caller sees it, and may end it. Who came in with an address alone learns nothing of where the same person works as
    /// staff.
    /// </summary>
    public bool IsReachedBy(Caller caller) => Person == caller.Id && (caller.IsCoordinator || !IsStaff);
}
