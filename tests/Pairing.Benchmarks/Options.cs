using System.Globalization;
using Stages.Pairing.Cli;

namespace Stages.Pairing.Benchmarks;

/// <summary>What to measure, and for how long at most.</summary>
/// <param name="Parts">Which tables: <c>cases</c>, <c>table</c>, <c>halves</c>.</param>
/// <param name="Scale">By how much the budgets differ from the ones the figures are promised for.</param>
/// <param name="Minutes">After this no further measurement begins; what is missing is said.</param>
internal sealed record Options(
    string[] Parts,
    int[] Sizes,
    double[] Ratios,
    int Seeds,
    double ExactSeconds,
    double Scale,
    double ReferenceScale,
    double Minutes,
    string Out,
    IReadOnlyList<School> Schools
)
{
    public const string Usage = """
        usage: tests/bench-pairing [--parts cases,table,halves] [--sizes 800,5000,20000,100000,493000] [--ratios 0.7,1.0,1.3] [--seeds 3]
                                   [--exact-seconds 45] [--budget-scale 1] [--reference 2] [--minutes 150] [--out FILE] [--schools FILE]
          cases   re-solve after withdrawals, explanations, a late wish, other ids and orders: about 4 minutes
          table   gaps within their budgets, three seeds a row, beside first come, first served and a plain CP-SAT model: about 55 minutes
          halves  one longer run a row: which half of the gap is the search's, which the bound's: about 40 minutes
          Every row is printed when it is ready, and added to FILE (by default .data/bench-pairing.md).
        """;

    private static readonly string[] KnownParts = ["cases", "table", "halves"];

    public static Options Parse(string[] args, string root)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--parts"] = "cases,table,halves",
            ["--sizes"] = "800,5000,20000,100000,493000",
            ["--ratios"] = "0.7,1.0,1.3",
            ["--seeds"] = "3",
            ["--exact-seconds"] = "45",
            ["--budget-scale"] = "1",
            ["--reference"] = "2",
            ["--minutes"] = "150",
            ["--out"] = Path.Combine(root, ".data", "bench-pairing.md"),
            ["--schools"] = Path.Combine(root, "services", "Enrolment", "Schools", "schools-montpellier.csv"),
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!given.ContainsKey(args[i]) || i + 1 == args.Length)
                throw new WrongOptionException($"{args[i]} is unknown or has no value");
            given[args[i]] = args[i + 1];
        }

        T[] List<T>(string name)
            where T : IParsable<T> => [.. given[name].Split(',').Select(x => Number<T>(name, x))];
        var parts = given["--parts"].Split(',');
        if (parts.Except(KnownParts, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new WrongOptionException($"there is no part {unknown}");
        return new Options(
            parts,
            List<int>("--sizes"),
            List<double>("--ratios"),
            List<int>("--seeds")[0],
            List<double>("--exact-seconds")[0],
            List<double>("--budget-scale")[0],
            List<double>("--reference")[0],
            List<double>("--minutes")[0],
            given["--out"],
            SchoolList.Read(given["--schools"])
        );
    }

    /// <summary>The budget that belongs to a size.</summary>
    public double BudgetSeconds(int pupils) =>
        Scale
        * (
            pupils switch
            {
                <= 800 => 10,
                <= 5_000 => 15,
                <= 20_000 => 30,
                <= 100_000 => 60,
                _ => 150,
            }
        );

    public Problem Campaign(int pupils, double ratio, int seed) => SyntheticCampaign.Generate(pupils, ratio, seed, Schools);

    private static T Number<T>(string name, string text)
        where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new WrongOptionException($"{name} {text} is not a number");
}

internal sealed class WrongOptionException(string message) : Exception(message);
