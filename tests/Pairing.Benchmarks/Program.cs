using System.Diagnostics;
using System.Globalization;
using Stages.Pairing;
using Stages.Pairing.Benchmarks;
using Stages.Pairing.Cli;
using Stages.Pairing.Tests;

// Prints the table of the pairing engine: for every size and ratio of seats to wishes the median over some seeds, beside
// first come, first served and, at 800 pupils, a plain model of the whole problem given to CP-SAT.
var sizes = List("--sizes", "800,5000,20000,100000,493000").Select(int.Parse).ToArray();
var ratios = List("--ratios", "0.7,1.0,1.3").Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
var seeds = int.Parse(Value("--seeds", "3"), CultureInfo.InvariantCulture);
var schools = SchoolList.Read(Value("--schools", Path.Combine(Root(), "services", "Enrolment", "Schools", "schools-montpellier.csv")));
var exactSeconds = double.Parse(Value("--exact-seconds", "45"), CultureInfo.InvariantCulture);
var scale = double.Parse(Value("--budget-scale", "1"), CultureInfo.InvariantCulture);

Console.WriteLine("| pupils | ratio | budget | gap to own bound | quality | preferred week (first come) | served (first come) | worst school (first come) | weight of first come | of CP-SAT | seconds | memory |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
foreach (var size in sizes)
{
    foreach (var ratio in ratios)
    {
        var budget = scale * Figures.BudgetSeconds(size);
        var runs = new List<(Figures Engine, Figures First, double Seconds)>();
        var exact = "";
        for (var seed = 1; seed <= seeds; seed++)
        {
            var problem = SyntheticCampaign.Generate(size, ratio, seed, schools);
            var first = Figures.Of(problem, FirstCome.Serve(problem), explained: false);
            var proposal = PairingEngine.Solve(problem, null, seed, Budget.Seconds(budget));
            runs.Add((Figures.Of(problem, proposal, explained: size <= 20_000), first, proposal.ElapsedSeconds));
            if (size <= 800 && seed == 1 && exactSeconds > 0)
                exact = PlainModel.BestFound(problem, exactSeconds) is { } weight ? (weight / (double)proposal.Score.Bound).ToString("P1", CultureInfo.InvariantCulture) : "nothing";
        }

        double Median(Func<(Figures Engine, Figures First, double Seconds), double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size} | {ratio:F1} | {budget:F0} s | {Median(r => r.Engine.Gap):P2} | {Median(r => r.Engine.Quality):F0} | {Median(r => r.Engine.Preferred):P1} ({Median(r => r.First.Preferred):P1}) | {Median(r => r.Engine.Served):P1} ({Median(r => r.First.Served):P1}) | {Median(r => r.Engine.WorstSchool):P0} ({Median(r => r.First.WorstSchool):P0}) | {Median(r => r.First.Weight / (double)r.Engine.Bound):P1} | {exact} | {Median(r => r.Seconds):F1} | {self.PeakWorkingSet64 >> 20} MB |"));
    }
}

return 0;

string Value(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : otherwise;

string[] List(string name, string otherwise) => Value(name, otherwise).Split(',');

static string Root()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Stages.sln")))
        folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("run inside the checkout, or give --schools FILE");
    return folder;
}
