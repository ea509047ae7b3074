using Stages.Portal.Accounts.Letters;

namespace Stages.Portal.Accounts;

/// <summary>What a form brought: a code that was typed, or a passkey's answer to a challenge.</summary>
public sealed record ProofForm(string Code, string Challenge, string Passkey)
{
    public const string CodeField = "__code",
        ChallengeField = "__challenge",
        PasskeyField = "__passkey";

    public static readonly string[] Fields = [CodeField, ChallengeField, PasskeyField];

    public static ProofForm Of(IFormCollection form) =>
        new(form[CodeField].ToString().Trim(), form[ChallengeField].ToString(), form[PasskeyField].ToString());
}

/// <summary>Sets up, asks for and takes away the second factor of one of the staff.</summary>
public sealed class SecondFactorDesk(
    IDocumentStore store,
    Journal journal,
    SessionDesk sessions,
    AuthenticatorApp app,
    Passkeys passkeys,
    AccountNotes notes,
    AccountHolders holders,
    TimeProvider clock
)
{
    private static readonly IReadOnlyList<string> NoCodes = [];

    public static Guid StreamOf(string email) => AddressStream.Of("second-factor", email);

    /// <summary>Staff are known by their addresses.</summary>
    public static Guid StreamOf(BrowserSession session) =>
        StreamOf(session.Email ?? throw new ArgumentException("Nobody's.", nameof(session)));

    public async Task<SecondFactor?> Of(BrowserSession session, CancellationToken cancel)
    {
        await using var documents = store.QuerySession();
        return await documents.LoadAsync<SecondFactor>(StreamOf(session), cancel);
    }

    /// <summary>Those of the staff, by their stream.</summary>
    public async Task<IReadOnlyDictionary<Guid, SecondFactor>> Of(IEnumerable<string> emails, CancellationToken cancel)
    {
        await using var documents = store.QuerySession();
        return (await documents.LoadManyAsync<SecondFactor>(cancel, [.. emails.Select(StreamOf)])).ToDictionary(f => f.Id);
    }

    /// <returns>Why it was not believed; null when it was.</returns>
    public async Task<Refusal?> Show(BrowserSession session, ProofForm form, CancellationToken cancel)
    {
        var refusal = await Believe(session, form, cancel);
        if (refusal is not null)
            await notes.Refused(AuditKinds.SecondFactorRefused, session.Caller, refusal);
        return refusal;
    }

    private async Task<Refusal?> Believe(BrowserSession session, ProofForm form, CancellationToken cancel)
    {
        if (await Of(session, cancel) is not { IsSet: true } state)
            return new ProofRefused();
        var now = clock.GetUtcNow();
        Proof? proof;
        if (form.Passkey.Length > 0)
        {
            proof = await passkeys.Shown(session, state, form.Challenge, form.Passkey, cancel);
            if (proof is null)
                return new PasskeyRefused();
        }
        else if (form.Code.Length == 0)
            return new ProofRefused();
        else
            proof = ProofOf(state, form.Code, now);
        var outcome = await Decide(AccountHolder.Of(session), s => SecondFactorRules.Show(s, proof, now), cancel);
        return outcome.Refusal ?? (outcome.Result ? null : new ProofRefused());
    }

    /// <returns>The recovery codes, when they were made with it.</returns>
    public async Task<(Refusal? Refusal, IReadOnlyList<string> Codes)> SetApp(
        BrowserSession session,
        string offer,
        string code,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        if (app.Take(session, offer, code, now) is not { } taken)
            return (new ProofRefused(), NoCodes);
        return await SetUp(
            session,
            (state, codes) => SecondFactorRules.SetApp(state, new(taken.SealedKey, now), taken.Proof, session.IsProven(now), codes),
            cancel
        );
    }

    public async Task<(Refusal? Refusal, IReadOnlyList<string> Codes)> AddPasskey(
        BrowserSession session,
        ProofForm form,
        Device on,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        if (await passkeys.Made(session, form.Challenge, form.Passkey, on, now, cancel) is not { } made)
            return (new PasskeyRefused(), NoCodes);
        return await SetUp(session, (state, codes) => SecondFactorRules.AddPasskey(state, made, session.IsProven(now), codes), cancel);
    }

    /// <param name="instead">See <see cref="SecondFactorRules.MakeCodes"/>.</param>
    public async Task<(Refusal? Refusal, IReadOnlyList<string> Codes)> MakeCodes(
        BrowserSession session,
        string instead,
        CancellationToken cancel
    )
    {
        var codes = RecoveryCodes.Make();
        var outcome = await Decide<bool>(
            AccountHolder.Of(session),
            state => SecondFactorRules.MakeCodes(state, instead, Hashed(codes)),
            cancel
        );
        if (!outcome.Refused)
            await notes.Done(AuditKinds.SecondFactorChanged, "recovery codes", AuditKey.Person(session.Person));
        return (outcome.Refusal, outcome.Refused ? NoCodes : codes);
    }

    public async Task<Refusal?> RemovePasskey(BrowserSession session, string credential, CancellationToken cancel)
    {
        var outcome = await Decide<bool>(
            AccountHolder.Of(session),
            state => SecondFactorRules.RemovePasskey(state, credential, clock.GetUtcNow()),
            cancel
        );
        if (!outcome.Refused)
            await notes.Done(AuditKinds.SecondFactorChanged, "passkey removed", AuditKey.Person(session.Person));
        return outcome.Refusal;
    }

    /// <summary>For somebody who has lost it; wherever they are signed in as staff they are out.</summary>
    /// <param name="known">How the administrator knew that it was that person who asked.</param>
    public async Task Reset(string email, string by, string known, CancellationToken cancel)
    {
        await Decide<bool>(await holders.Of(email, cancel), state => SecondFactorRules.Reset(state, by, known, clock.GetUtcNow()), cancel);
        var person = Vocabulary.PersonId.FromEmail(email);
        await notes.Done(AuditKinds.SecondFactorReset, "reset", AuditKey.Person(person));
        await sessions.EndStaff(person, _ => true, cancel);
    }

    private async Task<(Refusal? Refusal, IReadOnlyList<string> Codes)> SetUp(
        BrowserSession session,
        Func<SecondFactor?, RecoveryCodesMade, Decision<bool>> decide,
        CancellationToken cancel
    )
    {
        var codes = RecoveryCodes.Make();
        var outcome = await Decide(AccountHolder.Of(session), state => decide(state, Hashed(codes)), cancel);
        if (!outcome.Refused)
            await notes.Done(AuditKinds.SecondFactorChanged, "set up", AuditKey.Person(session.Person));
        return (outcome.Refusal, outcome.Result ? codes : NoCodes);
    }

    /// <summary>The one way to change it: whatever happens to it, its owner hears of in the same transaction.</summary>
    private Task<Outcome<T>> Decide<T>(AccountHolder owner, Func<SecondFactor?, Decision<T>> decide, CancellationToken cancel) =>
        journal.Decide<SecondFactor, T>(
            StreamOf(owner.Email!),
            (_, state) =>
            {
                var (what, result) = decide(state);
                var told = what.Events.Select(e => owner.Hears(News.Of(e, state), clock.GetUtcNow()));
                return ValueTask.FromResult(what.And(Decision.All(told)).Giving(result!));
            },
            cancel: cancel
        );

    private Proof? ProofOf(SecondFactor state, string code, DateTimeOffset now) =>
        code.Length - code.Count(char.IsWhiteSpace) > 8 ? new Proof(Proof.Recovery, RecoveryCodes.Among(state.Codes, code))
        : state.SealedKey is { } key ? app.ProofOf(key, code, now)
        : null;

    private RecoveryCodesMade Hashed(IReadOnlyList<string> codes) => new([.. codes.Select(RecoveryCodes.Hash)], clock.GetUtcNow());
}
