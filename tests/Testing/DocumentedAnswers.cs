using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Stages.Testing;

/// <summary>What the endpoints of a service say of their answers.</summary>
public static class DocumentedAnswers
{
    /// <summary>Of two shapes under one status an OpenAPI document shows the last alone.</summary>
    public static void HaveOneShapeAStatus(IServiceProvider services)
    {
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        endpoints.Length.ShouldBeGreaterThan(5);
        endpoints
            .SelectMany(e =>
                e.Metadata.OfType<IProducesResponseTypeMetadata>()
                    .Where(m => m.Type is not null && m.Type != typeof(void))
                    .GroupBy(m => m.StatusCode, m => m.Type)
                    .Where(shapes => shapes.Distinct().Count() > 1)
                    .Select(shapes => $"{e.RoutePattern.RawText} answers {shapes.Key} in {shapes.Distinct().Count()} shapes")
            )
            .ShouldBeEmpty();
    }
}
