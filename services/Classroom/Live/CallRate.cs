using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;

namespace Stages.Classrooms.Live;

/// <summary>
/// How much one seat may call, over all its connections: far more than anybody draws, types or watches, far less than fills a class's
/// board or keeps the media server busy. What is too much is answered <c>too-fast</c> and changes nothing.
/// </summary>
public sealed class CallRate : IHubFilter, IDisposable
{
    private static readonly HashSet<string> Media = new(StringComparer.Ordinal)
    {
        nameof(RoomHub.Beat),
        nameof(RoomHub.Publish),
        nameof(RoomHub.Answer),
        nameof(RoomHub.Candidate),
        nameof(RoomHub.Watch),
        nameof(RoomHub.Rejoin),
        nameof(RoomHub.SetFlags),
        nameof(RoomHub.PointInNotes),
        nameof(RoomHub.PointInGroupNotes),
    };

    /// <summary>Candidates of a renegotiated connection come by the dozen, and a change of layout watches everybody anew.</summary>
    private static readonly TokenBucketRateLimiterOptions OfMedia = Of(atOnce: 300, aSecond: 30);

    /// <summary>Strokes, lines of chat, hands: a child who scribbles makes three strokes a second.</summary>
    private static readonly TokenBucketRateLimiterOptions OfContent = Of(atOnce: 60, aSecond: 8);

    /// <summary>A line as it is drawn: sixteen times a second while the pen is down.</summary>
    private static readonly TokenBucketRateLimiterOptions OfInk = Of(atOnce: 60, aSecond: 20);

    private readonly PartitionedRateLimiter<HubInvocationContext> limits = PartitionedRateLimiter.Create<HubInvocationContext, string>(
        call =>
            Media.Contains(call.HubMethodName) ? RateLimitPartition.GetTokenBucketLimiter("media " + Seat(call), _ => OfMedia)
            : call.HubMethodName == nameof(RoomHub.Ink) ? RateLimitPartition.GetTokenBucketLimiter("ink " + Seat(call), _ => OfInk)
            : RateLimitPartition.GetTokenBucketLimiter("content " + Seat(call), _ => OfContent),
        StringComparer.Ordinal
    );

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        using var lease = limits.AttemptAcquire(call);
        return lease.IsAcquired ? await next(call) : new Reply(false, "too-fast");
    }

    public void Dispose() => limits.Dispose();

    /// <summary>The self-check has none: there each connection counts for itself, and is closed after a moment.</summary>
    private static string Seat(HubInvocationContext call) =>
        call.Context.User?.FindFirst("module")?.Value is { } module
            ? $"{module} {call.Context.User.FindFirst("participant")!.Value}"
            : call.Context.ConnectionId;

    private static TokenBucketRateLimiterOptions Of(int atOnce, int aSecond) =>
        new()
        {
            TokenLimit = atOnce,
            TokensPerPeriod = aSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
}
