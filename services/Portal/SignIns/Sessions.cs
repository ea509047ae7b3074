using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Stages.Portal.SignIns;

/// <summary>A browser has a cookie, a script has a bearer token; both come to the same claims.</summary>
public static class Sessions
{
    public const string Scheme = "session";
    public const string CookieName = "stages-session";
    private const string Either = "bearer-or-session";

    public static IServiceCollection AddSessions(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var authentication = services
            .AddAuthentication(o => o.DefaultScheme = Either)
            .AddPolicyScheme(
                Either,
                null,
                o =>
                    o.ForwardDefaultSelector = http =>
                        http.Request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme : Scheme
            )
            .AddCookie(
                Scheme,
                o =>
                {
                    o.Cookie.Name = CookieName;
                    o.Cookie.SameSite = SameSiteMode.Lax;
                    // The session itself knows when it ends.
                    o.SlidingExpiration = false;
                    o.LoginPath = "/connexion";
                    o.ReturnUrlParameter = "retour";
                    o.Events.OnRedirectToLogin = context => Redirect(context, 401);
                    o.Events.OnRedirectToAccessDenied = context => Redirect(context, 403);
                    SessionCookie.Use(o.Events);
                }
            );
        services.AddSingleton<Microsoft.Extensions.Options.IPostConfigureOptions<CookieAuthenticationOptions>, OpenSessionsOnce>();
        foreach (var provider in Providers.Read(configuration))
            authentication.AddProvider(provider, environment);
        return services;
    }

    /// <summary>The number with which a family signed in, to fill its form; the services know the account alone.</summary>
    public const string Phone = "phone";

    /// <param name="proven">When they last showed who they are.</param>
    public static ClaimsPrincipal Principal(Caller caller, string? phone = null, DateTimeOffset? proven = null)
    {
        List<Claim> claims = [new("sub", caller.Id.ToString()), new("role", caller.Role)];
        if (caller.Email is not null)
            claims.Add(new("email", caller.Email));
        if (caller.Name is not null)
            claims.Add(new("name", caller.Name));
        if (caller.Territory is not null)
            claims.Add(new("territory", caller.Territory));
        if (caller.Vouched is not null)
            claims.Add(new("vouched", caller.Vouched));
        if (phone is not null)
            claims.Add(new(Phone, phone));
        if (proven is { } at)
            claims.Add(new(FreshProof.Claim, FreshProof.Write(at)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, "name", "role"));
    }

    public static Task SignIn(HttpContext http, Caller caller, bool remember, string? phone = null) =>
        http.SignInAsync(Scheme, Principal(caller, phone), new AuthenticationProperties { IsPersistent = remember });

    /// <summary>A script that calls the API gets a status, a person gets the sign-in page, or what is left of it.</summary>
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == 403)
            context.HttpContext.Features.Set(new KeptOut());
        // Where it was refused, and with that status: a page of another role is said to be one.
        if (status == 403 || Paths.IsApi(context.Request.Path))
            context.Response.StatusCode = status;
        else if (status == 401 && context.HttpContext.Features.Get<HalfSession>() is not null)
            context.Response.Redirect(
                "/connexion/verification?retour=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)
            );
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}

/// <summary>After the framework has made its own sealing, puts the memory around it.</summary>
internal sealed class OpenSessionsOnce(TimeProvider clock) : Microsoft.Extensions.Options.IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (name == Sessions.Scheme && options.TicketDataFormat is { } sealing and not RememberedSessions)
            options.TicketDataFormat = new RememberedSessions(sealing, clock);
    }
}
