namespace Stages.Notifications.Addresses;

/// <summary>
/// Whether whoever reads an address, or a number, has said that it is theirs. Kept under the id of the account that would be signed in
/// to with it, a keyed hash: of the address itself nothing is kept here.
/// </summary>
/// <param name="Code">Under which the link of the one neutral message is found: the keyed hash of its code.</param>
/// <param name="Trace">Of its deliveries, see <see cref="Deliveries.Trace"/>.</param>
/// <param name="Since">When it came to be in this state.</param>
/// <param name="Touched">When something last waited for it: who confirms meanwhile is decided anew, so that nothing stays behind.</param>
public sealed record KnownAddress(Guid Id, string State, Guid Code, string Trace, DateTimeOffset Since, DateTimeOffset Touched)
{
    /// <summary>It got the neutral message, and nothing else before it answers.</summary>
    public const string Asked = "asked";

    /// <summary>By the link or code of that message, by a sign-in, or by letters that went there before this was asked.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>Its reader is none of those whom it was given for: it is not written to.</summary>
    public const string Refused = "refused";

    /// <summary>Its mail server refused the question for good: there is nobody to answer, until somebody signs in with it.</summary>
    public const string Gone = "gone";

    public bool IsConfirmed => State == Confirmed;

    public static KnownAddress Of(Recipient to, string state, DateTimeOffset now) =>
        new(to.AddressId, state, AddressCode.HashOf(AddressCode.Of(to.AddressId)), Deliveries.Trace.Hash(to.Key), now, now);

    public KnownAddress Become(string state, DateTimeOffset now) => this with { State = state, Since = now, Touched = now };

    /// <summary>An address is asked again after this; whoever said no is never asked again.</summary>
    public static readonly RetentionRule Rule = new(
        "known-addresses",
        730,
        new LocalText(
            "Qu’une adresse a été confirmée (une empreinte, pas l’adresse) : depuis la réponse ou la dernière connexion",
            "That an address was confirmed (a fingerprint, not the address): since the answer or the last sign-in"
        ),
        async (services, before, cancel) =>
        {
            await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
            var old = await session
                .Query<KnownAddress>()
                .Where(a => a.Touched < before && a.State != Refused)
                .Select(a => a.Id)
                .Take(1000)
                .ToListAsync(cancel);
            await services
                .GetRequiredService<Journal>()
                .Decide(Decision.All(old.Select(id => Decision.Nothing.AndDelete<KnownAddress>(id))), cancel);
            return old.Count;
        }
    );
}

/// <summary>
/// The code of an address: it stands in the link of the neutral message, and can be dictated. It follows from the address under the
/// installation's key, and is kept as a hash alone.
/// </summary>
public static class AddressCode
{
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Sixty bits: nobody comes upon one by trying.</summary>
    private const int Length = 12;

    public static string Of(Guid address)
    {
        var hash = HashId.Of(IdSpace.Confirmation, $"code:{address:N}").ToByteArray();
        // The last bytes: those before them hold the version of the id.
        var bits = BitConverter.ToUInt64(hash, 8);
        return string.Concat(Enumerable.Range(0, Length).Select(i => Signs[(int)(bits >> (5 * i)) & 31]));
    }

    public static Guid HashOf(string typed) => HashId.Of(IdSpace.Confirmation, $"hash:{Plain(typed)}");

    /// <summary>As it is meant, however it is copied.</summary>
    private static string Plain(string typed) =>
        string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
}
