using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// What a coordinator waits for in a campaign of 20,000 pupils: the list, a search in it, the board and its stages, a school's list brought
/// and previewed. In turn with the page of campaigns, which reads next to nothing: the ratios are those of one run.
/// </summary>
public static partial class CoordinatorPages
{
    private const int Rounds = 60;
    private const int LinesOfASchool = 300;

    public static async Task<int> Run(string[] args)
    {
        var pupils = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        await using var house = await CoordinatorHouse.Start();
        using var http = house.Coordinator();
        var campaign = await BoardCampaign.Open(http, pupils, pupils * 150 / 1_600);

        var page = $"/coordination/{campaign}";
        (string What, Func<int, Task> Ask)[] all =
        [
            ("the campaigns", _ => Get(http, "/coordination")),
            ("the list, a page", n => Get(http, $"{page}/inscriptions?page={1 + n}")),
            ("a search by name", n => Get(http, $"{page}/inscriptions?nom={Searched[n % Searched.Length]}")),
            ("the board, its page", _ => Get(http, $"{page}/tableau")),
            ("the board, its stages", _ => Get(http, $"/api/campaigns/{campaign}/stages")),
            ("a list of 300 previewed", n => Preview(http, $"{page}/importer/inscriptions", n)),
        ];
        var times = all.Select(_ => new List<double>()).ToArray();
        for (var round = -5; round < Rounds; round++) // the first five for the just-in-time compiler
        for (var i = 0; i < all.Length; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await all[i].Ask(round + 5);
            if (round >= 0)
                times[i].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        Console.WriteLine($"{pupils:N0} pupils; {Rounds} rounds, in milliseconds");
        Console.WriteLine("                           median   95 %   beside the campaigns");
        var plain = Percentile(times[0], .5);
        for (var i = 0; i < all.Length; i++)
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{all[i].What, -25} {Percentile(times[i], .5), 8:0} {Percentile(times[i], .95), 6:0} "
                        + $"{Percentile(times[i], .5) / plain, 10:0.0}"
                )
            );
        return times.All(t => Percentile(t, .95) < 300) ? 0 : 1;
    }

    /// <summary>As people type: without accents, in any order, with a slip.</summary>
    private static readonly string[] Searched = ["lina+benali", "ines", "MARTIN+Noe", "garcai", "fabre+zoe", "sacha", "petti", "roux+leo"];

    private static async Task<string> Get(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Brings a list whose children are new, and asks until its preview is there.</summary>
    private static async Task Preview(HttpClient http, string path, int round)
    {
        using var form = new MultipartFormDataContent();
        foreach (Match hidden in Hidden().Matches(await Get(http, path)))
            form.Add(new StringContent(System.Net.WebUtility.HtmlDecode(hidden.Groups["value"].Value)), hidden.Groups["name"].Value);
        var lines = Enumerable
            .Range(0, LinesOfASchool)
            .Select(i => $"Nouvel {BoardCampaign.Letters(i)};Arrivant {BoardCampaign.Letters(round)};6e;0340008Z;parent{i}@example.org;FR");
        var list = string.Join("\r\n", lines.Prepend("Prénom;Nom;Niveau;UAI;Courriel;Vœu 1"));
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "file", "eleves.csv");
        using var brought = await http.PostAsync(path, form);
        var at = brought.Headers.Location?.ToString() ?? throw new InvalidOperationException($"Not taken: {brought.StatusCode}");
        var shown = await Get(http, at);
        while (shown.Contains("data-fresh", StringComparison.Ordinal))
            shown = await Get(http, at);
        if (!shown.Contains("300", StringComparison.Ordinal))
            throw new InvalidOperationException($"No preview: {shown}");
    }

    private static double Percentile(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, share * values.Count));

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Hidden();
}
