using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>What an endpoint does that is noted each time. Refusals are noted of every endpoint, without it.</summary>
/// <param name="kind">One of <see cref="AuditKinds"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuditedAttribute(string kind) : Attribute
{
    public string Kind => kind;
}

/// <summary>Of whom an answer speaks, as its endpoint knows when it has made it.</summary>
public sealed class AuditObjects
{
    private readonly HashSet<Guid> ids = [];

    public IEnumerable<Guid> Ids => ids;

    public void Add(IEnumerable<Guid> more) => ids.UnionWith(more);
}

public static class AuditedExtensions
{
    /// <summary>
    /// The answer is out of children's files: who of the staff and of the teachers has it is noted, with the ids of the enrolments.
    /// </summary>
    /// <param name="whose">Enrolments that the answer speaks of.</param>
    public static RouteHandlerBuilder ReadsFiles<TAnswer>(this RouteHandlerBuilder endpoint, Func<TAnswer, IEnumerable<Guid>> whose) =>
        endpoint
            .WithMetadata(new AuditedAttribute(AuditKinds.Read))
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    var answer = await next(invocation);
                    if (answer is IValueHttpResult { Value: TAnswer value })
                        invocation.HttpContext.Saw(whose(value));
                    return answer;
                }
            );

    /// <summary>As above, of what the request's own address names.</summary>
    public static RouteHandlerBuilder ReadsFiles(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new AuditedAttribute(AuditKinds.Read))
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    var answer = await next(invocation);
                    invocation.HttpContext.Saw(invocation.HttpContext.Named());
                    return answer;
                }
            );

    /// <summary>The ids in a request's address.</summary>
    internal static IEnumerable<Guid> Named(this HttpContext http) =>
        http
            .Request.RouteValues.Values.Select(v => Guid.TryParse(v?.ToString(), out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty);

    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, string kind)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AuditedAttribute(kind));

    /// <summary>What is noted of this request speaks of these too.</summary>
    public static void Saw(this HttpContext http, IEnumerable<Guid> ids)
    {
        if (http.Features.Get<AuditObjects>() is not { } objects)
            http.Features.Set(objects = new AuditObjects());
        objects.Add(ids);
    }
}
