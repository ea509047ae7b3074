using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Stages.Portal.Clients;
using Stages.Portal.Staff;
using Stages.ServiceDefaults;
using Stages.Vocabulary;

namespace Stages.Portal.SignIns;

/// <summary>
/// What travels in the link and in the code's form, sealed: the address, the role asked for, the attempt. The store knows only
/// hashes.
/// </summary>
/// <param name="Address">An e-mail address, or a phone number in international form.</param>
public sealed record SignInTicket(Guid Attempt, string Address, string Role, string? Secret, string? Return, bool Remember)
{
    public bool IsPhone => Address.StartsWith('+');
}

/// <summary>Sends the link and the code, and turns either into a person. The answer never tells whether an address is known.</summary>
public sealed class SignInDesk(
    Journal journal,
    TimeProvider clock,
    StaffDirectory staff,
    NotificationClient notification,
    IDataProtectionProvider protection,
    ILogger<SignInDesk> logger
)
{
    private readonly IDataProtector seal = protection.CreateProtector("stages.sign-in.v1");

    /// <param name="email">Where the link and the code go; null when a text message with the code alone goes to the phone.</param>
    /// <param name="link">Makes the full address of the link from its sealed ticket.</param>
    /// <returns>The sealed ticket for the page on which the code is typed.</returns>
    public async Task<string> Ask(
        EmailAddress? email,
        PhoneNumber? phone,
        string role,
        string? returnTo,
        bool remember,
        Func<string, string> link,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var attempt = Guid.CreateVersion7(now);
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        var address = email?.Key ?? phone?.ToString() ?? throw new ArgumentNullException(nameof(email));
        var ticket = new SignInTicket(attempt, address, role, null, returnTo, remember);
        var asked = new SignInAsked(
            attempt,
            SignInRules.Hash(attempt, code),
            SignInRules.Hash(attempt, secret),
            now,
            now + SignInRules.Life
        );
        var outcome = await journal.Decide<AddressSignIns>(
            AddressStream.Of("sign-in", ticket.Address),
            state => SignInRules.Ask(state, asked),
            cancel: cancel
        );
        if (outcome.Refused)
            logger.LogInformation("No further sign-in message to an address that has had its share");
        else
            await notification.SendSignIn(
                ticket.Address,
                ticket.IsPhone,
                link(Seal(ticket with { Secret = secret })),
                code,
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                asked.ExpiresAt,
                cancel
            );
        return Seal(ticket);
    }

    public async Task<(Caller? Caller, Refusal? Refusal)> UseCode(SignInTicket ticket, string code, CancellationToken cancel)
    {
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        var outcome = await journal.Decide<AddressSignIns, bool>(
            AddressStream.Of("sign-in", ticket.Address),
            (_, state) => ValueTask.FromResult(SignInRules.TryCode(state, ticket.Attempt, digits, clock.GetUtcNow())),
            cancel: cancel
        );
        return outcome.Result ? (await CallerOf(ticket, cancel), null) : (null, new CodeRefused());
    }

    public async Task<(Caller? Caller, Refusal? Refusal)> UseLink(SignInTicket ticket, CancellationToken cancel)
    {
        var outcome = await journal.Decide<AddressSignIns>(
            AddressStream.Of("sign-in", ticket.Address),
            state => SignInRules.UseLink(state, ticket.Attempt, ticket.Secret ?? "", clock.GetUtcNow()),
            cancel: cancel
        );
        return outcome.Refused ? (null, outcome.Refusal) : (await CallerOf(ticket, cancel), null);
    }

    public SignInTicket? Open(string? sealedTicket)
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
    private async Task<Caller?> CallerOf(SignInTicket ticket, CancellationToken cancel)
    {
        // Staff are known by their addresses; a number opens a family's account alone.
        if (ticket.IsPhone)
            return new Caller(PersonId.FromPhone(ticket.Address), Roles.Family, null, null, null);
        var id = PersonId.FromEmail(ticket.Address);
        if (ticket.Role is Roles.Family or Roles.Teacher)
            return new Caller(id, ticket.Role, ticket.Address, null, null);
        var member = await staff.Find(ticket.Address);
        return member is null ? null : new Caller(id, member.Role, ticket.Address, member.Name, member.Territory);
    }

    private string Seal(SignInTicket ticket) => WebEncoders.Base64UrlEncode(seal.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)));
}
