using Microsoft.AspNetCore.Http.HttpResults;
using Stages.Portal.Pages.Everyone;
using Yarp.ReverseProxy.Model;

namespace Stages.Portal.Accounts;

/// <summary>
/// What is done here is worth asking again who is there: staff show their second factor, others have just signed in. On a page it
/// counts for what is sent, not for looking.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute
{
    /// <summary>The name in a gateway route's metadata.</summary>
    public const string Route = "fresh-proof";

    /// <summary>Looking counts as well: a list that is taken away, the second factor itself.</summary>
    public bool Reading { get; init; }

    /// <summary>Of several forms of a page the one that is meant, by the name of its handler; null for all.</summary>
    public string? Form { get; init; }
}

/// <summary>
/// Asks for a fresh proof where an endpoint wants one. A form that was sent is kept in the page that asks, field by field, and goes on
/// to where it was going with the answer: nothing that was typed is lost.
/// </summary>
public static class StepUp
{
    /// <summary>The field in which a form of ours names its handler.</summary>
    private const string Handler = "_handler";

    public static IApplicationBuilder UseStepUp(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (await Wanted(http) is not { } session)
                    await next(http);
                else if (Paths.IsApi(http.Request.Path))
                    await new StaleProof().AsProblem().ExecuteAsync(http);
                else if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                    http.Response.Redirect(
                        "/connexion/verification?retour=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)
                    );
                else
                    await Ask(http, session, next);
            }
        );

    /// <summary>The session that has to be proven anew for this request. A bearer token has none: it is young by nature.</summary>
    private static async Task<BrowserSession?> Wanted(HttpContext http)
    {
        var wants =
            http.GetEndpoint()?.Metadata.GetMetadata<FreshProofAttribute>()
            ?? (
                http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.ContainsKey(FreshProofAttribute.Route) == true
                    ? new FreshProofAttribute()
                    : null
            );
        if (wants is null || http.Features.Get<CurrentSession>() is not { Session: var session })
            return null;
        var looking = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (
            (looking && !wants.Reading)
            || session.IsProven(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            || (!looking && wants.Form is not null && (await Sent(http))[Handler] != wants.Form)
        )
            return null;
        return session;
    }

    private static async Task<IFormCollection> Sent(HttpContext http) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private static async Task Ask(HttpContext http, BrowserSession session, RequestDelegate next)
    {
        var form = await Sent(http);
        Refusal? refused = null;
        if (session.IsStaff && ProofForm.Fields.Any(form.ContainsKey))
        {
            var desk = http.RequestServices.GetRequiredService<SecondFactorDesk>();
            refused = await desk.Show(session, ProofForm.Of(form), http.RequestAborted);
            if (refused is null)
            {
                await SessionCookie.Prove(http, session);
                await next(http);
                return;
            }
        }
        await new RazorComponentResult<StepUpPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Http"] = http,
                ["Session"] = session,
                ["Refused"] = refused?.Text,
                ["Form"] = form,
            }
        ).ExecuteAsync(http);
    }
}
