using System.Diagnostics;
using System.Globalization;

namespace Stages.Pairing.Cli;

/// <summary>What <c>infra/pair</c> runs: the engine on files.</summary>
internal static class Commands
{
    private const string Usage =
        "usage: infra/pair INSTANCE --budget SECONDS [--iterations N] [--seed S] [--from FILE] [--out FILE]\n"
        + "       infra/pair generate --pupils N [--ratio R] [--seed S] [--schools FILE] [--primary SHARE]\n"
        + "                           [--siblings RULE] [--out FILE]";

    private const int Refused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        // Ctrl-C ends the search, not the program: the best so far is written.
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        try
        {
            var options = Options.Parse(args);
            return options.Command == "generate" ? await Generate(options) : await Pair(options, stop.Token);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{Usage}");
            return Refused;
        }
        catch (MalformedInstanceException e)
        {
            await Console.Error.WriteLineAsync($"malformed: {e.Message}");
            return Refused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
    }

    private static async Task<int> Pair(Options options, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var problem = await InstanceFile.ReadAsync(options.Command, CancellationToken.None);
        var previous = options.From is null ? null : await ProposalFile.ReadAsync(options.From, CancellationToken.None);
        var reading = clock.Elapsed;
        var budget = new Budget(options.Budget is { } seconds ? TimeSpan.FromSeconds(seconds) : null, options.Iterations);
        var proposal = PairingEngine.Solve(problem, previous, options.Seed, budget, new ProgressLine(), cancel);
        await Console.Error.WriteLineAsync();
        clock.Restart();
        if (options.Out is null)
        {
            await using var output = Console.OpenStandardOutput();
            await ProposalFile.WriteAsync(output, proposal, CancellationToken.None);
        }
        else
        {
            await ProposalFile.WriteAsync(options.Out, proposal, CancellationToken.None);
        }

        var score = proposal.Score;
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"placed {score.PlacedWishes}/{score.Wishes}, weight {score.PlacedWeight}, "
                    + $"bound {score.Bound}, gap {score.Gap:P2}, quality {score.Quality}; "
                    + $"read {reading.TotalSeconds:F1} s, paired {proposal.ElapsedSeconds:F1} s, "
                    + $"wrote {clock.Elapsed.TotalSeconds:F1} s, "
                    + $"processor {Environment.CpuUsage.TotalTime.TotalSeconds:F1} s, memory {PeakMegabytes()} MB"
            )
        );
        return 0;
    }

    private static async Task<int> Generate(Options options)
    {
        var schools =
            options.Schools ?? throw new UsageException("--schools FILE is needed (services/Enrolment/Schools/schools-montpellier.csv)");
        var problem = SyntheticCampaign.Generate(
            options.Pupils ?? throw new UsageException("--pupils N is needed"),
            options.Ratio,
            options.Seed,
            SchoolList.Read(schools),
            options.Primary,
            options.Siblings
        );
        if (options.Out is null)
        {
            await using var output = Console.OpenStandardOutput();
            await InstanceFile.WriteAsync(output, problem);
        }
        else
        {
            await InstanceFile.WriteAsync(options.Out, problem);
        }

        return 0;
    }

    private static long PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 >> 20;
    }

    /// <summary>One line that is written over itself: placed, bound, gap, seconds.</summary>
    private sealed class ProgressLine : IProgress<PairingProgress>
    {
        public void Report(PairingProgress value) =>
            Console.Error.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\rplaced {value.PlacedWishes}/{value.Wishes}  weight {value.PlacedWeight}  "
                        + $"bound {value.Bound}  gap {value.Gap:P2}  {value.Elapsed.TotalSeconds:F1} s  {value.Fraction:P0}   "
                )
            );
    }
}
