using System.Globalization;
using System.Threading.RateLimiting;
using Stages.ServiceDefaults;

namespace Stages.Portal.Gateway;

/// <summary>
/// Nobody is refused on the first morning: whoever comes is let in at the pace at which the services can work, and waits in a
/// queue meanwhile. Each client (person, or address when not signed in) has a few places at once, so that one who asks a
/// thousand times waits behind oneself and not before others.
/// </summary>
public static class Admission
{
    private const int InsideAtOnce = 256;
    private const int WaitingAtMost = 50_000;
    private const int OfOneClientAtOnce = 12;

    /// <summary>One school's or one operator's address may stand for thousands of families: their queue is long too.</summary>
    private const int OfOneClientWaiting = 5_000;

    public static IServiceCollection AddAdmission(this IServiceCollection services) =>
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = 503;
            o.OnRejected = async (context, cancel) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "3";
                await Problems.WriteStatus(context.HttpContext);
            };
            o.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    LongLived(http) || Light(http)
                        ? RateLimitPartition.GetNoLimiter("")
                        : RateLimitPartition.GetConcurrencyLimiter(
                            ClientOf(http),
                            _ => Limit(Signed(http) ? OfOneClientAtOnce : 4 * OfOneClientAtOnce, OfOneClientWaiting)
                        )
                ),
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    LongLived(http) || Light(http)
                        ? RateLimitPartition.GetNoLimiter("")
                        : RateLimitPartition.GetConcurrencyLimiter("all", _ => Limit(InsideAtOnce, WaitingAtMost))
                )
            );
        });

    private static ConcurrencyLimiterOptions Limit(int inside, int waiting) =>
        new()
        {
            PermitLimit = inside,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };

    private static string ClientOf(HttpContext http) =>
        Signed(http) ? Caller.From(http.User).Id.ToString() : http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static bool Signed(HttpContext http) => http.User.Identity?.IsAuthenticated == true;

    /// <summary>Classes and live progress stay open for hours; they are counted where they are served.</summary>
    private static bool LongLived(HttpContext http) =>
        http.WebSockets.IsWebSocketRequest
        || Paths.Under(http.Request.Path, "/hubs")
        || http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);

    /// <summary>Answered from memory.</summary>
    private static bool Light(HttpContext http) => Paths.Under(http.Request.Path, "/health", "/app.css", "/app.js");
}
