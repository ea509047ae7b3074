using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Stages.Portal.Gateway;
using Stages.Portal.Pages;

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
            .AddHttpMessageHandler(s => ActivatorUtilities.CreateInstance<AsCaller>(s, service))
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    UseProxy = false,
                    UseCookies = false,
                    AllowAutoRedirect = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            );

    public static void UsePortal(this WebApplication app)
    {
        app.UseHeadAsGet();
        app.UsePublicAddress(Paths.IsApi);
        app.UseSafeHeaders();
        app.Use(app.Services.GetRequiredService<RecentPages>().Serve);
        app.UseRequestLocalization();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = http => Paths.IsApi(http.Request.Path) ? Problems.WriteException(http) : ErrorPages.WriteException(http),
                // What is answered is written down with the number that the answer carries.
                SuppressDiagnosticsCallback = _ => true,
            }
        );
        app.UseStatusCodePages(context =>
            Paths.IsApi(context.HttpContext.Request.Path)
                ? Problems.WriteStatus(context.HttpContext)
                : ErrorPages.WriteStatus(context.HttpContext)
        );
        app.UseReadable();
        app.Services.GetRequiredService<Pages.Shared.Theme>().Serve(app);
        app.UseRouting();
        app.UseLargeBodies(http =>
            http.GetEndpoint()?.Metadata.GetMetadata<Yarp.ReverseProxy.Model.RouteModel>()?.Config.MaxRequestBodySize
        );
        app.UsePageQueries();
        app.UseWholeBodies();
        // What is passed on to a service is noted there.
        app.UseAudit(
            Audit.Client.Of,
            others: http => http.GetEndpoint()?.Metadata.GetMetadata<Yarp.ReverseProxy.Model.RouteModel>() is not null
        );
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseOwnForms();
        app.UseStepUp();
        app.UseGoneForms();
        app.UseWebSockets();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().Uncounted();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") })
            .AllowAnonymous()
            .Uncounted();
        app.Map("/api/{**unknown}", () => Results.NotFound()).AllowAnonymous().WithOrder(int.MaxValue).ExcludeFromDescription();
    }
}
