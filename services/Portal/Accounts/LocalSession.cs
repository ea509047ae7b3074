using Stages.Portal.Staff;

namespace Stages.Portal.Accounts;

/// <summary>
/// For scripts of a local run (<c>infra/token --session</c>): a session of whom a token of that run names, its second factor just
/// shown. No other environment has this address.
/// </summary>
public static class LocalSession
{
    public const string Path = "/local/session";

    public static void Map(WebApplication app)
    {
        if (!app.Environment.IsEnvironment("Local") && !app.Environment.IsEnvironment("Test"))
            return;
        app.MapPost(
                Path,
                async Task<IResult> (HttpContext http, Caller caller, SessionDesk desk, StaffDirectory staff) =>
                {
                    if (caller.IsCoordinator)
                    {
                        // A cookie's role is held, not said.
                        var member = await staff.Find(caller.Email ?? "");
                        if (member is null || member.Role != caller.Role)
                            return new RoleNotHeld().AsProblem();
                        caller = caller with { Name = member.Name, Territory = member.Territory };
                    }
                    var device = Device.Of(http.Request.Headers.UserAgent);
                    var (_, session) = await desk.Begin(caller, null, device, remember: false);
                    await SessionCookie.Prove(http, session);
                    return TypedResults.NoContent();
                }
            )
            .For(Roles.Family, Roles.Teacher, Roles.Coordinator)
            .ExcludeFromDescription();
    }
}

/// <summary>A token of the local run says any role; a session has the one that the directory knows.</summary>
public sealed record RoleNotHeld()
    : Refusal(
        RefusalKind.Conflict,
        "role-not-held",
        "Cette adresse n’a pas ce rôle : nommez-la d’abord sur /administration/personnes.",
        "This address does not hold that role: appoint it first at /administration/personnes."
    );
