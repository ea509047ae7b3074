using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Stages.ServiceDefaults;

/// <summary>
/// A body that says it is too large is refused before it is read by anybody; but it is let in and thrown away first, because a
/// server that closes the connection while a client still sends takes away the answer as well: the person would see a broken connection.
/// </summary>
public static class LargeBodies
{
    /// <summary>Beyond this nobody types by mistake, and the connection is simply closed, in bytes.</summary>
    private const long LargestReadToRefuse = 16 * 1024 * 1024;

    /// <param name="also">A limit for this request, in bytes, known otherwise than by the endpoint's metadata.</param>
    public static IApplicationBuilder UseLargeBodies(this IApplicationBuilder app, Func<HttpContext, long?>? also = null) =>
        app.Use(
            async (http, next) =>
            {
                var allowed =
                    http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
                    ?? also?.Invoke(http)
                    ?? ServiceHost.LargestBody;
                if (http.Request.ContentLength is not { } length || length <= allowed)
                {
                    // One that does not say how long it is ends where it becomes too long.
                    if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
                        most.MaxRequestBodySize = allowed;
                    await next(http);
                    return;
                }
                if (length <= LargestReadToRefuse)
                {
                    if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                        limit.MaxRequestBodySize = LargestReadToRefuse;
                    await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
                }
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                await Problems.WriteStatus(http);
            }
        );
}
