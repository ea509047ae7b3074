namespace Stages.Portal.Accounts;

/// <param name="Device">In the reader's language: "téléphone Android, Firefox".</param>
/// <param name="Remembered">Stays signed in when the browser is closed.</param>
/// <param name="Current">The one in which this is asked.</param>
public sealed record SessionView(
    Guid Id,
    string Device,
    string Role,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    DateTimeOffset EndsAt,
    bool Remembered,
    DateTimeOffset? SecondFactorAt,
    bool Current
)
{
    public static SessionView Of(BrowserSession session, BrowserSession? current) =>
        new(
            session.Id,
            session.Device.Text,
            session.Role,
            session.Since,
            session.LastSeen,
            session.EndsAt,
            session.Remembered,
            session.SecondFactorAt,
            session.Id == current?.Id
        );
}

public sealed record SessionList(IReadOnlyList<SessionView> Items);

/// <summary>Where one is signed in, and ending it: for programs; people have the page <c>/compte</c>.</summary>
public static class MySessions
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/me/sessions",
                async (HttpContext http, Caller caller, SessionDesk desk, CancellationToken cancel) =>
                    TypedResults.Ok(
                        new SessionList([
                            .. (await desk.Of(caller, cancel)).Select(s => SessionView.Of(s, http.Features.Get<CurrentSession>()?.Session)),
                        ])
                    )
            )
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator)
            .WithSummary("Where one is signed in");
        app.MapDelete(
                "/api/me/sessions/{id:guid}",
                async Task<IResult> (Guid id, Caller caller, SessionDesk desk, CancellationToken cancel) =>
                    await desk.End(caller, id, cancel) ? TypedResults.NoContent() : new NotFound().AsProblem()
            )
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator)
            .WithSummary("End one session")
            .Produces(204)
            .ProducesProblem(404);
    }
}
