using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Stages.ServiceDefaults;

/// <summary>For an endpoint that answers 200 in one of two shapes, as a query parameter asks for.</summary>
public static class EitherAnswer
{
    private const string Json = "application/json";

    /// <summary>Two <c>Produces</c> of one status overwrite each other: the document names both shapes as one schema.</summary>
    public static RouteHandlerBuilder ProducesEither<TUsual, TOther>(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<TUsual>()
            .AddOpenApiOperationTransformer(
                async (operation, context, cancel) =>
                {
                    if (operation.Responses?["200"] is not OpenApiResponse { Content: { } content } || context.Document is not { } document)
                        return;
                    var name = typeof(TOther).Name;
                    document.AddComponent(name, await context.GetOrCreateSchemaAsync(typeof(TOther), null, cancel));
                    content[Json].Schema = new OpenApiSchema
                    {
                        AnyOf = [content[Json].Schema!, new OpenApiSchemaReference(name, document)],
                    };
                }
            );
}
