using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// The coordinator's board with some 500 stages and 3,000 wishes: how long a drop takes to be answered, conflicts included, over HTTP
/// and in a browser with a mouse, and the long tasks of the page while it is scrolled and dragged upon. With
/// <c>--at ADDRESS TOKEN [CAMPAIGN]</c> a house that runs already is measured.
/// </summary>
public static class BoardDrop
{
    private const int Moves = 200,
        Drags = 40;

    public static async Task<int> Run(string[] args)
    {
        if (args is ["--at", var address, var token, .. var rest])
            return await Measure(new Uri(address), token, rest.Length > 0 ? Guid.Parse(rest[0]) : null);

        await using var house = await CoordinatorHouse.Start();
        return await Measure(house.Portal, house.Token, null);
    }

    private static async Task<int> Measure(Uri portal, string token, Guid? known)
    {
        using var http = new HttpClient
        {
            BaseAddress = portal,
            Timeout = TimeSpan.FromMinutes(2),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var campaign = known ?? await BoardCampaign.Open(http, 1_600, 150);
        var stages = await Eventually.Is(() => Stages(http, campaign), s => s.Count > 0, TimeSpan.FromMinutes(2));
        var wishes = stages.Sum(s => s.GetProperty("pupils").GetArrayLength());
        Console.WriteLine($"campaign {campaign}: {stages.Count} stages, {wishes} wishes placed");

        var begun = await Beginnings(http, campaign, stages);
        Console.WriteLine($"HTTP   all targets as a drag begins        {Figures(begun)}");
        var (dry, done, refused) = await OverHttp(http, stages);
        Console.WriteLine($"HTTP   conflicts of a move (dry run)   {Figures(dry)}");
        Console.WriteLine($"HTTP   a move carried out or refused   {Figures(done)}   {refused} refused with their conflicts");
        var browser = await InBrowser(portal, token, campaign);
        Console.WriteLine(browser.Text);
        return Percentile(done, .95) < 200 && browser.P95 < 200 ? 0 : 1;
    }

    private static async Task<List<JsonElement>> Stages(HttpClient http, Guid campaign) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/stages")).GetProperty("items").EnumerateArray()];

    /// <summary>In turn those of a session and those of a pupil.</summary>
    private static async Task<List<double>> Beginnings(HttpClient http, Guid campaign, List<JsonElement> stages)
    {
        var draw = new Random(7);
        var answers = new List<double>();
        for (var i = -10; i < Moves; i++)
        {
            var stage = stages[draw.Next(stages.Count)];
            var pupil = stage.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid();
            var address =
                i % 2 == 0
                    ? $"/api/stages/{Id(stage)}/targets?module={Text(stage.GetProperty("modules")[0], "id")}"
                    : $"/api/campaigns/{campaign}/stages/targets?enrolmentId={pupil}&subject={Text(stage, "subject")}&from={Id(stage)}";
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            if (i >= 0)
                answers.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return answers;
    }

    /// <summary>
    /// As the board asks for it, a dry run and then the move: in turn a session to another slot, and a pupil to another stage of
    /// the same subject and level.
    /// </summary>
    private static async Task<(List<double> Dry, List<double> Done, int Refused)> OverHttp(HttpClient http, List<JsonElement> stages)
    {
        var draw = new Random(7);
        var (dry, done, refused) = (new List<double>(), new List<double>(), 0);
        for (var i = -10; i < Moves; i++) // the first ten for the just-in-time compiler
        {
            var drawn = stages[draw.Next(stages.Count)];
            var to = await http.GetFromJsonAsync<JsonElement>($"/api/stages/{Id(drawn)}");
            var others = stages.Where(s => Id(s) != Id(to) && IsLike(s, to)).ToArray();
            var body = i % 2 == 0 || others.Length == 0 ? Session(to, draw) : await Pupil(http, to, others, draw);
            var (previewed, _) = await Timed(http, $"/api/stages/{Id(to)}?dryRun=true", body);
            var (carried, status) = await Timed(http, $"/api/stages/{Id(to)}", body);
            if (i < 0)
                continue;
            dry.Add(previewed);
            done.Add(carried);
            if (status == 409)
                refused++;
        }
        return (dry, done, refused);
    }

    private static object Session(JsonElement stage, Random draw)
    {
        string[] starts = ["09:00", "11:15", "14:00", "16:15"];
        return new
        {
            modules = stage
                .GetProperty("modules")
                .EnumerateArray()
                .Select(
                    (m, i) =>
                        new
                        {
                            id = Text(m, "id"),
                            date = Text(m, "date"),
                            start = i == 0 ? starts[draw.Next(4)] : Text(m, "start"),
                        }
                ),
        };
    }

    private static bool IsLike(JsonElement one, JsonElement other) =>
        Text(one, "subject") == Text(other, "subject") && Text(one, "level") == Text(other, "level");

    /// <param name="others">At least one.</param>
    private static async Task<object> Pupil(HttpClient http, JsonElement to, JsonElement[] others, Random draw)
    {
        var from = await http.GetFromJsonAsync<JsonElement>($"/api/stages/{Id(others[draw.Next(others.Length)])}");
        return new
        {
            pupils = to.GetProperty("pupils")
                .EnumerateArray()
                .Select(p => new
                {
                    enrolmentId = p.GetProperty("enrolmentId").GetGuid(),
                    wish = Text(to, "subject"),
                    from = (string?)null,
                })
                .Append(
                    new
                    {
                        enrolmentId = from.GetProperty("pupils")[0].GetProperty("enrolmentId").GetGuid(),
                        wish = Text(to, "subject"),
                        from = (string?)Id(from),
                    }
                ),
        };
    }

    private static async Task<(double Milliseconds, int Status)> Timed(HttpClient http, string path, object body)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PutAsJsonAsync(path, body);
        await answer.Content.ReadAsByteArrayAsync();
        if ((int)answer.StatusCode is not (200 or 409))
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (int)answer.StatusCode);
    }

    private static async Task<(string Text, double P95)> InBrowser(Uri portal, string token, Guid campaign)
    {
        using var playwright = await Playwright.CreateAsync();
        var program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.First(File.Exists);
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] }
        );
        var context = await browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1280, Height = 800 },
                BaseURL = portal.ToString(),
                Locale = "fr-FR",
                ExtraHTTPHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer " + token },
            }
        );
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(
            "window.long = []; new PerformanceObserver(l => window.long.push(..."
                + "l.getEntries().map(e => e.duration))).observe({ type: 'longtask', buffered: true })"
        );
        // Processor time of the page's own thread beside the clock's: on a busy machine the clock tells of the others.
        var cdp = await context.NewCDPSessionAsync(page);
        await cdp.SendAsync(
            "Performance.enable",
            new Dictionary<string, object>(StringComparer.Ordinal) { ["timeDomain"] = "threadTicks" }
        );
        var spent = await Busy(cdp);
        var began = Stopwatch.GetTimestamp();
        await page.GotoAsync($"/coordination/{campaign}/tableau");
        await page.Locator("#board[data-ready=yes]").WaitForAsync();
        var open = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var openingTime = -spent + (spent = await Busy(cdp));
        var opening = await page.EvaluateAsync<double[]>("long.splice(0)");
        var elements = await page.EvaluateAsync<int>("document.querySelectorAll('*').length");

        await page.EvaluateAsync(
            """
            async () => {
              for (let y = 0; y < 6000; y += 120) {
                scrollTo(0, y);
                await new Promise(requestAnimationFrame);
              }
              scrollTo(0, 0);
            }
            """
        );
        var scrollingTime = -spent + (spent = await Busy(cdp));
        var scrolling = await page.EvaluateAsync<double[]>("long.splice(0)");

        var answers = new List<double>();
        for (var i = 0; i < Drags; i++)
        {
            // Chosen with a click; then one of its pupils is dragged onto a stage that turned green.
            var blocks = page.Locator(".block");
            await blocks.Nth(i * 7 % await blocks.CountAsync()).ClickAsync();
            await page.Locator("[data-chosen] [data-pupil]").First.HoverAsync();
            await page.Mouse.DownAsync();
            await page.Locator("[data-chosen]").HoverAsync();
            await page.Locator("#board[data-judged]").WaitForAsync();
            var target = page.Locator(".block.yes").First;
            if (await target.CountAsync() == 0)
            {
                await page.Mouse.UpAsync();
                continue;
            }
            await page.EvaluateAsync("delete document.getElementById('board').dataset.answeredIn");
            await target.HoverAsync();
            await target.HoverAsync(
                new()
                {
                    Position = new() { X = 20, Y = 8 },
                }
            );
            await page.Mouse.UpAsync();
            await page.Locator("#board[data-answered-in]").WaitForAsync();
            answers.Add(
                double.Parse(await page.Locator("#board").GetAttributeAsync("data-answered-in") ?? "0", CultureInfo.InvariantCulture)
            );
        }
        var draggingTime = -spent + (spent = await Busy(cdp));
        var dragging = await page.EvaluateAsync<double[]>("long.splice(0)");
        return (
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                page   opened in {open:0} ms, {elements} elements; long tasks while it opens {Tasks(opening)}, while scrolling {Tasks(
                    scrolling
                )}, while dragging {Tasks(dragging)}
                page   a drop with the mouse until the answer is drawn   {Figures(answers)}   {answers.Count} drops
                page   processor time of its thread: {openingTime:0} ms to open, {scrollingTime
                    / 100:0.0} ms for each of 100 scroll steps, {draggingTime / Math.Max(1, answers.Count):0} ms for each drag and drop
                """
            ),
            Percentile(answers, .95)
        );
    }

    /// <summary>Milliseconds that the page's thread has worked so far.</summary>
    private static async Task<double> Busy(ICDPSession cdp) =>
        (await cdp.SendAsync("Performance.getMetrics"))!
            .Value.GetProperty("metrics")
            .EnumerateArray()
            .First(m => Text(m, "name") == "TaskDuration")
            .GetProperty("value")
            .GetDouble() * 1000;

    private static string Tasks(double[] tasks) =>
        tasks.Length == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{tasks.Length} (longest {tasks.Max():0} ms)");

    private static string Figures(List<double> all) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"median {Percentile(all, .5), 5:0.0} ms   p95 {Percentile(all, .95), 5:0.0} ms   "
                + $"longest {all.DefaultIfEmpty().Max(), 5:0.0} ms"
        );

    private static double Percentile(List<double> all, double part) =>
        all.Count == 0 ? double.NaN : all.Order().ElementAt(Math.Min(all.Count - 1, (int)(part * all.Count)));

    private static string Id(JsonElement stage) => Text(stage, "id");

    private static string Text(JsonElement stage, string name) => stage.GetProperty(name).GetString()!;
}
