using System.Globalization;
using Stages.Vocabulary;

namespace Stages.Pairing.Cli;

internal sealed class UsageException(string message) : Exception(message);

/// <summary>The command line, checked.</summary>
internal sealed record Options(
    string Command,
    double? Budget,
    long? Iterations,
    int Seed,
    string? From,
    string? Out,
    int? Pupils,
    double Ratio,
    string? Schools,
    double? Primary,
    string? Siblings
)
{
    private static readonly string[] Known =
    [
        "--budget",
        "--iterations",
        "--seed",
        "--from",
        "--out",
        "--pupils",
        "--ratio",
        "--schools",
        "--primary",
        "--siblings",
    ];

    public static Options Parse(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-'))
            throw new UsageException("an instance is needed");
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Length; i += 2)
        {
            if (!Known.Contains(args[i], StringComparer.Ordinal))
                throw new UsageException($"unknown option {args[i]}");
            if (i + 1 == args.Length)
                throw new UsageException($"{args[i]} needs a value");
            given[args[i]] = args[i + 1];
        }

        var options = new Options(
            args[0],
            Number<double>(given, "--budget"),
            Number<long>(given, "--iterations"),
            Number<int>(given, "--seed") ?? 1,
            given.GetValueOrDefault("--from"),
            given.GetValueOrDefault("--out"),
            Number<int>(given, "--pupils"),
            Number<double>(given, "--ratio") ?? 1.0,
            given.GetValueOrDefault("--schools"),
            Number<double>(given, "--primary"),
            given.GetValueOrDefault("--siblings")
        );
        if (options.Siblings is { } rule && !SiblingsRule.All.Contains(rule, StringComparer.Ordinal))
            throw new UsageException($"--siblings is one of {string.Join(", ", SiblingsRule.All)}");
        if (options.Command != "generate" && options is { Budget: null, Iterations: null })
            throw new UsageException("--budget SECONDS or --iterations N is needed");
        if (options.Budget is <= 0 || options.Iterations is <= 0 || options.Pupils is < 0 || options.Ratio < 0)
            throw new UsageException("numbers must be positive");
        return options;
    }

    private static T? Number<T>(Dictionary<string, string> given, string name)
        where T : struct, IParsable<T> =>
        !given.TryGetValue(name, out var text) ? null
        : T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UsageException($"{name} {text} is not a number");
}
