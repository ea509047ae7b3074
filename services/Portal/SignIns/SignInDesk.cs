using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Stages.Portal.Staff;

namespace Stages.Portal.SignIns;

/// <summary>What travels with the code's form, sealed: who wants to be whom, and where they were going.</summary>
/// <param name="Address">An e-mail address, or a phone number in international form.</param>
/// <param name="Withheld">No further message went: the page says what counts.</param>
/// <param name="Outsider">Whose address is to be proven, to be linked with it.</param>
public sealed record SignInTicket(
    string Address,
    string Role,
    string? Return,
    bool Remember,
    bool Withheld = false,
    Outsider? Outsider = null
)
{
    public bool IsPhone => Address.StartsWith('+');

    /// <summary>Staff prove more than six digits, and so does who links an account for good.</summary>
    public bool Strong => Role == Roles.Coordinator || Outsider is not null;

    /// <summary>Whose account it opens.</summary>
    public Guid Person => IsPhone ? PersonId.FromPhone(Address) : PersonId.FromEmail(Address);

    public Guid Key => KeyOf(Address);

    /// <summary>Under which the sign-ins of an address or number are counted, and a browser remembers that it knows it.</summary>
    public static Guid KeyOf(string address) => AddressStream.Of("sign-in", address);
}

/// <param name="Elsewhere">Opened in another browser than the one that asked.</param>
public sealed record OpenedLink(Guid Message, SignInTicket Ticket, bool Elsewhere);

/// <summary>Sends the link and the code, and turns either into a person. The answer never tells whether an address is known.</summary>
public sealed class SignInDesk(
    Journal journal,
    IDocumentStore store,
    TimeProvider clock,
    StaffDirectory staff,
    NotificationClient notification,
    IDataProtectionProvider protection,
    BrowserMarks marks,
    SignInGate gate,
    SignInKey key,
    LinkedAccounts linked,
    AccountNotes notes,
    ILogger<SignInDesk> logger
)
{
    private readonly IDataProtector seal = protection.CreateProtector("stages.sign-in.v2");

    /// <param name="email">Where the link and the code go; null when a text message goes to the phone.</param>
    /// <param name="link">Makes the full address of the link from its secret.</param>
    /// <returns>The sealed ticket for the page on which the code is typed; or why there is no use in going there.</returns>
    public async Task<(string? Ticket, Refusal? Refusal)> Ask(
        HttpContext http,
        EmailAddress? email,
        PhoneNumber? phone,
        string role,
        string? returnTo,
        bool remember,
        Func<string, string> link,
        CancellationToken cancel
    )
    {
        var address = email?.Key ?? phone?.ToString() ?? throw new ArgumentNullException(nameof(email));
        return await Ask(http, new SignInTicket(address, role, returnTo, remember), link, cancel);
    }

    /// <summary>A person of a provider that is not believed for this address is asked to prove it.</summary>
    /// <returns>The sealed ticket for the page that asks.</returns>
    public async Task<string> ToProve(Outsider person, string address, Provider provider, string? returnTo)
    {
        var role =
            provider.Role == Roles.Family ? Roles.Family
            : await staff.Find(address) is null ? Roles.Teacher
            : Roles.Coordinator;
        return Seal(new SignInTicket(address, role, Paths.Local(returnTo), false, Outsider: person));
    }

    /// <summary>As above, for who has a ticket already.</summary>
    public async Task<(string? Ticket, Refusal? Refusal)> Ask(
        HttpContext http,
        SignInTicket ticket,
        Func<string, string> link,
        CancellationToken cancel
    )
    {
        var visitor = marks.Visit(http, ticket.Key);
        var pass = gate.Free;
        if (!SignInRules.HasOwnRoom(await Read(ticket.Key, cancel), visitor, clock.GetUtcNow()))
        {
            (pass, var spent) = await gate.Message(visitor.Network, cancel);
            if (spent is not null)
                return (await Counting(ticket, cancel)).Latest is null ? (null, spent) : (Seal(ticket with { Withheld = true }), null);
        }
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var code = SignInCode.Make(ticket.Strong);
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        var message = new SignInMessage(id, visitor.Browser, key.Code(id, code), ticket.Strong, now);
        var leads = new SignInLink(key.Link(secret), id, visitor.Browser, SealForLink(ticket), now + SignInRules.Life);
        var outcome = await Decide(ticket.Key, state => SignInRules.Ask(state, ticket.Key, message, visitor, leads), cancel);
        if (outcome.Result is not { } sent)
        {
            await pass.GiveBack(cancel);
            logger.LogInformation("No further sign-in message to an address that has had its share");
            return (Seal(ticket with { Withheld = true }), null);
        }
        try
        {
            await notification.SendSignIn(
                ticket.Address,
                ticket.IsPhone,
                link(secret),
                sent.CodeHash is null ? null : SignInCode.Shown(code),
                ticket.Strong,
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                leads.EndsAt,
                cancel
            );
        }
        catch (HttpRequestException)
        {
            await Decide<object>(ticket.Key, state => SignInRules.Withdraw(state, id, clock.GetUtcNow()), CancellationToken.None);
            await pass.GiveBack(CancellationToken.None);
            throw;
        }
        return (Seal(ticket), null);
    }

    /// <summary>Which messages to this address count, to be told when no further one goes.</summary>
    public async Task<MailedEnough> Counting(SignInTicket ticket, CancellationToken cancel) =>
        SignInRules.Enough(await Read(ticket.Key, cancel), clock.GetUtcNow());

    public async Task<(Caller? Caller, Refusal? Refusal)> UseCode(
        HttpContext http,
        SignInTicket ticket,
        string code,
        CancellationToken cancel
    ) => await Noted(ticket, await Try(http, ticket, code, cancel));

    /// <summary>Who was let in is noted with their session.</summary>
    private async Task<(Caller? Caller, Refusal? Refusal)> Noted(SignInTicket ticket, (Caller? Caller, Refusal? Refusal) answer)
    {
        if (answer.Refusal is { } refusal)
            await notes.Refused(AuditKinds.SignInRefused, new Caller(ticket.Person, ticket.Role, null, null, null), refusal);
        return answer;
    }

    private async Task<(Caller? Caller, Refusal? Refusal)> Try(HttpContext http, SignInTicket ticket, string code, CancellationToken cancel)
    {
        var visitor = marks.Visit(http, ticket.Key);
        var pass = gate.Free;
        if (!visitor.Known)
        {
            (pass, var spent) = await gate.Code(visitor.Network, cancel);
            if (spent is not null)
                return (null, spent);
        }
        var typed = SignInCode.Typed(code);
        var outcome = await Decide(
            ticket.Key,
            state => SignInRules.TryCode(state, visitor, ticket.Strong, id => key.Code(id, typed), clock.GetUtcNow()),
            cancel
        );
        if (outcome.Refused || outcome.Result)
            await pass.GiveBack(cancel);
        if (!outcome.Result)
            return (null, outcome.Refusal ?? new CodeRefused());
        if (ticket.Outsider is { } outsider && (await linked.Link(outsider, ticket.Address, cancel)).Refusal is { } taken)
            return (null, taken);
        return (await Recognised(ticket), null);
    }

    /// <summary>What the link in a message leads to; null when it is none of ours, or old. Changes nothing.</summary>
    public async Task<OpenedLink?> Open(HttpContext http, string? secret, CancellationToken cancel)
    {
        if (secret is not { Length: > 0 and < 100 })
            return null;
        await using var session = store.QuerySession();
        return
            await session.LoadAsync<SignInLink>(key.Link(secret), cancel) is { } link
            && link.EndsAt > clock.GetUtcNow()
            && OpenTicket(link.Ticket) is { } ticket
            ? new OpenedLink(link.Message, ticket, !marks.Is(http, link.Browser))
            : null;
    }

    public async Task<(Caller? Caller, Refusal? Refusal)> UseLink(OpenedLink link, CancellationToken cancel)
    {
        var outcome = await Decide<object>(link.Ticket.Key, state => SignInRules.UseLink(state, link.Message, clock.GetUtcNow()), cancel);
        return await Noted(link.Ticket, outcome.Refused ? (null, outcome.Refusal) : (await Recognised(link.Ticket), null));
    }

    public SignInTicket? OpenTicket(string? sealedTicket)
    {
        if (string.IsNullOrEmpty(sealedTicket))
            return null;
        try
        {
            return JsonSerializer.Deserialize<SignInTicket>(seal.Unprotect(WebEncoders.Base64UrlDecode(sealedTicket)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A role of the académie is held, not chosen; without it the person is what they said they are.</summary>
    private async Task<Caller?> Recognised(SignInTicket ticket)
    {
        // Staff are known by their addresses; a number opens a family's account alone.
        if (ticket.IsPhone)
            return new Caller(ticket.Person, Roles.Family, null, null, null);
        if (ticket.Role is Roles.Family or Roles.Teacher)
            return new Caller(ticket.Person, ticket.Role, ticket.Address, ticket.Outsider?.Name, null, VoucherOf(ticket));
        var member = await staff.Find(ticket.Address);
        return member is null ? null : new Caller(ticket.Person, member.Role, ticket.Address, member.Name, member.Territory);
    }

    /// <summary>Who comes as a teacher from a provider comes from one for staff: see <see cref="ToProve"/>.</summary>
    private static string? VoucherOf(SignInTicket ticket) => ticket.Role == Roles.Teacher ? ticket.Outsider?.Scheme : null;

    private async Task<AddressSignIns?> Read(Guid address, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<AddressSignIns>(address, cancel);
    }

    /// <summary>One at a time for an address, across all copies: of many guesses at once none is forgotten.</summary>
    private Task<Outcome<T>> Decide<T>(Guid address, Func<AddressSignIns?, Decision<T>> decide, CancellationToken cancel) =>
        journal.Decide(
            async reading => decide(await reading.Load<AddressSignIns>(address)),
            under: LockKey.Of("sign-in", address),
            cancel: cancel
        );

    /// <summary>
    /// A link in a mail signs in and links nothing: else whoever claims an address at a provider could have its owner link it, by a click.
    /// </summary>
    private string SealForLink(SignInTicket ticket) => Seal(ticket with { Outsider = null });

    private string Seal(SignInTicket ticket) => WebEncoders.Base64UrlEncode(seal.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)));
}
