using System.Globalization;

namespace Stages.Demo;

/// <summary>The command line, as infra/run gives it.</summary>
/// <param name="Data">The run's data folder: keys, and where the figures are written.</param>
/// <param name="Of2021">The weeks of spring 2021 instead of the next ones.</param>
/// <param name="Class">
/// A class of today as well (<c>yes</c>), for whoever stays and wants to enter it; or that alone (<c>only</c>).
/// </param>
/// <param name="Since">When the run began, so that the time told includes installing and building.</param>
public sealed record Options(
    Uri Portal,
    string Data,
    string Checkout,
    int Pupils,
    int Seed,
    int BudgetSeconds,
    bool Of2021,
    string Class,
    DateTimeOffset Since
)
{
    public static Options Parse(string[] args, TimeProvider clock)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < args.Length; i += 2)
            given[args[i]] = args[i + 1];
        string Text(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);
        long Number(string name, long otherwise) =>
            given.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new Options(
            new Uri(Text("--portal", "http://localhost:8080")),
            Text("--data", ".data"),
            Text("--checkout", "."),
            (int)Number("--pupils", 800),
            (int)Number("--seed", 7),
            (int)Number("--budget", 60),
            Text("--fortnight", "next") == "2021",
            Text("--class", "no"),
            DateTimeOffset.FromUnixTimeSeconds(Number("--since", clock.GetUtcNow().ToUnixTimeSeconds()))
        );
    }

    public string MailFolder => Path.Combine(Data, "mail");

    public string SchoolsPath => Path.Combine(Checkout, "services", "Enrolment", "Schools", "schools-montpellier.csv");
}
