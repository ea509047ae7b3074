using Microsoft.AspNetCore.Authentication.Cookies;
using Stages.Portal.Staff;

namespace Stages.Portal.Accounts;

/// <summary>The session of this request, once its cookie has been believed.</summary>
public sealed record CurrentSession(BrowserSession Session);

/// <summary>
/// One of the staff who has not shown a second factor yet. Nobody is signed in for it: it is known to the pages that ask for that
/// factor, and to no others.
/// </summary>
public sealed record HalfSession(BrowserSession Session);

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
        var caller = ServiceDefaults.Caller.From(person);
        var phone = person.FindFirst(Sessions.Phone)?.Value;
        var marks = http.RequestServices.GetRequiredService<BrowserMarks>();
        var address = (phone ?? caller.Email) is { } proven ? SignInTicket.KeyOf(proven) : caller.Id;
        var (ticket, session) = await Desk(http)
            .Begin(
                caller,
                phone,
                Device.Of(http.Request.Headers.UserAgent),
                context.Properties.IsPersistent,
                Of(http),
                isNew: !marks.Knows(http, address)
            );
        marks.Know(http, address);
        context.Principal = ticket.Principal;
        Say(session, context.Properties);
        await http.RequestServices.GetRequiredService<ProvenAddresses>().Tell(session);
    }

    /// <summary>The person who is there, whether all the way in or not.</summary>
    public static BrowserSession? Of(HttpContext http) =>
        http.Features.Get<CurrentSession>()?.Session ?? http.Features.Get<HalfSession>()?.Session;

    /// <summary>The second factor was shown and believed.</summary>
    public static async Task Prove(HttpContext http, BrowserSession session)
    {
        var (ticket, proven) = await Desk(http).Prove(session);
        var properties = new AuthenticationProperties();
        Say(proven, properties);
        await http.SignInAsync(Sessions.Scheme, ticket.Principal, properties);
        http.Features.Set(new CurrentSession(proven));
        // What this very request goes on to ask of a service is asked with the new proof.
        http.User = Sessions.Principal(proven.Caller, proven.Phone, proven.ProvenAt);
    }

    private static void Say(BrowserSession session, AuthenticationProperties properties)
    {
        properties.IsPersistent = session.Remembered;
        properties.IssuedUtc = session.Since;
        properties.ExpiresUtc = session.EndsAt;
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
        if (session.IsHalf)
        {
            http.Features.Set(new HalfSession(session));
            context.RejectPrincipal();
            return;
        }
        http.Features.Set(new CurrentSession(session));
        context.ReplacePrincipal(Sessions.Principal(session.Caller, session.Phone, session.ProvenAt));
    }

    private static Task End(CookieSigningOutContext context) =>
        Of(context.HttpContext) is { } session ? Desk(context.HttpContext).End(session) : Task.CompletedTask;

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
