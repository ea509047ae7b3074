using Microsoft.AspNetCore.Routing;

namespace Stages.Portal.Audit;

/// <summary>
/// What is noted of accounts, where it happens and whichever page led there: signing in, the second factor, sessions that end, roles.
/// Durable before anybody is told that it is done.
/// </summary>
public sealed class AccountNotes(AuditLog log, AuditTrail trail, IHttpContextAccessor accessor)
{
    public Task Done(string kind, Caller who, params IEnumerable<Guid> objects) => log.Write(Entry(kind, who, null, objects));

    /// <summary>As above, by whoever is signed in with this request; by nobody where there is none.</summary>
    public Task Done(string kind, string what, params IEnumerable<Guid> objects) =>
        log.Write(Entry(kind, Caller.From(accessor.HttpContext?.User ?? new()), what, objects));

    /// <summary>Nobody waits for what did not happen.</summary>
    public ValueTask Refused(string kind, Caller who, Refusal why) => log.Note(Entry(kind, who, why.Code, []));

    private AuditEntry Entry(string kind, Caller who, string? what, IEnumerable<Guid> objects)
    {
        var http = accessor.HttpContext;
        return trail.Entry(http, Client.Of(http), kind, who, string.Join(": ", new[] { Way(http), what }.OfType<string>()), [.. objects]);
    }

    /// <summary>The way on which it came: by code, by link, by a provider's answer.</summary>
    private static string? Way(HttpContext? http) =>
        http is null ? null
        : http.GetEndpoint() is RouteEndpoint route ? $"{http.Request.Method} {route.RoutePattern.RawText}"
        : $"{http.Request.Method} {http.Request.Path}";
}

/// <summary>By which the requests of one client are known as such; its address is not kept.</summary>
public static class Client
{
    public static string? Of(HttpContext? http) => AuditKey.Client(http?.Connection.RemoteIpAddress);
}
