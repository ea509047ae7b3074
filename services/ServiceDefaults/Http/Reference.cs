using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Stages.ServiceDefaults;

/// <summary>
/// The number that a person can tell the helpdesk. It begins the trace's id, which goes along to every service that was asked, and
/// stands in the log beside what happened: status, code and route, and nothing that was typed.
/// </summary>
public static class Reference
{
    /// <summary>Hexadecimal digits: few enough to be dictated, enough to be one request's.</summary>
    private const int Digits = 10;

    public static string Of(HttpContext http) =>
        (http.Features.Get<IHttpActivityFeature>()?.Activity ?? Activity.Current)?.TraceId.ToHexString()[..Digits] ?? http.TraceIdentifier;

    /// <summary>Writes the answer down, so that its number is found again.</summary>
    /// <param name="error">Told with its stack only where the fault is ours.</param>
    public static string Note(HttpContext http, int status, string code, Exception? error = null)
    {
        var reference = Of(http);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown address";
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Stages.Answers");
        if (status == 500)
            logger.LogError(error, "{Reference}: 500 {Code} for {Method} {Route}", reference, code, http.Request.Method, route);
        else if (status > 500)
            logger.LogWarning(
                "{Reference}: {Status} {Code} for {Method} {Route}: {Reason}",
                reference,
                status,
                code,
                http.Request.Method,
                route,
                error?.Message
            );
        else
            logger.LogInformation("{Reference}: {Status} {Code} for {Method} {Route}", reference, status, code, http.Request.Method, route);
        return reference;
    }
}
