using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Stages.ServiceDefaults;

/// <summary>For an endpoint that answers 200 in one of two shapes, as a query parameter asks for.</summary>
public static class EitherAnswer
{
    /// <summary>No endpoint answers it: under it the second shape gets into the document, which has one shape a status.</summary>
    private const int Aside = 299;

    /// <summary>Of two <c>Produces</c> of one status the document forgets the first: this one says either.</summary>
    public static RouteHandlerBuilder ProducesEither<TUsual, TOther>(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<TUsual>()
            .Produces<TOther>(Aside)
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    var answers = operation.Responses!;
                    if (answers.Remove(Aside.ToString(CultureInfo.InvariantCulture), out var other))
                        foreach (var (type, usual) in answers["200"].Content!)
                            ((OpenApiMediaType)usual).Schema = new OpenApiSchema { AnyOf = [usual.Schema!, other.Content![type].Schema!] };
                    return Task.CompletedTask;
                }
            );
}
