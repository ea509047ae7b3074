using System.Security.Cryptography;
using System.Text;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Portal.SignIns;

/// <summary>A link and a code went to an address. Only hashes are kept: who reads the database can sign in as nobody.</summary>
public sealed record SignInAsked(Guid Attempt, string CodeHash, string LinkHash, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt);

/// <summary>A wrong code was typed for the attempt.</summary>
public sealed record SignInMissed(Guid Attempt);

/// <summary>The link or the code of the attempt was used: neither works again.</summary>
public sealed record SignInDone(Guid Attempt, DateTimeOffset At);

/// <summary>One message to an address, until it is used, spent or too old.</summary>
public sealed record SignInAttempt(
    Guid Id,
    string CodeHash,
    string LinkHash,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt,
    int Misses,
    bool Used
);

/// <summary>The recent sign-ins of one address: what limits how many messages go to it and how often a code may be guessed.</summary>
public sealed record AddressSignIns(Guid Id, IReadOnlyList<SignInAttempt> Recent)
{
    /// <summary>More than any limit looks back on; keeps the snapshot small.</summary>
    private const int Kept = 6;

    public static AddressSignIns Create(JasperFx.Events.IEvent<SignInAsked> e) => new AddressSignIns(e.StreamId, []).Apply(e.Data);

    public AddressSignIns Apply(SignInAsked e) =>
        this with
        {
            Recent = [.. Recent.TakeLast(Kept - 1), new SignInAttempt(e.Attempt, e.CodeHash, e.LinkHash, e.AskedAt, e.ExpiresAt, 0, false)],
        };

    public AddressSignIns Apply(SignInMissed e) => Change(e.Attempt, a => a with { Misses = a.Misses + 1 });

    public AddressSignIns Apply(SignInDone e) => Change(e.Attempt, a => a with { Used = true });

    private AddressSignIns Change(Guid attempt, Func<SignInAttempt, SignInAttempt> change) =>
        this with
        {
            Recent = [.. Recent.Select(a => a.Id == attempt ? change(a) : a)],
        };
}

/// <summary>The code is wrong, spent or too old; the sentence is the same, so that a guesser learns nothing.</summary>
public sealed record CodeRefused()
    : Refusal(
        RefusalKind.Rule,
        "code-refused",
        "Ce code ne convient pas, ou il n’est plus valable. Vérifiez les six chiffres, ou demandez un nouveau message.",
        "This code is not right, or no longer valid. Check the six digits, or ask for a new message."
    );

public sealed record LinkRefused()
    : Refusal(
        RefusalKind.Rule,
        "link-refused",
        "Ce lien a déjà servi ou date de plus de quinze minutes. Demandez-en un nouveau : c’est immédiat.",
        "This link has already been used or is more than fifteen minutes old. Ask for a new one: it comes at once."
    );

/// <summary>Enough mails have gone to this address for now; told to nobody, since it would tell a stranger that others ask.</summary>
public sealed record MailedEnough()
    : Refusal(
        RefusalKind.Conflict,
        "mailed-enough",
        "Plusieurs messages viennent de partir vers cette adresse.",
        "Several messages have just gone to this address."
    );

/// <summary>Rules of the one-time link and code.</summary>
public static class SignInRules
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int MailsInWindow = 5;
    private const int MissesAllowed = 5;

    public static Decision Ask(AddressSignIns? state, SignInAsked asked) =>
        state is not null && state.Recent.Count(a => a.AskedAt > asked.AskedAt - Window) >= MailsInWindow
            ? new MailedEnough()
            : Decision.Of(asked);

    /// <summary>Gives whether it was the right one. A wrong code is no refusal but an event, since it counts.</summary>
    public static Decision<bool> TryCode(AddressSignIns? state, Guid attempt, string code, DateTimeOffset now) =>
        Open(state, attempt, now) switch
        {
            null => new CodeRefused(),
            { Misses: >= MissesAllowed } => new CodeRefused(),
            var open when Same(open.CodeHash, Hash(attempt, code)) => Decision.Of(new SignInDone(attempt, now)).Giving(true),
            _ => Decision.Of(new SignInMissed(attempt)).Giving(false),
        };

    public static Decision UseLink(AddressSignIns? state, Guid attempt, string secret, DateTimeOffset now) =>
        Open(state, attempt, now) is { } open && Same(open.LinkHash, Hash(attempt, secret))
            ? Decision.Of(new SignInDone(attempt, now))
            : new LinkRefused();

    /// <summary>Salted with the attempt, so that equal codes have unequal hashes.</summary>
    public static string Hash(Guid attempt, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{attempt}:{secret}")));

    private static SignInAttempt? Open(AddressSignIns? state, Guid attempt, DateTimeOffset now) =>
        state?.Recent.FirstOrDefault(a => a.Id == attempt && !a.Used && a.ExpiresAt > now);

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
}

/// <summary>Ids of the streams that belong to an address. Derived, so that the store needs no index of addresses.</summary>
public static class AddressStream
{
    public static Guid Of(string kind, string address) => HashId.Of(IdSpace.Address, $"{kind}:{address.Trim().ToLowerInvariant()}");
}
