using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Stages.Portal.SignIns;

/// <summary>The cookies that frameworks write for us, under the rule of <see cref="Cookies"/>, however many there will be.</summary>
public sealed class ClosedCookies(PublicAddress address)
    : IPostConfigureOptions<CookieAuthenticationOptions>,
        IPostConfigureOptions<OpenIdConnectOptions>,
        IPostConfigureOptions<AntiforgeryOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options) => options.Cookie.Close(address);

    public void PostConfigure(string? name, OpenIdConnectOptions options)
    {
        options.CorrelationCookie.Close(address);
        options.NonceCookie.Close(address);
    }

    public void PostConfigure(string? name, AntiforgeryOptions options) => options.Cookie.Close(address);
}

public static class ClosedCookiesExtensions
{
    public static IServiceCollection CloseCookies(this IServiceCollection services) =>
        services
            .AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, ClosedCookies>()
            .AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, ClosedCookies>()
            .AddSingleton<IPostConfigureOptions<AntiforgeryOptions>, ClosedCookies>();
}
