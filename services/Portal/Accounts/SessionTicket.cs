using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Stages.Portal.Accounts;

/// <summary>All that the session cookie says, sealed: which session, and the secret that proves it.</summary>
public sealed record SessionTicket(Guid Id, string Secret)
{
    private const string IdClaim = "session";
    private const string SecretClaim = "secret";

    public static SessionTicket New(DateTimeOffset now) => New(Guid.CreateVersion7(now));

    /// <summary>Another secret for the same session: the cookie of before is worth nothing.</summary>
    public static SessionTicket New(Guid id) => new(id, WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)));

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public bool Opens(BrowserSession session) =>
        session.Id == Id
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(session.SecretHash));

    public ClaimsPrincipal Principal =>
        new(new ClaimsIdentity([new(IdClaim, Id.ToString()), new(SecretClaim, Secret)], Sessions.Scheme, "name", "role"));

    public static SessionTicket? Of(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirst(IdClaim)?.Value, out var id)
        && principal?.FindFirst(SecretClaim)?.Value is { Length: > 0 } secret
            ? new(id, secret)
            : null;
}
