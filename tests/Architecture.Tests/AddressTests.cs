using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>
/// No service takes an address from a request. The compiler refuses the members (<c>services/BannedSymbols.Services.txt</c>); this
/// looks for headers, which are strings, and for what a template can write past the compiler.
/// </summary>
public sealed class AddressTests
{
    private static readonly string[] Words = ["X-Forwarded-", "X-Original-Host", "ToAbsoluteUri", "GetDisplayUrl", "Request.Host"];

    /// <summary>The one that believes configured proxies, and the one that lets nothing of it through.</summary>
    private static readonly string[] Allowed = ["services/ServiceDefaults/Http/Hosts.cs", "services/Portal/Gateway/Forwarding.cs"];

    [Fact]
    public void an_address_is_configured_and_never_taken_from_a_request() =>
        (
            from file in Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services"), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            let name = Path.GetRelativePath(Servers.Checkout, file).Replace('\\', '/')
            where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/node_modules/", StringComparison.Ordinal)
            where !Allowed.Contains(name)
            let text = File.ReadAllText(file)
            from word in Words
            where text.Contains(word, StringComparison.Ordinal)
            select $"{name}: {word}"
        ).ShouldBeEmpty();
}
