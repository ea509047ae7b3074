using System.Text.RegularExpressions;
using System.Web;

namespace Stages.Demo;

/// <summary>
/// The second guardians, and the families whom the coordinator enrolled: each opens the link of the one message that they got and presses
/// the button, as in a browser.
/// </summary>
public static partial class Strangers
{
    public static async Task Confirm(IEnumerable<EnrolmentPart> enrolled, Options options, Screen screen, TimeSpan patience, int atOnce)
    {
        var parts = enrolled.ToList();
        var signedIn = parts.Select(p => p.Family?.Email).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var asked = parts.SelectMany(p => p.Emails).ToHashSet(StringComparer.OrdinalIgnoreCase).Count(e => !signedIn.Contains(e));
        var links = new HashSet<string>(StringComparer.Ordinal);
        await screen.Until(
            "everybody is asked",
            patience,
            async () =>
            {
                foreach (var file in Directory.EnumerateFiles(options.MailFolder, "*.eml"))
                    if (
                        Link().Match((await File.ReadAllTextAsync(file)).Replace("=\r\n", "", StringComparison.Ordinal)) is
                        { Success: true } link
                    )
                        links.Add(link.Groups["path"].Value);
                return (links.Count >= asked, $"{links.Count} of {asked} messages have arrived.");
            }
        );
        await Parallel.ForEachAsync(
            links,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (link, cancel) => await SayYes(new Uri(options.Portal, link), cancel)
        );
        screen.Line($"{links.Count} addresses confirmed.");
    }

    private static async Task SayYes(Uri page, CancellationToken cancel)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new() });
        var opened = await browser.GetStringAsync(page, cancel);
        if (Form().Matches(opened).FirstOrDefault(f => f.Value.Contains("value=\"yes\"", StringComparison.Ordinal)) is not { } form)
            return;
        var fields = Hidden()
            .Matches(form.Value)
            .Select(f => KeyValuePair.Create(f.Groups["name"].Value, HttpUtility.HtmlDecode(f.Groups["value"].Value)));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(page, content, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new ApiFailure($"POST of the link of an address: {(int)answer.StatusCode}");
    }

    [GeneratedRegex("(?<path>/a/[0-9A-Z]{12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Hidden();
}
