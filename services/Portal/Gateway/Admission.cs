using System.Threading.RateLimiting;

namespace Stages.Portal.Gateway;

/// <summary>
/// Nobody is refused on the first morning: whoever comes is let in at the pace at which the services can work, and waits in a
/// queue meanwhile. Each client (person, or address when not signed in) has a few places at once, so that one who asks a
/// thousand times waits behind oneself and not before others. What is counted otherwise says its endpoint, never its client.
/// </summary>
public static class Admission
{
    private const int InsideAtOnce = 256;
    private const int WaitingAtMost = 50_000;
    private const int OfOneClientAtOnce = 12;

    /// <summary>One school's or one operator's address may stand for thousands of families: their queue is long too.</summary>
    private const int OfOneClientWaiting = 5_000;

    /// <summary>Tabs of a board and runs that one person follows at once.</summary>
    public const int StreamsOfOnePerson = 8;

    /// <summary>Classes of one address: a seat is no sign-in, and a whole institution may stand behind one address.</summary>
    private const int StreamsOfOneAddress = 1_000;

    private enum Kind
    {
        Brief,
        Light,
        Stream,
    }

    /// <summary>Of an endpoint that answers from memory.</summary>
    private sealed record LightAnswer;

    public static TBuilder Uncounted<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new LightAnswer());

    public static IServiceCollection AddAdmission(this IServiceCollection services) =>
        services.AddRateLimiter(o =>
        {
            o.OnRejected = async (context, cancel) =>
            {
                var http = context.HttpContext;
                // One person's streams are too many by themselves; else it is the house that is full.
                http.Response.StatusCode =
                    KindOf(http) == Kind.Stream ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
                http.Response.Headers.RetryAfter = "3";
                await Problems.WriteStatus(http);
            };
            o.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    KindOf(http) switch
                    {
                        Kind.Light => RateLimitPartition.GetNoLimiter(""),
                        Kind.Stream => RateLimitPartition.GetConcurrencyLimiter(
                            "streams of " + ClientOf(http),
                            _ => Limit(Signed(http) ? StreamsOfOnePerson : StreamsOfOneAddress, 0)
                        ),
                        _ => RateLimitPartition.GetConcurrencyLimiter(
                            ClientOf(http),
                            _ => Limit(Signed(http) ? OfOneClientAtOnce : 4 * OfOneClientAtOnce, OfOneClientWaiting)
                        ),
                    }
                ),
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    KindOf(http) == Kind.Brief
                        ? RateLimitPartition.GetConcurrencyLimiter("all", _ => Limit(InsideAtOnce, WaitingAtMost))
                        : RateLimitPartition.GetNoLimiter("")
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

    public static bool IsStream(HttpContext http) => KindOf(http) == Kind.Stream;

    private static Kind KindOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata is not { } metadata ? Kind.Brief
        : metadata.GetMetadata<LightAnswer>() is not null ? Kind.Light
        : Routes.Says(http, Routes.Streams) ? Kind.Stream
        : Kind.Brief;
}
