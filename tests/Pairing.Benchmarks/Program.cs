using System.Globalization;
using Stages.Pairing.Benchmarks;
using Stages.Pairing.Cli;

// Prints the figures of the pairing engine; tests/bench-pairing runs it. They read the same whatever the machine's language.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
try
{
    var options = Options.Parse(args, Root());
    using var report = new Report(options.Out, options.Minutes);
    if (options.Parts.Contains("cases"))
        new Cases(options, report).Run();
    if (options.Parts.Contains("table"))
        await new Table(options, report).RunAsync();
    if (options.Parts.Contains("halves"))
        new Halves(options, report).Run();
    return 0;
}
catch (WrongOptionException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{Options.Usage}");
    return 2;
}

static string Root()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Stages.sln")))
        folder = Path.GetDirectoryName(folder) ?? throw new WrongOptionException("run it inside the checkout");
    return folder;
}
