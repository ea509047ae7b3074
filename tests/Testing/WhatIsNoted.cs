using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.ServiceDefaults;

namespace Stages.Testing;

/// <summary>
/// What each endpoint of a service has noted in the audit log when it answers. Refusals are noted of all, and are not in the table.
/// </summary>
public static class WhatIsNoted
{
    /// <summary>Every endpoint of the service is in the table, and says what the table says.</summary>
    /// <param name="table">A line an endpoint: <c>GET /api/things/{id}</c>, spaces, and a kind or <c>-</c>.</param>
    /// <param name="but">Endpoints that another service answers.</param>
    public static void Is(IServiceProvider services, string table, Func<RouteEndpoint, bool>? but = null)
    {
        var found = Endpoints(services)
            .Where(e => but?.Invoke(e.Endpoint) != true)
            .Select(e => $"{e.Name} {e.Endpoint.Metadata.GetMetadata<AuditedAttribute>()?.Kind ?? "-"}")
            .Order(StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal);
        string[] lines =
        [
            .. table
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .Order(StringComparer.Ordinal),
        ];
        string.Join('\n', found).ShouldBe(string.Join('\n', lines), "what each endpoint has noted stands in this table");
    }

    /// <summary>Whoever is answered a child's name, or what is written of a child, and is not its family, is noted as a reader.</summary>
    public static void OfEveryChildsFile(IServiceProvider services) =>
        Endpoints(services)
            .Where(e => e.Endpoint.Metadata.GetMetadata<AuditedAttribute>() is null)
            .Where(e => e.Endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => TellsOfAChild(p.Type, [])))
            .Select(e => e.Name)
            .ShouldBeEmpty("mark it with ReadsFiles");

    /// <summary>A teacher has a first name as well; no child's file is read by it.</summary>
    private const string Teacher = "TeacherView";

    private static readonly string[] Telling = ["FirstName", "LastName", "Incidents", "SchoolNote", "Reports"];

    private static bool TellsOfAChild(Type? type, HashSet<Type> seen)
    {
        if (type is null || type.IsPrimitive || type == typeof(string) || type.Name == Teacher || !seen.Add(type))
            return false;
        if (type.IsGenericType && type.GetGenericArguments().Any(t => TellsOfAChild(t, seen)))
            return true;
        return type.Namespace?.StartsWith("Stages", StringComparison.Ordinal) == true
            && type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Any(p => Telling.Contains(p.Name) || TellsOfAChild(p.PropertyType, seen));
    }

    private static IEnumerable<(string Name, RouteEndpoint Endpoint)> Endpoints(IServiceProvider services) =>
        from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !endpoint.Metadata.OfType<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>().Any()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["*"]
        select ($"{method} {endpoint.RoutePattern.RawText}", endpoint);
}
