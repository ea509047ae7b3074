using System.Globalization;
using Shouldly;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// What it costs to come in, printed: bytes until sound, time until sound on a telephone, and memory after a class of drawing.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class JoinCostTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task bytes_and_seconds_from_entering_to_the_first_sound()
    {
        await using var world = await ClassroomWorld.Create("cost");
        var lesson = await world.Publish(-1, 180, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await claire.Sees("#begin:visible");
        await claire.Click("#begin");
        foreach (var stored in new[] { false, true })
        foreach (
            var (name, kilobits, delay) in new[]
            {
                ("no limit", 0, 0),
                ("4G: 9 Mbit/s, 170 ms", 9000, 170),
                ("150 kbit/s, 300 ms", 150, 300),
            }
        )
        {
            var joins = new List<Join>();
            for (var i = 0; i < 5; i++)
                joins.Add(await Enter(world, lesson, browser, stored, kilobits, delay));
            output.WriteLine(
                $"{(stored ? "stored" : "cold"), -6} {name, -22} "
                    + $"page {Median(joins, j => j.PageBytes):0} B, until sound {Median(joins, j => j.AllBytes):0} B; "
                    + $"link → “Entrer” {Median(joins, j => j.Usable):0.0} s, "
                    + $"“Entrer” → sound {Median(joins, j => j.Sound):0.0} s (median of 5)"
            );
            if (!stored)
                Median(joins, j => j.AllBytes).ShouldBeInRange(30_000, MostBytes, name);
        }
    }

    /// <summary>From the link to the first sound, with nothing stored: page, scripts, and all that the service says meanwhile.</summary>
    private const double MostBytes = 59_000;

    private sealed record Join(double PageBytes, double AllBytes, double Usable, double Sound);

    private static async Task<Join> Enter(ClassroomWorld world, Lesson lesson, ClassBrowser browser, bool stored, int kilobits, int delay)
    {
        var lina = await browser.Person("Lina", phone: true);
        try
        {
            if (stored)
            {
                await lina.Page.GotoAsync(new Uri(world.Address, "/classroom/check").ToString());
                await lina.SeesText("#stored", "a gardé la page");
            }
            var network = await lina.Page.Context.NewCDPSessionAsync(lina.Page);
            await network.SendAsync("Network.enable");
            await network.SendAsync("Network.clearBrowserCache");
            if (kilobits > 0)
                await network.SendAsync(
                    "Network.emulateNetworkConditions",
                    new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["offline"] = false,
                        ["latency"] = delay,
                        ["downloadThroughput"] = kilobits * 125,
                        ["uploadThroughput"] = kilobits * 125,
                    }
                );
            double bytes = 0;
            network.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
            network.Event("Network.webSocketFrameReceived").OnEvent += (_, e) =>
                bytes += e!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length;
            await lina.Page.AddInitScriptAsync(FirstSound);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await lina.Page.GotoAsync(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await lina.Page.Locator("#enter").WaitForAsync();
            var (usable, page) = (watch.Elapsed.TotalSeconds, bytes);
            await lina.Page.ClickAsync("#enter");
            await lina.Page.WaitForFunctionAsync("() => window.soundAfter", null, new() { Timeout = 60_000 });
            return new Join(page, bytes, usable, await lina.Page.EvaluateAsync<double>("() => soundAfter") / 1000);
        }
        finally
        {
            await lina.Page.Context.CloseAsync();
        }
    }

    /// <summary>From the click until a voice plays, by the page's own clock: what a test asks from outside takes time itself.</summary>
    private const string FirstSound = """
        document.addEventListener('click', (e) => {
          if (e.target.id !== 'enter') return;
          const from = performance.now();
          const look = setInterval(() => {
            if (![...document.querySelectorAll('audio')].some((a) => !a.paused && a.currentTime > 0)) return;
            clearInterval(look);
            window.soundAfter = performance.now() - from;
          }, 20);
        }, true);
        """;

    /// <summary>Thirty minutes at twenty strokes a minute, drawn by hand as fast as it goes.</summary>
    [Fact(Explicit = true)]
    public async Task memory_of_the_pages_after_thirty_minutes_of_drawing()
    {
        const int minutes = 30,
            strokesEach = 20;
        await using var world = await ClassroomWorld.Create("memory");
        var lesson = await world.Publish(-1, 180, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher), camera: false);
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false);
        await claire.SeesText("#people", "Lina");
        await claire.Click("#begin");
        await claire.Click("#see-board");
        await lina.Sees("#board");
        await Print("before");
        var sheet = (await claire.Page.Locator("#board").BoundingBoxAsync())!;
        var random = new Random(7);
        for (var minute = 1; minute <= minutes; minute++)
        {
            for (var stroke = 0; stroke < strokesEach; stroke++)
            {
                float X() => sheet.X + (float)(sheet.Width * (0.05 + (0.9 * random.NextDouble())));
                float Y() => sheet.Y + (float)(sheet.Height * (0.05 + (0.9 * random.NextDouble())));
                await claire.Page.Mouse.MoveAsync(X(), Y());
                await claire.Page.Mouse.DownAsync();
                await claire.Page.Mouse.MoveAsync(X(), Y(), new() { Steps = 12 });
                await claire.Page.Mouse.UpAsync();
            }
            if (minute % 10 == 0)
                await Print($"after {minute} minutes, {minute * strokesEach} strokes");
        }

        async Task Print(string when)
        {
            var (teacher, pupil) = (await Heap(claire), await Heap(lina));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when}: teacher {teacher:0.0} MB, pupil {pupil:0.0} MB"));
        }
    }

    private static async Task<double> Heap(ClassPage one)
    {
        var tools = await one.Page.Context.NewCDPSessionAsync(one.Page);
        await tools.SendAsync("HeapProfiler.collectGarbage");
        await tools.SendAsync("Performance.enable");
        var all = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        var used = all.EnumerateArray().First(m => m.GetProperty("name").GetString() == "JSHeapUsedSize");
        await tools.DetachAsync();
        return used.GetProperty("value").GetDouble() / 1_000_000;
    }

    private static double Median(List<Join> joins, Func<Join, double> of) => joins.Select(of).Order().ElementAt(joins.Count / 2);
}
