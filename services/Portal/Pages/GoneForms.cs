using Microsoft.AspNetCore.Components.Endpoints;

namespace Stages.Portal.Pages;

/// <summary>
/// A form that its page no longer has: it did its work already, somebody else did it, or it never was this person's. The renderer answers
/// that with an empty body of plain text; people get a page that says so, and a way back to what stands now.
/// </summary>
public static class GoneForms
{
    public static IApplicationBuilder UseGoneForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                await next(http);
                if (!IsOfPage(http) || http.Response is not { StatusCode: 400, HasStarted: false })
                    return;
                http.Response.ContentType = null;
                if ((await http.Request.ReadFormAsync(http.RequestAborted)).ContainsKey("_handler"))
                    http.Response.StatusCode = StatusCodes.Status409Conflict;
            }
        );

    private static bool IsOfPage(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        && http.Request.HasFormContentType
        && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
