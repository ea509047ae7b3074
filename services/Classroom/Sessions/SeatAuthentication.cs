using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;

namespace Stages.Classrooms.Sessions;

/// <summary>
/// Signs a browser in by its seat: <c>?module=…&amp;seat=…</c> and the cookie that belongs to them. Nothing else opens the hub.
/// </summary>
public sealed class SeatAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IDocumentStore store,
    TimeProvider clock,
    PublicAddress address
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Seat";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Guid.TryParse(Request.Query["module"], out var moduleId) || !Guid.TryParse(Request.Query["seat"], out var participantId))
            return AuthenticateResult.NoResult();
        if (Context.ReadCookie(EnterClass.CookieOf(participantId)) is not { } secret)
            return AuthenticateResult.Fail("no seat");
        // Another site's page must not speak with our cookie.
        if (Request.Headers.Origin.Count > 0 && !address.IsOwn(Request.Headers.Origin.ToString()))
            return AuthenticateResult.Fail("foreign origin");
        await using var query = store.QuerySession();
        // Thirty come at once: in one way to the database and back.
        var batch = query.CreateBatchQuery();
        var (sessionRead, moduleRead) = (batch.Load<ClassSession>(moduleId), batch.Load<ClassModule>(moduleId));
        await batch.Execute(Context.RequestAborted);
        var session = await sessionRead;
        if (session?.SeatOf(participantId) is not { Removed: false } seat || seat.SeatHash is null || seat.SeatHash != Secrets.Hash(secret))
            return AuthenticateResult.Fail("no such seat");
        var module = await moduleRead;
        if (module is null || module.Cancelled || clock.GetUtcNow() > module.EndsAt + EnterClass.Goodbye)
            return AuthenticateResult.Fail("over");
        // Whoever entered in the very moment in which they ceased to be its teacher.
        if (
            seat.Role == ParticipantRole.Teacher
            && (await query.LoadAsync<Room>(module.StageId, Context.RequestAborted))?.Stage.TeacherId != seat.PersonId
        )
            return AuthenticateResult.Fail("no teacher of this class");
        var identity = new ClaimsIdentity(
            [
                new Claim("module", moduleId.ToString()),
                new Claim("participant", participantId.ToString()),
                new Claim("seat-role", seat.Role),
            ],
            Scheme.Name
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}

/// <summary>Who may call what is meant for the people in a class.</summary>
public static class ForSeatsExtensions
{
    /// <summary>Only with a seat's cookie, from our own pages.</summary>
    public static TBuilder ForSeats<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(p => p.AddAuthenticationSchemes(SeatAuthentication.SchemeName).RequireAuthenticatedUser());
}

/// <summary>What a seat says of who calls.</summary>
public sealed record SeatClaims(Guid ModuleId, Guid ParticipantId, string Role)
{
    public static SeatClaims Of(ClaimsPrincipal user) =>
        new(
            Guid.Parse(user.FindFirst("module")!.Value),
            Guid.Parse(user.FindFirst("participant")!.Value),
            user.FindFirst("seat-role")!.Value
        );
}
