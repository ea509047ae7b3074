using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Stages.Portal.SignIns;
using Stages.Portal.Staff;

namespace Stages.Portal.Accounts;

/// <summary>The session of this request, once its cookie has been believed.</summary>
public sealed record CurrentSession(BrowserSession Session);

/// <summary>
/// What the framework's cookie does at its three moments. Whoever signs somebody in, by code or by a provider, gives the person; the
/// cookie gets a ticket, and the person stands in the database.
/// </summary>
public static class SessionCookie
{
    public static void Use(CookieAuthenticationEvents events)
    {
        events.OnSigningIn = Begin;
        events.OnValidatePrincipal = Check;
        events.OnSigningOut = End;
    }

    private static async Task Begin(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        if (context.Principal is not { } person || SessionTicket.Of(person) is not null)
            return;
        // A provider's answer is taken before anybody has looked at the cookie.
        await http.AuthenticateAsync(Sessions.Scheme);
        var (ticket, session) = await Desk(http)
            .Begin(
                ServiceDefaults.Caller.From(person),
                person.FindFirst(Sessions.Phone)?.Value,
                Device.Of(http.Request.Headers.UserAgent),
                context.Properties.IsPersistent,
                http.Features.Get<CurrentSession>()?.Session
            );
        context.Principal = ticket.Principal;
        context.Properties.IsPersistent = session.Remembered;
        context.Properties.IssuedUtc = session.Since;
        context.Properties.ExpiresUtc = session.EndsAt;
    }

    private static async Task Check(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var session = SessionTicket.Of(context.Principal) is { } ticket ? await Desk(http).Find(ticket, IsPresent(http.Request)) : null;
        if (session is null || !await StillAppointed(http, session))
        {
            // The cookie is left where it is: this answer may reach the browser after one that gave it a better one.
            context.RejectPrincipal();
            return;
        }
        http.Features.Set(new CurrentSession(session));
        context.ReplacePrincipal(Sessions.Principal(session.Caller, session.Phone));
    }

    private static Task End(CookieSigningOutContext context) =>
        context.HttpContext.Features.Get<CurrentSession>() is { } current
            ? Desk(context.HttpContext).End(current.Session.Id)
            : Task.CompletedTask;

    /// <summary>A page that reads itself anew while nobody is there does not keep anybody signed in.</summary>
    private static bool IsPresent(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document";

    /// <summary>
    /// Ended with the role as a rule; this is for one that was begun by another copy in the very moment of the dismissal.
    /// </summary>
    private static async Task<bool> StillAppointed(HttpContext http, BrowserSession session)
    {
        if (!session.IsStaff || session.Email is null)
            return true;
        var member = await http.RequestServices.GetRequiredService<StaffDirectory>().Find(session.Email);
        return member is not null && member.Role == session.Role && member.Territory == session.Territory;
    }

    private static SessionDesk Desk(HttpContext http) => http.RequestServices.GetRequiredService<SessionDesk>();
}
