using JasperFx.Events;

namespace Stages.Portal.Accounts;

/// <summary>An authenticator app shares a key with us from now on, in place of the one of before.</summary>
/// <param name="SealedKey">Under the sealing keys: who reads the database alone cannot make codes.</param>
public sealed record AuthenticatorSet(string SealedKey, DateTimeOffset At);

/// <param name="Credential">The authenticator's own id of it, in base64url.</param>
public sealed record PasskeyAdded(string Credential, string PublicKey, uint Counter, Device On, DateTimeOffset At);

public sealed record PasskeyRemoved(string Credential, DateTimeOffset At);

/// <summary>Those of before no longer count.</summary>
public sealed record RecoveryCodesMade(IReadOnlyList<string> Hashes, DateTimeOffset At);

/// <summary>A second factor was shown and believed.</summary>
/// <param name="Mark">What must never be believed again: the app's half minute, the passkey's challenge, the recovery code.</param>
public sealed record SecondFactorShown(string How, string Mark, string? Credential, uint Counter, DateTimeOffset At);

public sealed record SecondFactorMissed(DateTimeOffset At);

/// <summary>Taken away by an administrator, for somebody who has lost it: at the next sign-in they set up another.</summary>
/// <param name="Known">How the administrator knew the person, in their words; null before that was asked.</param>
public sealed record SecondFactorReset(string By, DateTimeOffset At, string? Known = null);

/// <summary>A key in somebody's phone, computer or pocket.</summary>
/// <param name="On">Where it was made, for its owner to know it again.</param>
public sealed record Passkey(string Credential, string PublicKey, uint Counter, Device On, DateTimeOffset At);

/// <summary>What one of the staff shows beside the address to which codes go.</summary>
/// <param name="Codes">Hashes of the recovery codes that are left.</param>
/// <param name="Marks">The last that were believed.</param>
/// <param name="Misses">When codes were wrong, as far back as any limit looks.</param>
/// <param name="CodesAt">When the recovery codes were made; null where that was before it was kept.</param>
/// <param name="LastReset">For administrators to read who reset it, and how they knew the person.</param>
public sealed record SecondFactor(
    Guid Id,
    string? SealedKey,
    IReadOnlyList<Passkey> Passkeys,
    IReadOnlyList<string> Codes,
    IReadOnlyList<string> Marks,
    IReadOnlyList<DateTimeOffset> Misses,
    SecondFactorReset? LastReset = null,
    DateTimeOffset? CodesAt = null
)
{
    /// <summary>More than any limit looks back on.</summary>
    private const int Kept = 20;

    public bool IsSet => SealedKey is not null || Passkeys.Count > 0;

    private static SecondFactor None(Guid id) => new(id, null, [], [], [], []);

    public static SecondFactor Create(IEvent<AuthenticatorSet> e) => None(e.StreamId).Apply(e.Data);

    public static SecondFactor Create(IEvent<PasskeyAdded> e) => None(e.StreamId).Apply(e.Data);

    public SecondFactor Apply(AuthenticatorSet e) => this with { SealedKey = e.SealedKey };

    public SecondFactor Apply(PasskeyAdded e) =>
        this with
        {
            Passkeys = [.. Passkeys, new Passkey(e.Credential, e.PublicKey, e.Counter, e.On, e.At)],
        };

    public SecondFactor Apply(PasskeyRemoved e) => this with { Passkeys = [.. Passkeys.Where(p => p.Credential != e.Credential)] };

    public SecondFactor Apply(RecoveryCodesMade e) => this with { Codes = e.Hashes, CodesAt = e.At };

    public SecondFactor Apply(SecondFactorShown e) =>
        this with
        {
            Marks = [.. Marks.TakeLast(Kept - 1), e.Mark],
            Codes = [.. Codes.Where(c => c != e.Mark)],
            Passkeys = [.. Passkeys.Select(p => p.Credential == e.Credential ? p with { Counter = e.Counter } : p)],
            Misses = [],
        };

    public SecondFactor Apply(SecondFactorMissed e) => this with { Misses = [.. Misses.TakeLast(Kept - 1), e.At] };

    public SecondFactor Apply(SecondFactorReset e) => None(Id) with { LastReset = e };
}

/// <summary>Wrong, used before or too old; the sentence is the same, so that a guesser learns nothing.</summary>
public sealed record ProofRefused()
    : Refusal(
        RefusalKind.Rule,
        "proof-refused",
        "Ce code ne convient pas. Prenez celui que l’application affiche maintenant, ou un code de secours qui n’a pas encore servi.",
        "This code is not right. Take the one that the app shows now, or a recovery code that has not been used yet."
    );

public sealed record PasskeyRefused()
    : Refusal(
        RefusalKind.Rule,
        "passkey-refused",
        "Cette clé d’accès n’a pas été reconnue. Réessayez, ou prenez un code.",
        "This passkey was not recognised. Try again, or use a code."
    );

public sealed record TooManyWrongCodes()
    : Refusal(
        RefusalKind.Conflict,
        "too-many-wrong-codes",
        "Trop de codes faux. Attendez un quart d’heure, ou prenez votre clé d’accès.",
        "Too many wrong codes. Wait a quarter of an hour, or use your passkey."
    );

/// <summary>What is set up already is changed only by somebody who has just shown it.</summary>
public sealed record ProofNeeded()
    : Refusal(
        RefusalKind.Forbidden,
        "proof-needed",
        "Confirmez d’abord que c’est bien vous, avec la double authentification déjà installée.",
        "First confirm that it is you, with the second step that is already set up."
    );

public sealed record LastFactor()
    : Refusal(
        RefusalKind.Conflict,
        "last-factor",
        "C’est votre seul moyen : ajoutez-en d’abord un autre.",
        "This is your only way: add another one first."
    );

/// <summary>The form was sent twice, or from two windows: the codes that the person noted are not taken away by the other copy.</summary>
public sealed record CodesMadeMeanwhile()
    : Refusal(
        RefusalKind.Conflict,
        "codes-made-meanwhile",
        "De nouveaux codes viennent d’être faits. Si vous ne les avez pas vus, faites-en d’autres.",
        "New codes have just been made. If you have not seen them, make others."
    );

/// <summary>One of the staff came with an address alone.</summary>
public sealed record SecondFactorNeeded()
    : Refusal(
        RefusalKind.Forbidden,
        "second-factor-needed",
        "Terminez d’abord la connexion : la double authentification manque encore.",
        "Finish signing in first: the second step is still missing."
    );
