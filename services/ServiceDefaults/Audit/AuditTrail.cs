using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>A person was kept out by a rule, whatever the answer looks like: a page may lead somewhere else instead.</summary>
public sealed class KeptOut;

/// <summary>
/// Notes each request of which something is to be noted, by what its endpoint says of itself and by how it was answered: no handler has
/// to think of it.
/// </summary>
public sealed class AuditTrail(AuditLog log, TimeProvider clock)
{
    /// <summary>In which the Portal tells the services which client it is, see <see cref="AuditKey.Client"/>.</summary>
    public const string ClientHeader = "X-Stages-Client";

    /// <summary>Of a service's own; a client of the Portal is known by its address.</summary>
    public static string? ClientOf(HttpContext http) =>
        http.Request.Headers[ClientHeader].ToString() is { Length: > 0 and <= 16 } told && told.All(char.IsAsciiHexDigitLower)
            ? told
            : null;

    /// <summary>What is noted of a request; null for nothing.</summary>
    /// <param name="declared">What its endpoint says that it does.</param>
    /// <param name="saw">The answer speaks of somebody.</param>
    /// <param name="named">The request names an object, of which 404 may mean that it is somebody else's.</param>
    public static string? KindOf(string? declared, Caller caller, int status, bool keptOut, bool named, bool saw)
    {
        var person = caller.Id != Guid.Empty && caller.Role != Roles.Service;
        if (keptOut || (status == 403 && person) || (status == 404 && person && named))
            return AuditKinds.Refused;
        if (status is < 200 or >= 400 || declared is null)
            return null;
        // A family's own children are no secret to it, and an empty list tells nothing of anybody.
        return declared == AuditKinds.Read && !(saw && (caller.IsTeacher || caller.IsCoordinator)) ? null : declared;
    }

    /// <param name="client">Who asks, by their address.</param>
    /// <param name="others">The request was another service's to answer, which notes it itself.</param>
    public async Task Follow(HttpContext http, Func<HttpContext, string?> client, Func<HttpContext, bool> others, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch when (http.Response.HasStarted)
        {
            // Part of it is out: who left halfway has read as well.
            await Note(http, client, others);
            throw;
        }
        await Note(http, client, others);
    }

    private async Task Note(HttpContext http, Func<HttpContext, string?> client, Func<HttpContext, bool> others)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || others(http))
            return;
        var caller = Caller.From(http.User);
        Guid[] named = [.. http.Named()];
        var kind = KindOf(
            endpoint.Metadata.GetMetadata<AuditedAttribute>()?.Kind,
            caller,
            http.Response.StatusCode,
            http.Features.Get<KeptOut>() is not null,
            named.Length > 0 && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null,
            http.Features.Get<AuditObjects>()?.Ids.Any() == true
        );
        if (kind is null)
            return;
        var entry = Entry(
            http,
            client(http),
            kind,
            caller,
            $"{http.Request.Method} {endpoint.RoutePattern.RawText}",
            [.. named.Union(http.Features.Get<AuditObjects>()?.Ids ?? [])],
            http.Response.StatusCode
        );
        // Somebody took something with them, or decided about somebody: not without a trace.
        if (kind is AuditKinds.Export or AuditKinds.Erasure or AuditKinds.Role)
            await log.Write(entry);
        else
            await log.Note(entry);
    }

    /// <param name="http">Null for what a service does by itself.</param>
    public AuditEntry Entry(
        HttpContext? http,
        string? client,
        string kind,
        Caller caller,
        string what,
        IReadOnlyList<Guid> objects,
        int status = 0
    ) =>
        new(
            clock.GetUtcNow(),
            kind,
            caller.Id == Guid.Empty ? null : AuditKey.Person(caller.Id),
            caller.Role,
            caller.Territory,
            what,
            objects,
            status,
            client,
            http is null ? null : Reference.Of(http)
        );
}

public static class AuditTrailSetup
{
    /// <summary>After the endpoint is known, around everything that may refuse.</summary>
    public static void UseAudit(this IApplicationBuilder app, Func<HttpContext, string?> client, Func<HttpContext, bool> others)
    {
        if (app.ApplicationServices.GetService<AuditTrail>() is { } trail)
            app.Use((http, next) => trail.Follow(http, client, others, next));
    }
}
