using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Stages.Testing;

namespace Stages.SystemTests.Api;

/// <summary>The program of <c>infra/run --demo</c>, small: a campaign from enrolment to published timetables.</summary>
internal static class Demonstration
{
    /// <returns>What it wrote to its standard output and what it told meanwhile, once all of it came true.</returns>
    public static async Task<(string Output, string Told)> Play(Stack stack, int pupils, int seed, params string[] further)
    {
        string[] arguments =
        [
            Path.Combine(Servers.Checkout, "infra", "tools", "Demo", "bin", Configuration, "net10.0", "Stages.Demo.dll"),
            "--portal",
            stack.Gateway.ToString().TrimEnd('/'),
            "--data",
            stack.Data,
            "--checkout",
            Servers.Checkout,
            "--pupils",
            pupils.ToString(CultureInfo.InvariantCulture),
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
            "--budget",
            "3",
            .. further,
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var demo = Process.Start(start)!;
        var output = demo.StandardOutput.ReadToEndAsync();
        var errors = demo.StandardError.ReadToEndAsync();
        await demo.WaitForExitAsync();
        demo.ExitCode.ShouldBe(0, await errors);
        return (await output, await errors);
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
