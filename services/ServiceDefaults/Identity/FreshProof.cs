using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Stages.ServiceDefaults;

/// <summary>Some things are done only after the person has shown again that it is they.</summary>
public sealed record StaleProof()
    : Refusal(RefusalKind.Forbidden, "stale-proof", "Confirmez d’abord que c’est bien vous.", "First confirm that it is you.");

/// <summary>In the metadata of what asks for one.</summary>
public sealed record AsksFreshProof;

/// <summary>
/// When who is calling last showed who they are, as their token says (<c>auth_time</c>). The gateway asks for it where it is needed, and
/// keeps what was typed; the service looks once more, for whatever comes past the gateway.
/// </summary>
public static class FreshProof
{
    public const string Claim = "auth_time";

    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>A request takes its time, and clocks differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public static string Write(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset? At(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(Claim), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(at, 253402300799))
            : null;

    public static bool IsFresh(DateTimeOffset? at, DateTimeOffset now) => at is { } proven && now - proven < Fresh + Tolerance;

    /// <summary>What cannot be taken back: nobody does it with a token alone that was made long after its owner was last seen.</summary>
    public static RouteHandlerBuilder AsksForFreshProof(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new AsksFreshProof())
            .AddEndpointFilter(
                async (context, next) =>
                {
                    var http = context.HttpContext;
                    var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
                    return IsFresh(At(http.User), now) ? await next(context) : new StaleProof().AsProblem();
                }
            );
}
