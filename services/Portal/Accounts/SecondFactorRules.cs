namespace Stages.Portal.Accounts;

/// <summary>What somebody showed, once its mathematics were right.</summary>
/// <param name="How"><c>app</c>, <c>recovery</c> or <c>passkey</c>.</param>
public sealed record Proof(string How, string Mark, string? Credential = null, uint Counter = 0)
{
    public const string App = "app",
        Recovery = "recovery",
        Key = "passkey";
}

/// <summary>Rules of the second factor: what counts once, how often one may be wrong, and who may change it.</summary>
public static class SecondFactorRules
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int MissesInWindow = 5;

    /// <summary>Gives whether it was believed. A wrong code is no refusal but an event, since it counts.</summary>
    /// <param name="proof">Null when a code was wrong. A passkey that was is no guess, and not brought here.</param>
    public static Decision<bool> Show(SecondFactor? state, Proof? proof, DateTimeOffset now)
    {
        if (state is not { IsSet: true })
            return new ProofRefused();
        if (proof?.How != Proof.Key && IsClosed(state, now))
            return new TooManyWrongCodes();
        return proof is null || state.Marks.Contains(proof.Mark) || (proof.How == Proof.Recovery && !state.Codes.Contains(proof.Mark))
            ? Decision.Of(new SecondFactorMissed(now)).Giving(false)
            : Decision.Of(Shown(proof, now)).Giving(true);
    }

    /// <summary>Gives whether the recovery codes were made with it: they come with the first way, and are shown once.</summary>
    /// <param name="proof">With the new key; null when its first code was wrong.</param>
    /// <param name="proven">Somebody has just shown what is there already.</param>
    public static Decision<bool> SetApp(SecondFactor? state, AuthenticatorSet set, Proof? proof, bool proven, RecoveryCodesMade codes) =>
        !MayChange(state, proven) ? new ProofNeeded()
        : proof is null ? new ProofRefused()
        : WithCodes(state, [set, Shown(proof, set.At)], codes);

    /// <summary>As above. What is there already is there once.</summary>
    public static Decision<bool> AddPasskey(SecondFactor? state, PasskeyAdded added, bool proven, RecoveryCodesMade codes) =>
        !MayChange(state, proven) ? new ProofNeeded()
        : state?.Passkeys.Any(p => p.Credential == added.Credential) == true ? Decision.Nothing.Giving(false)
        : WithCodes(state, [added], codes);

    public static Decision RemovePasskey(SecondFactor? state, string credential, DateTimeOffset now) =>
        state?.Passkeys.Any(p => p.Credential == credential) != true ? new NotFound()
        : state is { SealedKey: null, Passkeys.Count: 1 } ? new LastFactor()
        : Decision.Of(new PasskeyRemoved(credential, now));

    /// <param name="instead">When those were made that the person saw on the page.</param>
    public static Decision MakeCodes(SecondFactor? state, string instead, RecoveryCodesMade codes) =>
        state is not { IsSet: true } ? new NotFound()
        : MadeAt(state) != instead ? new CodesMadeMeanwhile()
        : Decision.Of(codes);

    /// <summary>As the form carries it.</summary>
    public static string MadeAt(SecondFactor? state) => state?.CodesAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";

    public static Decision Reset(SecondFactor? state, string by, string known, DateTimeOffset now) =>
        state is { IsSet: true } ? Decision.Of(new SecondFactorReset(by, now, known)) : Decision.Nothing;

    /// <summary>Five wrong codes in a quarter of an hour. A passkey cannot be guessed, and so is never closed.</summary>
    private static bool IsClosed(SecondFactor state, DateTimeOffset now) => state.Misses.Count(at => now - at < Window) >= MissesInWindow;

    private static bool MayChange(SecondFactor? state, bool proven) => state is not { IsSet: true } || proven;

    private static Decision<bool> WithCodes(SecondFactor? state, object[] events, RecoveryCodesMade codes) =>
        state is { Codes.Count: > 0 } ? Decision.Of(events).Giving(false) : Decision.Of([.. events, codes]).Giving(true);

    private static SecondFactorShown Shown(Proof proof, DateTimeOffset now) =>
        new(proof.How, proof.Mark, proof.Credential, proof.Counter, now);
}
