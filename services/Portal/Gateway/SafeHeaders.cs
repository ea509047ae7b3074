namespace Stages.Portal.Gateway;

/// <summary>
/// What browsers are told of every answer: where scripts, styles and pictures may come from, that nobody frames us, and that nothing
/// personal is kept. A service that has said it for its own page (the classroom) is left its word.
/// </summary>
public static class SafeHeaders
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private const string Features =
        "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), midi=()";

    /// <summary>
    /// That the hosts below ours are https as well, which only whoever runs them knows: <c>true</c> where ours has no plain neighbour
    /// below it.
    /// </summary>
    public const string Subdomains = "Portal:HttpsOfSubdomains";

    /// <summary>Stands before all that may answer.</summary>
    public static IApplicationBuilder UseSafeHeaders(this IApplicationBuilder app)
    {
        var below = app.ApplicationServices.GetRequiredService<IConfiguration>().GetValue<bool>(Subdomains);
        var https = app.ApplicationServices.GetRequiredService<PublicAddress>().IsSecure
            ? "max-age=31536000" + (below ? "; includeSubDomains" : "")
            : null;
        return app.Use(
            (http, next) =>
            {
                http.Response.OnStarting(() => Complete(http.Response.Headers, https));
                return next(http);
            }
        );
    }

    /// <summary>At the last moment, since whoever answers an exception takes all headers away first.</summary>
    private static Task Complete(IHeaderDictionary headers, string? https)
    {
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Content-Security-Policy", Policy);
        // As frame-ancestors, for browsers and filters that know this one alone.
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Permissions-Policy", Features);
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Cache-Control", "no-store");
        if (https is not null)
            headers.TryAdd("Strict-Transport-Security", https);
        return Task.CompletedTask;
    }
}
