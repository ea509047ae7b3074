namespace Stages.ServiceDefaults;

/// <summary>What is noted of one act: who, what, which objects (ids alone, never a name), and with which request.</summary>
/// <param name="Kind">One of <see cref="AuditKinds"/>.</param>
/// <param name="Person">See <see cref="AuditKey.Person"/>; null where nobody is known.</param>
/// <param name="What">Method and route, or what happened in one word.</param>
/// <param name="Status">Of the answer; 0 where there was none.</param>
/// <param name="Client">See <see cref="AuditKey.Client"/>.</param>
/// <param name="Reference">The number that the answer carries, see <see cref="ServiceDefaults.Reference"/>.</param>
public sealed record AuditEntry(
    DateTimeOffset At,
    string Kind,
    Guid? Person,
    string Role,
    string? Territory,
    string What,
    IReadOnlyList<Guid> Objects,
    int Status,
    string? Client,
    string? Reference
);

/// <summary>An entry in its place in the log, tied to the one before.</summary>
/// <param name="Seq">From 1, without a gap.</param>
/// <param name="Previous">Hash of the row before; zeros before the first.</param>
public sealed record AuditRow(long Seq, AuditEntry Entry, byte[] Previous, byte[] Hash);

/// <summary>Names for good: they stand in rows of last year.</summary>
public static class AuditKinds
{
    public const string SignIn = "sign-in";
    public const string SignInRefused = "sign-in-refused";
    public const string SecondFactor = "second-factor";
    public const string SecondFactorRefused = "second-factor-refused";
    public const string SecondFactorChanged = "second-factor-changed";
    public const string SecondFactorReset = "second-factor-reset";
    public const string SessionEnded = "session-ended";
    public const string Role = "role";
    public const string Refused = "refused";

    /// <summary>A form or request came with somebody's cookie and without the page's own token.</summary>
    public const string Forged = "forged-form";

    public const string Read = "read";
    public const string Export = "export";
    public const string Erasure = "erasure";
    public const string Journal = "journal";

    public static readonly IReadOnlyList<string> All =
    [
        SignIn,
        SignInRefused,
        SecondFactor,
        SecondFactorRefused,
        SecondFactorChanged,
        SecondFactorReset,
        SessionEnded,
        Role,
        Refused,
        Forged,
        Read,
        Export,
        Erasure,
        Journal,
    ];
}
