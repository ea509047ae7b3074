using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Stages.Portal.Gateway;

/// <summary>
/// A request's body is read before the request takes one of the places: whoever sends a byte a second waits for oneself, and holds
/// nobody up. Small ones stay in memory, larger ones go to a file meanwhile; how large one may be is the endpoint's limit.
/// </summary>
public static class WholeBodies
{
    /// <summary>Most forms are smaller, in bytes.</summary>
    private const int InMemory = 16 * 1024;

    /// <summary>Stands behind the limit of a body and before the admission.</summary>
    public static IApplicationBuilder UseWholeBodies(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && !Admission.IsStream(http))
                {
                    http.Request.EnableBuffering(InMemory);
                    await http.Request.Body.DrainAsync(http.RequestAborted);
                    http.Request.Body.Position = 0;
                }
                await next(http);
            }
        );
}
