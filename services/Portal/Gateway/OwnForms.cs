using Microsoft.AspNetCore.Antiforgery;

namespace Stages.Portal.Gateway;

/// <summary>
/// Whatever changes something and could be sent with a cookie by another site's page carries the page's own token: forms in a field,
/// scripts in a header. One rule for pages, for our own endpoints and for those behind the gateway.
/// </summary>
public static class OwnForms
{
    public const string Field = "__token",
        Header = "X-Request-Token";

    /// <summary>Stands behind authorization: who may not do it anyway hears that first.</summary>
    public static IApplicationBuilder UseOwnForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (http.Request.HasFormContentType && !await IsText(http))
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                else if (
                    IsSafe(http.Request.Method)
                    || !MayBeForged(http)
                    || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
                )
                    await next(http);
                else if (await Noted(http) && Paths.IsApi(http.Request.Path))
                    await new ForgedRequest().AsProblem().ExecuteAsync(http);
                else
                    http.Response.StatusCode = await CarriesToken(http) ? StatusCodes.Status410Gone : StatusCodes.Status400BadRequest;
            }
        );

    /// <summary>
    /// A bearer token is sent by no page of another site, and who brings one is known by it alone. The class page has a ticket that
    /// no other site knows, and then a seat, which its service takes from pages of this address alone.
    /// </summary>
    private static bool MayBeForged(HttpContext http) =>
        http.GetEndpoint() is not null
        && http.Request.Headers.Authorization.Count == 0
        && (http.Request.Headers.Cookie.Count > 0 || !Paths.IsApi(http.Request.Path))
        && !Paths.Under(http.Request.Path, "/classroom", "/hubs")
        // Without the second factor nothing of the API is reached, and that is what its caller has to hear.
        && (http.Features.Get<HalfSession>() is null || !Paths.IsApi(http.Request.Path));

    /// <summary>With the cookie of somebody: what nobody sends, and machines do all day, is no attempt at anything.</summary>
    private static async Task<bool> Noted(HttpContext http)
    {
        if (SessionCookie.Of(http) is { } session)
            await http.RequestServices.GetRequiredService<AccountNotes>().Refused(AuditKinds.Forged, session.Caller, new ForgedRequest());
        return true;
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static async Task<bool> CarriesToken(HttpContext http) =>
        http.Request.Headers.ContainsKey(Header)
        || (http.Request.HasFormContentType && (await http.Request.ReadFormAsync(http.RequestAborted)).ContainsKey(Field));

    /// <summary>No field holds what no database keeps.</summary>
    private static async Task<bool> IsText(HttpContext http)
    {
        if (Paths.Under(http.Request.Path, "/classroom", "/hubs", "/api"))
            return true;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form.All(field => Readable.IsText(field.Key) && field.Value.All(v => Readable.IsText(v ?? "")));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

/// <summary>A cookie came without the page's own anti-forgery token: perhaps another site sent the form.</summary>
public sealed record ForgedRequest()
    : Refusal(
        RefusalKind.Shape,
        "antiforgery",
        "La page est restée ouverte trop longtemps. Rechargez-la, puis recommencez.",
        "The page was open for too long. Reload it and try again."
    );
