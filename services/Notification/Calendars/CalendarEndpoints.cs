using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Stages.Notifications.Calendars;

/// <summary>The feed, for whoever has its address; and its address, for its owner.</summary>
public static class CalendarEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/calendars/{secret}.ics", [HttpMethods.Get, HttpMethods.Head], Read)
            .AllowAnonymous()
            .WithSummary("The calendar of one person, as RFC 5545")
            .Produces<string>(200, "text/calendar")
            .Produces(304)
            .ProducesProblem(404);

        app.MapGet("/api/me/calendar", (Links links, [AsParameters] CommandContext context) => AddressOf(links, context, renew: false))
            .For(Roles.Family, Roles.Teacher)
            .WithSummary("The address of your calendar feed")
            .Produces<CalendarAddress>();

        app.MapPost(
                "/api/me/calendar/revoke",
                (Links links, [AsParameters] CommandContext context) => AddressOf(links, context, renew: true)
            )
            .For(Roles.Family, Roles.Teacher)
            .WithSummary("Replaces the address of your calendar feed; the old one answers 404 from now on")
            .Produces<CalendarAddress>();
    }

    private static async Task<IResult> AddressOf(Links links, CommandContext context, bool renew)
    {
        var (owner, language) = (context.Caller.Id, Say.InEnglish ? "en" : "fr");
        var outcome = await context.Journal.Decide<string>(
            async reading => PersonalCalendars.Give(await reading.Load<PersonalCalendar>(owner), owner, language, renew, context.Now),
            cancel: context.Cancel
        );
        return Results.Ok(new CalendarAddress(links.Feed(outcome.Result!)));
    }

    private static async Task<IResult> Read(string secret, HttpContext http, IQuerySession session, Links links, CancellationToken cancel)
    {
        var hash = PersonalCalendar.HashOf(secret);
        var calendar = await session.Query<PersonalCalendar>().Where(c => c.SecretHash == hash).FirstOrDefaultAsync(cancel);
        if (calendar is null)
            return new NotFound().AsProblem();

        var language = Language.Of(calendar.Language);
        var (entries, changedAt) = await Feed.Of(session, calendar.Id, language, links, cancel);
        var bytes = Encoding.UTF8.GetBytes(ICalendar.Feed(language.In("Stages de réussite", "Stages de réussite"), entries));
        // Searched by no robot, kept by no shared cache: the address is the key.
        http.Response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        var modified = changedAt > calendar.CreatedAt ? changedAt : calendar.CreatedAt;
        return Results.Bytes(bytes, "text/calendar; charset=utf-8", "stages.ics", lastModified: modified, entityTag: tag);
    }
}
