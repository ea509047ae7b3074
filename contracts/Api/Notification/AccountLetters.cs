namespace Stages.Api.Notification;

/// <summary>
/// Something changed in how a person signs in: the Portal asks for the letter that tells them, when it has happened and until it is taken.
/// </summary>
/// <param name="Id">Of what happened: asked for twice it is one letter.</param>
/// <param name="What">One of <see cref="AccountNews"/>.</param>
/// <param name="Email">Or <paramref name="Phone"/>, by text message.</param>
/// <param name="AboutFr">The device, the provider or the role, in words of ours; null where there is none.</param>
public sealed record SendAccountLetter(
    Guid Id,
    string What,
    string? Email,
    string? Phone,
    string Language,
    DateTimeOffset At,
    string? AboutFr = null,
    string? AboutEn = null
);

/// <summary>What is told of an account.</summary>
public static class AccountNews
{
    /// <summary>Somebody signed in from a browser that had not been seen with this address.</summary>
    public const string NewBrowser = "new-browser";

    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRemoved = "passkey-removed";
    public const string AppSet = "app-set";

    /// <summary>Another app in place of the one before.</summary>
    public const string AppChanged = "app-changed";

    /// <summary>Recovery codes were made anew.</summary>
    public const string CodesMade = "codes-made";

    /// <summary>Somebody came in with a recovery code.</summary>
    public const string CodeUsed = "code-used";

    /// <summary>An administrator took the second factor away.</summary>
    public const string FactorReset = "factor-reset";

    public const string ProviderLinked = "provider-linked";
    public const string ProviderUnlinked = "provider-unlinked";
    public const string RoleGiven = "role-given";
    public const string RoleTaken = "role-taken";

    /// <summary>An administrator ended all sessions of the person.</summary>
    public const string SessionsEnded = "sessions-ended";

    public static readonly IReadOnlyList<string> All =
    [
        NewBrowser,
        PasskeyAdded,
        PasskeyRemoved,
        AppSet,
        AppChanged,
        CodesMade,
        CodeUsed,
        FactorReset,
        ProviderLinked,
        ProviderUnlinked,
        RoleGiven,
        RoleTaken,
        SessionsEnded,
    ];
}
