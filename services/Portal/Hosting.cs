using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Extensions;
using Stages.Portal.Accounts;
using Stages.Portal.Clients;
using Stages.Portal.Gateway;
using Stages.Portal.Pages;
using Stages.ServiceDefaults;

namespace Stages.Portal;

/// <summary>The Portal's own pipeline: programs get problem details, people get pages.</summary>
public static class Hosting
{
    public static void AddServiceClient<TClient>(this IServiceCollection services, string service)
        where TClient : class =>
        services
            .AddHttpClient<TClient>(
                (s, http) =>
                {
                    http.BaseAddress = new Uri(Routes.BaseUrl(s.GetRequiredService<IConfiguration>(), service).TrimEnd('/') + "/");
                    http.Timeout = TimeSpan.FromSeconds(20);
                }
            )
            .RemoveAllLoggers()
            .AddHttpMessageHandler<AsCaller>()
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    UseProxy = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            );

    public static void UsePortal(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(app.Services.GetRequiredService<RecentPages>().Serve);
        app.UseRequestLocalization();
        app.UseExceptionHandler(handler =>
            handler.Run(http => Paths.IsApi(http.Request.Path) ? Problems.WriteException(http) : ErrorPages.WriteException(http))
        );
        app.UseStatusCodePages(context =>
            Paths.IsApi(context.HttpContext.Request.Path)
                ? Problems.WriteStatus(context.HttpContext)
                : ErrorPages.WriteStatus(context.HttpContext)
        );
        app.Use(SafeHeaders);
        app.Services.GetRequiredService<Pages.Shared.Theme>().Serve(app);
        app.UseRouting();
        app.UseLargeBodies(http =>
            http.GetEndpoint()?.Metadata.GetMetadata<Yarp.ReverseProxy.Model.RouteModel>()?.Config.MaxRequestBodySize
        );
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseStepUp();
        app.UseWebSockets();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous();
        // The constraint makes it stand before the reading page, which would take any one word under /api for a document of its own.
        app.Map("/api/{unknown:minlength(1)}", () => Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
        app.Map("/api/{**unknown}", () => Results.NotFound()).AllowAnonymous().WithOrder(int.MaxValue).ExcludeFromDescription();
    }

    /// <summary>Scripts, styles and pictures come from here alone; nobody frames our pages.</summary>
    private static Task SafeHeaders(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // The API's reading page writes its own styles; classrooms bring their own policy from their service.
        if (!Paths.Under(http.Request.Path, "/api", "/classroom"))
            headers.ContentSecurityPolicy =
                "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
                + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        return next(http);
    }
}
