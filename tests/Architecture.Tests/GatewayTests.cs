using System.Text.RegularExpressions;
using Shouldly;
using Stages.Portal.Gateway;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>The gateway's table and the services' endpoints say the same: no door to nowhere, no room without a door.</summary>
public sealed partial class GatewayTests
{
    private static readonly (string Service, string[] Path)[] Patterns =
    [
        .. Routes.All.Select(r => (Routes.ServiceOf(r), Parts(r.Match.Path!))),
    ];

    private static readonly (string Service, string Path)[] Endpoints =
    [
        .. from service in Routes.Services.Append("Portal")
        from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services", service), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from Match match in Mapped().Matches(File.ReadAllText(file))
        // In an interpolated string braces are doubled and a single pair is a value, as good as any.
        select (
            service,
            match.Groups["path"].Value.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)
        ),
    ];

    /// <summary>What people and programs may ask for from outside, and the Portal does not answer itself.</summary>
    private static IEnumerable<(string Service, string Path)> Public =>
        Endpoints.Where(e =>
            e.Service != "Portal" && Reachable().IsMatch(e.Path) && !Endpoints.Any(own => own.Service == "Portal" && own.Path == e.Path)
        );

    [Fact]
    public void every_public_endpoint_is_reached_through_the_gateway()
    {
        Public.Count().ShouldBeGreaterThan(60, "endpoints are found in the sources");
        Public.Where(e => Way(e.Path) != e.Service).Select(e => $"{e.Path} of {e.Service} goes to {Way(e.Path)}").ShouldBeEmpty();
    }

    [Fact]
    public void every_pattern_of_the_gateway_has_an_endpoint_behind_it() =>
        Patterns
            .Where(p => !Public.Any(e => e.Service == p.Service && Way(e.Path) == p.Service && Fits(p.Path, Parts(e.Path))))
            .Select(p => $"/{string.Join('/', p.Path)} of {p.Service}")
            .ShouldBeEmpty();

    [Fact]
    public void nothing_internal_is_reached_through_the_gateway() =>
        Endpoints.Where(e => e.Path.StartsWith("/internal", StringComparison.Ordinal) && Way(e.Path) is not null).ShouldBeEmpty();

    /// <summary>The service to which the gateway sends this path: that of the pattern with most segments said in full.</summary>
    private static string? Way(string path) =>
        Patterns
            .Where(p => Fits(p.Path, Parts(path)))
            .OrderByDescending(p => p.Path.Count(s => !s.StartsWith('{')))
            .ThenByDescending(p => p.Path.Length)
            .Select(p => p.Service)
            .FirstOrDefault();

    private static bool Fits(string[] pattern, string[] path)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i].StartsWith("{**", StringComparison.Ordinal))
                return true;
            if (i >= path.Length || (!pattern[i].StartsWith('{') && pattern[i] != path[i]))
                return false;
        }
        return pattern.Length == path.Length;
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        @"\.Map(Get|Post|Put|Delete|Patch|Methods|Group|Hub<\w+>)\(\s*\$?""(?<path>/[^""]*)""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Mapped();

    [GeneratedRegex("^/(api|calendars|classroom|hubs)(/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reachable();
}
