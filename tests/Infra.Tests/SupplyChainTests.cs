using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.Infra.Tests;

/// <summary>What of others is in our programs, and what is known against it.</summary>
public sealed class SupplyChainTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-supply-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task a_bill_of_materials_names_every_package_that_is_locked()
    {
        (await Run([], "sbom", "--out", folder, "services/Classroom")).Status.ShouldBe(0);

        Named("Classroom.json").ShouldBe(Locked("services/Classroom/packages.lock.json"), ignoreOrder: true);
        Named("Classroom.npm.json").ShouldContain("pdfjs-dist@5.6.205");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Servers.Checkout);
    }

    private const string NothingKnown = "{}";
    private const string NugetFault = """
        {"projects":[{"path":"/a/b/Known.csproj","frameworks":[{"framework":"net10.0","transitivePackages":[
          {"id":"Newtonsoft.Json","resolvedVersion":"12.0.3","vulnerabilities":[{"severity":"High","advisoryurl":"advisory-1"}]}]}]}]}
        """;
    private const string NoNpmFault = """{"vulnerabilities":{}}""";
    private const string NpmFault = """
        {"vulnerabilities":{"lodash":{"name":"lodash","range":"<4.17.5","severity":"high","via":["other",{"url":"advisory-2"}]}}}
        """;
    private const string NpmRefuses = """{"message":"405 Method Not Allowed","error":{}}""";

    /// <summary>The indexes' answers about a package whose fault is known, then about ours.</summary>
    [Theory]
    [InlineData(NugetFault, NothingKnown, NpmFault, NoNpmFault, 0, "")]
    [InlineData(NugetFault, NugetFault, NpmFault, NoNpmFault, 1, "Known.csproj  Newtonsoft.Json  12.0.3  High  advisory-1")]
    [InlineData(NugetFault, NothingKnown, NpmFault, NpmFault, 1, "lodash  <4.17.5  high  advisory-2")]
    [InlineData(NothingKnown, NothingKnown, NpmFault, NoNpmFault, 3, "")]
    [InlineData(NugetFault, NothingKnown, NoNpmFault, NoNpmFault, 3, "")]
    [InlineData(NugetFault, NothingKnown, NpmRefuses, NpmRefuses, 3, "")]
    [InlineData(NothingKnown, NothingKnown, NpmFault, NpmFault, 1, "lodash  <4.17.5  high  advisory-2")]
    public async Task an_index_that_knows_no_fault_at_all_is_not_believed(
        string knownOfNuget,
        string oursOfNuget,
        string knownOfNpm,
        string oursOfNpm,
        int status,
        string line
    )
    {
        // In the place of the two package managers, whose indexes this machine may be unable to reach.
        Program("dotnet", $"case \"$*\" in *known.csproj*) cat <<'E'\n{knownOfNuget}\nE\n;; list*) cat <<'E'\n{oursOfNuget}\nE\n;; esac");
        Program("npm", $"case \"$*\" in *audit*/npm\\ *) cat <<'E'\n{knownOfNpm}\nE\n;; audit*) cat <<'E'\n{oursOfNpm}\nE\nexit 1 ;; esac");

        var (ended, output) = await Run([folder], "scan");
        (ended, output.Contains(line, StringComparison.Ordinal)).ShouldBe((status, true), output);
        (output.Trim().Length > 0).ShouldBe(line.Length > 0, output);
    }

    private void Program(string name, string body)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string[] Named(string file)
    {
        using var bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return
        [
            .. bill
                .RootElement.GetProperty("components")
                .EnumerateArray()
                .Select(c => $"{c.GetProperty("name")}@{c.GetProperty("version")}"),
        ];
    }

    private static string[] Locked(string file)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Servers.Checkout, file)));
        return
        [
            .. locked
                .RootElement.GetProperty("dependencies")
                .GetProperty("net10.0")
                .EnumerateObject()
                .Where(p => p.Value.GetProperty("type").GetString() != "Project")
                .Select(p => $"{p.Name}@{p.Value.GetProperty("resolved")}"),
        ];
    }

    private async Task<(int Status, string Output)> Run(string[] first, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Servers.Checkout, "infra", script), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = string.Join(':', [.. first, Environment.GetEnvironmentVariable("PATH")]);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
