using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stages.Pairing.Benchmarks;

/// <summary>
/// Runs what <c>infra/pair</c> runs, on files and in a process of its own: so its memory is its own, and files are read as anyone
/// would.
/// </summary>
internal sealed partial record EngineProcess(Proposal Proposal, double Read, double Paired, double Wrote, double Processor, int Megabytes)
{
    public static async Task<EngineProcess> RunAsync(Problem problem, int seed, double budget)
    {
        var folder = Directory.CreateTempSubdirectory("bench-pairing-");
        try
        {
            var (instance, answer) = (Path.Combine(folder.FullName, "instance.json"), Path.Combine(folder.FullName, "proposal.json"));
            await InstanceFile.WriteAsync(instance, problem);
            var start = new ProcessStartInfo("dotnet")
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                ArgumentList =
                {
                    typeof(Cli.SyntheticCampaign).Assembly.Location,
                    instance,
                    "--budget",
                    budget.ToString(CultureInfo.InvariantCulture),
                    "--seed",
                    seed.ToString(CultureInfo.InvariantCulture),
                    "--out",
                    answer,
                },
            };
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            var figures = Summary().Match(said);
            if (process.ExitCode != 0 || !figures.Success)
                throw new InvalidOperationException(
                    $"the engine ended with status {process.ExitCode}: {said[^Math.Min(said.Length, 600)..]}"
                );
            double Figure(string name) => double.Parse(figures.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
            return new EngineProcess(
                await ProposalFile.ReadAsync(answer, CancellationToken.None),
                Figure("read"),
                Figure("paired"),
                Figure("wrote"),
                Figure("cpu"),
                (int)Figure("mb")
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(
        @"read (?<read>[\d.]+) s, paired (?<paired>[\d.]+) s, wrote (?<wrote>[\d.]+) s, processor (?<cpu>[\d.]+) s, memory (?<mb>\d+) MB",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Summary();
}
