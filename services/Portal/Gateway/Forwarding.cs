using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace Stages.Portal.Gateway;

/// <summary>
/// Passes a request on with the caller's token in place of the cookie, and turns a service that is away into an answer people can
/// use.
/// </summary>
public static class Forwarding
{
    /// <summary>How the names of the classroom's cookies begin.</summary>
    private const string Seat = "stages-seat-";

    private static readonly string[] OfAddresses =
    [
        AuditTrail.ClientHeader,
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Prefix",
        "X-Forwarded-Proto",
        "X-Original-Host",
    ];

    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ILoadBalancingPolicy, OneCopyASeat>();
        services.AddSingleton<IDestinationResolver>(s => new CopiesByName(s.GetRequiredService<ILogger<CopiesByName>>()));
        services
            .AddReverseProxy()
            .LoadFromMemory(Routes.All, Routes.Clusters(configuration))
            .AddTransforms(proxy =>
            {
                proxy.UseDefaultForwarders = false;
                proxy.AddRequestTransform(transform =>
                {
                    var route = transform.HttpContext.GetReverseProxyFeature().Route.Config;
                    Identify(transform.HttpContext, transform.ProxyRequest, Routes.ServiceOf(route));
                    return ValueTask.CompletedTask;
                });
            });
        return services;
    }

    public static void MapGateway(this WebApplication app) =>
        app.MapReverseProxy(pipeline =>
        {
            pipeline.Use(Refuse);
            pipeline.Use(SessionStreams.EndWithSession);
            pipeline.Use(ExplainAbsence);
            // A pipeline of one's own has neither by itself: copies would be chosen by chance, those that do not answer among them.
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });

    /// <summary>
    /// The person's token and language; the session cookie stays here. A seat in class is a cookie of the classroom's own, and
    /// goes there alone.
    /// </summary>
    /// <param name="service">To which it goes: the token is for that one alone.</param>
    public static void Identify(HttpContext http, HttpRequestMessage request, string service)
    {
        var seat = http.RequestServices.GetRequiredService<PublicAddress>().CookieName(Seat);
        request.Headers.Remove("Cookie");
        // The services take nothing of an address from a request, and so hear nothing of one.
        foreach (var told in OfAddresses)
            request.Headers.Remove(told);
        if (
            Paths.Under(http.Request.Path, "/classroom", "/hubs")
            && string.Join(
                "; ",
                http.Request.Cookies.Where(c => c.Key.StartsWith(seat, StringComparison.Ordinal)).Select(c => $"{c.Key}={c.Value}")
            )
                is { Length: > 0 } seats
        )
            request.Headers.TryAddWithoutValidation("Cookie", seats);
        if (!Routes.Says(http, Routes.OwnToken))
            request.Headers.Remove("Authorization");
        if (http.User.Identity?.IsAuthenticated == true)
            request.Headers.TryAddWithoutValidation(
                "Authorization",
                "Bearer " + http.RequestServices.GetRequiredService<TokenMint>().For(http.User, service)
            );
        request.Headers.TryAddWithoutValidation(AuditTrail.ClientHeader, Audit.Client.Of(http));
        request.Headers.Remove("Accept-Language");
        request.Headers.TryAddWithoutValidation("Accept-Language", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
    }

    /// <summary>A bad token is refused before any service hears of it.</summary>
    public static async Task Refuse(HttpContext http, Func<Task> next)
    {
        if (
            http.Request.Headers.Authorization.Count > 0
            && http.User.Identity?.IsAuthenticated != true
            && !Routes.Says(http, Routes.OwnToken)
        )
        {
            http.Response.StatusCode = 401;
            return;
        }
        if (http.Features.Get<HalfSession>() is not null && Paths.IsApi(http.Request.Path))
        {
            await new SecondFactorNeeded().AsProblem().ExecuteAsync(http);
            return;
        }
        await next();
    }

    private static async Task ExplainAbsence(HttpContext http, Func<Task> next)
    {
        await next();
        if (http.Features.Get<IForwarderErrorFeature>() is { } error)
            await Explain(http, error);
    }

    public static async Task Explain(HttpContext http, IForwarderErrorFeature error)
    {
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return;
        var tooLarge =
            error.Exception is BadHttpRequestException { StatusCode: 413 }
            || error.Exception?.InnerException is BadHttpRequestException { StatusCode: 413 };
        http.Response.Clear();
        http.Response.StatusCode =
            tooLarge ? 413
            : error.Error is ForwarderError.RequestBodyClient ? 400
            : 503;
        if (http.Response.StatusCode == 503)
            http.Response.Headers.RetryAfter = "2";
        await Problems.WriteStatus(http);
    }
}
