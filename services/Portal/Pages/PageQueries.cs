using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Stages.Portal.Pages;

/// <summary>A page that asks for a number or an id in its address and is given something else is answered 400, and not rendered.</summary>
public static class PageQueries
{
    /// <summary>By the type of the page: as many as there are pages.</summary>
    private static readonly ConcurrentDictionary<Type, (string Name, Type Kind)[]> Asked = new();

    public static IApplicationBuilder UsePageQueries(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { Type: var page }
                    || Asked.GetOrAdd(page, Read).All(asked => Fits(http.Request.Query[asked.Name], asked.Kind))
                )
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }
        );

    private static (string, Type)[] Read(Type page) =>
        [
            .. from property in page.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            let asked = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
            where asked is not null
            select (asked.Name ?? property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType),
        ];

    private static bool Fits(string? value, Type kind) =>
        string.IsNullOrEmpty(value)
        || (
            kind == typeof(Guid) ? Guid.TryParse(value, out _)
            : kind == typeof(int) ? int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            : kind == typeof(bool) ? bool.TryParse(value, out _)
            : kind == typeof(DateOnly) ? DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _)
            : kind == typeof(string)
        );
}
