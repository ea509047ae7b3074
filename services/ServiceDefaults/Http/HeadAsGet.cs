using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults;

/// <summary>
/// HEAD answers as GET does, without the body: monitors, link checkers and proxies ask so, and endpoints name GET alone.
/// </summary>
public static class HeadAsGet
{
    /// <summary>Stands before routing.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (!HttpMethods.IsHead(http.Request.Method))
                {
                    await next(http);
                    return;
                }
                http.Request.Method = HttpMethods.Get;
                http.Response.Body = Stream.Null;
                var asked = http.RequestAborted;
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(asked);
                http.RequestAborted = enough.Token;
                // Of a stream there is nothing to wait for once its headers are known.
                http.Response.OnStarting(() => IsStream(http.Response) ? enough.CancelAsync() : Task.CompletedTask);
                try
                {
                    await next(http);
                }
                catch (OperationCanceledException) when (enough.IsCancellationRequested && !asked.IsCancellationRequested)
                {
                    // The headers have gone out, and that was all.
                }
            }
        );

    private static bool IsStream(HttpResponse response) =>
        response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;
}
