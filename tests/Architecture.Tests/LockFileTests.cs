using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Architecture.Tests;

/// <summary>Which packages of others are taken is written down, for every project, and from where they are fetched is not.</summary>
public sealed class LockFileTests
{
    [Fact]
    public void every_project_has_its_lock_file()
    {
        var projects = Files("*.csproj");
        projects.Count.ShouldBeGreaterThan(25);
        projects
            .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")))
            .ShouldBeEmpty("write them with infra/lock");
    }

    [Fact]
    public void every_package_of_npm_is_locked()
    {
        var packages = Files("package.json");
        packages.Count.ShouldBeGreaterThan(2);
        packages
            .Where(package => !File.Exists(Path.Combine(Path.GetDirectoryName(package)!, "package-lock.json")))
            .ShouldBeEmpty("write them with infra/lock");
    }

    [Fact]
    public void each_package_is_locked_with_the_hash_of_its_content()
    {
        foreach (var file in Files("packages.lock.json"))
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var framework in locked.RootElement.GetProperty("dependencies").EnumerateObject())
            foreach (var package in framework.Value.EnumerateObject())
                if (package.Value.GetProperty("type").GetString() != "Project")
                    package.Value.GetProperty("contentHash").GetString()!.Length.ShouldBeGreaterThan(80, $"{package.Name} of {file}");
        }
    }

    [Fact]
    public void no_lock_file_says_from_where_a_package_is_fetched()
    {
        foreach (var file in Files("packages.lock.json"))
            File.ReadAllText(file).ShouldNotContain("://", customMessage: file);
        // Addresses of authors may stand there.
        foreach (var file in Files("package-lock.json"))
            File.ReadAllText(file).ShouldNotContain("\"resolved\"", customMessage: file);
    }

    private static IReadOnlyList<string> Files(string pattern) =>
        [
            .. new[] { "services", "contracts", "tests", "infra" }
                .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Servers.Checkout, f), pattern, SearchOption.AllDirectories))
                .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj")),
        ];
}
