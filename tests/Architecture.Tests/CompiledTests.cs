using Stages.Testing;

namespace Stages.Architecture.Tests;

/// <summary>The other test projects as built beside this one (the project file has them built first).</summary>
internal static class CompiledTests
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateDirectories(Path.Combine(Servers.Checkout, "tests"), "*.Tests")
            .Select(Assembly)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    private static string? Assembly(string project)
    {
        // bin/Debug/net10.0 or bin/Release/net10.0, as this project itself was built.
        var output = Path.GetRelativePath(Path.Combine(Servers.Checkout, "tests", "Architecture.Tests"), AppContext.BaseDirectory);
        var folder = Path.Combine(project, output);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "Stages.*.Tests.dll").FirstOrDefault() : null;
    }
}
