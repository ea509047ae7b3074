using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Stages.Portal.Tests.Forms;

/// <summary>
/// The Portal's own pages, from its table of routes: those that ask no other service, which are all that an account is kept by. What
/// acts on what other services keep is tried with them, in System.Tests.
/// </summary>
public static partial class PagesOfAccounts
{
    public static IReadOnlyList<(string Address, Type Component)> All(IServiceProvider services) =>
        [
            .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type
            where page is not null && !AsksServices(page)
            // Of addresses with a blank the sign-in at a provider alone is an account's.
            let address = endpoint.RoutePattern.RawText!.Replace("{scheme}", "educonnect", StringComparison.Ordinal)
            where !address.Contains('{', StringComparison.Ordinal)
            select (address, page),
        ];

    /// <summary>The forms that these pages declare, by component and handler.</summary>
    public static IReadOnlyList<(string Component, string Handler)> Declared(IServiceProvider services) =>
        [
            .. from page in All(services).Select(p => p.Component.Name).Distinct()
            from file in Directory.EnumerateFiles(
                Path.Combine(Servers.Checkout, "services/Portal/Pages"),
                page + ".razor",
                SearchOption.AllDirectories
            )
            from handler in Handlers().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).Distinct()
            select (page, handler),
        ];

    /// <summary>The declared form that this one is: <c>end-</c> for each of <c>end-{session}</c>, but not for <c>end-others</c>.</summary>
    public static string HandlerOf(string sent, IEnumerable<string> declared) =>
        declared.Contains(sent)
            ? sent
            : declared.Where(d => d.EndsWith('-') && sent.StartsWith(d, StringComparison.Ordinal)).MaxBy(d => d.Length) ?? sent;

    private static bool AsksServices(Type page)
    {
        for (var type = page; type is not null && type != typeof(ComponentBase); type = type.BaseType)
            if (
                type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                    .Where(p => p.GetCustomAttribute<InjectAttribute>() is not null)
                    .Any(p => p.PropertyType.IsAssignableTo(typeof(Clients.ServiceClient)))
            )
                return true;
        return false;
    }

    [GeneratedRegex("@formname=\"(@\\(\\$\")?(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handlers();
}
