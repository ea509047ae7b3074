using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Stages.Testing;

namespace Stages.SystemTests.Classroom;

/// <summary>A headless Chromium with a pretended camera and microphone that beeps.</summary>
public sealed class ClassBrowser(IPlaywright playwright, IBrowser browser, bool bypassPolicy) : IAsyncDisposable
{
    /// <param name="believes">Keys whose certificates are believed, whoever signed them: base64 of their SHA-256.</param>
    public static async Task<ClassBrowser> Start(bool bypassPolicy = false, string? believes = null)
    {
        var playwright = await Playwright.CreateAsync();
        var path = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.First(File.Exists);
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args =
                [
                    "--no-sandbox",
                    "--use-fake-device-for-media-stream",
                    "--use-fake-ui-for-media-stream",
                    "--allow-loopback-in-peer-connection",
                    "--disable-features=WebRtcHideLocalIpsWithMdns",
                    "--autoplay-policy=no-user-gesture-required",
                    "--auto-select-desktop-capture-source=Entire screen",
                    .. believes is null ? Array.Empty<string>() : [$"--ignore-certificate-errors-spki-list={believes}"],
                ],
            }
        );
        return new ClassBrowser(playwright, browser, bypassPolicy);
    }

    /// <summary>A person of their own: cookies and storage are shared with nobody.</summary>
    /// <param name="relayOnly">Their network lets nothing through but the relay.</param>
    public async Task<ClassPage> Person(string name, bool phone = false, string locale = "fr-FR", bool relayOnly = false)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                Locale = locale,
                Permissions = ["microphone", "camera"],
                ViewportSize = phone ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
                HasTouch = phone,
                DeviceScaleFactor = 1,
                BypassCSP = bypassPolicy,
            }
        );
        // Lets a test cut the signalling as a bad network does: the page is not asked.
        await context.AddInitScriptAsync(
            "window.sockets = []; window.WebSocket = class extends WebSocket { "
                + "constructor(...a) { super(...a); window.sockets.push(this); } };"
        );
        await context.AddInitScriptAsync(
            "window.connections = []; window.RTCPeerConnection = class extends RTCPeerConnection { constructor(c) { super("
                + (relayOnly ? "{ ...c, iceTransportPolicy: 'relay' }" : "c")
                + "); window.connections.push(this); } };"
        );
        return new ClassPage(await context.NewPageAsync(), name);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>What one person sees and does in class.</summary>
public sealed partial class ClassPage
{
    public ClassPage(IPage page, string name)
    {
        (Page, Name) = (page, name);
        page.Console += (_, e) =>
        {
            lock (Log)
                Log.Add($"{name}: {e.Type} {e.Text}");
        };
        page.PageError += (_, e) =>
        {
            lock (Log)
                Log.Add($"{name}: ERROR {e}");
        };
    }

    public IPage Page { get; }

    public string Name { get; }

    public List<string> Log { get; } = [];

    public async Task Open(string link, bool camera = true, int clicks = 1)
    {
        await Page.GotoAsync(link);
        await Page.Locator("#advice li").Nth(2).WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        if (camera)
            await Page.CheckAsync("#wantCam");
        await Page.ClickAsync("#enter", new() { ClickCount = clicks });
    }

    /// <summary>Comes back by a new link, from elsewhere: to the page on which one is it would change nothing but its end.</summary>
    public async Task Return(string link)
    {
        await Page.GotoAsync("about:blank");
        await Open(link, camera: false);
    }

    public async Task Sees(string selector, int seconds = 30)
    {
        await Reach(selector);
        await Page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { Timeout = 1000 * seconds });
    }

    public async Task SeesText(string selector, string text, int seconds = 30)
    {
        await Reach(selector);
        await Page.Locator(selector, new PageLocatorOptions { HasText = text })
            .First.WaitForAsync(new LocatorWaitForOptions { Timeout = 1000 * seconds });
    }

    /// <summary>As a person does who wants something that is folded away: its panel, "Plus" or "Ma classe" is opened for it.</summary>
    public async Task Reach(string selector)
    {
        var id = FirstId().Match(selector).Value.TrimStart('#');
        // Nothing of the class is there before one is in it.
        if (Folded.Contains(id) || id.StartsWith("panel-", StringComparison.Ordinal))
            await Page.Locator("#bar").WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 });
        var steps = await Page.EvaluateAsync<string[]>(Way, id);
        foreach (var step in steps)
            if (step == "Escape")
                await Page.Keyboard.PressAsync("Escape");
            else if (step.StartsWith("#tab-", StringComparison.Ordinal))
                await Page.EvaluateAsync(Unfold, step);
            else
                await Page.ClickAsync(step);
    }

    /// <summary>A quiz opens by itself: a press on its tab at the same moment would close it.</summary>
    private const string Unfold = "(tab) => { const one = document.querySelector(tab); if (one.ariaExpanded !== 'true') one.click(); }";

    private static readonly HashSet<string> Folded = new(StringComparer.Ordinal)
    {
        "people",
        "chat",
        "line",
        "notes",
        "poll",
        "documents",
        "record",
        "recordMine",
        "lock",
    };

    [GeneratedRegex("^#[A-Za-z-]+", RegexOptions.None, 1000)]
    private static partial Regex FirstId();

    private const string Way = """
        (id) => {
          const steps = [];
          const wanted = document.getElementById(id);
          if (!wanted || document.getElementById('class')?.hidden !== false) return steps;
          const sheet = document.getElementById('myClassDialog');
          const dialog = wanted.closest('dialog');
          if (sheet.open && dialog !== sheet) steps.push('Escape');
          if (dialog === sheet && !sheet.open) steps.push('#myClass');
          const seen = (e) => !!e && e.getClientRects().length > 0;
          const panel = wanted.closest('[id^=panel-]');
          const goal = panel?.hidden ? document.getElementById('tab-' + panel.id.slice(6)) : wanted;
          if (document.getElementById('sheetOfMore').contains(goal) && !goal.hidden && !seen(goal)) steps.push('#more');
          if (goal !== wanted) steps.push('#' + goal.id);
          return steps;
        }
        """;

    /// <summary>Now: a place that was lost and found again would have cost the key that was pressed in between.</summary>
    public async Task HasFocus(string selector) =>
        (await Page.Locator(selector).First.EvaluateAsync<bool>("e => e === document.activeElement")).ShouldBeTrue(
            $"{selector} has the focus, and not {await Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)")}"
        );

    public async Task Click(string selector)
    {
        // A panel that is wanted and open already stays so.
        if (selector.StartsWith("#tab-", StringComparison.Ordinal))
        {
            await Reach("#panel-" + selector["#tab-".Length..]);
            return;
        }
        await Reach(selector);
        await Page.ClickAsync(selector);
    }

    public async Task Check(string selector, bool on = true)
    {
        await Reach(selector);
        await Page.SetCheckedAsync(selector, on);
    }

    /// <summary>Breaks the WebSocket and returns once the page has made another one by itself.</summary>
    public async Task CutSignalling()
    {
        await Page.EvaluateAsync("() => { window.cutAt = sockets.length; for (const s of sockets) s.close(); }");
        await Page.WaitForFunctionAsync(
            "() => sockets.length > cutAt && sockets.at(-1).readyState === 1 && classroom.media.received.length === 0"
        );
    }

    /// <summary>Types into the shared notes, whose tab is open.</summary>
    public async Task Writes(string text, string at = "End", int pause = 0)
    {
        await Page.FocusAsync(Notes);
        await Page.Keyboard.PressAsync("Control+" + at);
        await Page.Keyboard.TypeAsync(text, new() { Delay = pause });
    }

    public Task<string> NotesText() =>
        Page.EvaluateAsync<string>($"() => [...document.querySelectorAll('{Notes} > *')].map((line) => line.textContent).join('\\n')");

    public Task ReadsInNotes(string text) =>
        Eventually.Is(NotesText, now => now == text, TimeSpan.FromSeconds(30), $"{Name} reads it in the notes");

    private const string Notes = "#notes .ql-editor";

    public Task Screenshot(ClassroomWorld world, string name) => Page.Picture(world.Artifacts, name);

    /// <summary>For a test that has failed already: a page that no longer answers must not hide why.</summary>
    public async Task Explain(ClassroomWorld world, Xunit.ITestOutputHelper output)
    {
        try
        {
            await Screenshot(world, "failed-" + Name);
            var state = await Page.EvaluateAsync<JsonElement?>(
                "async () => window.classroom && { mic: classroom.media.mic?.readyState, all: await classroom.media.statistics() }"
            );
            output.WriteLine($"{Name}: {state}");
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            output.WriteLine($"{Name}: no picture, {e.Message}");
        }
        lock (Log)
            foreach (var line in Log.TakeLast(30))
                output.WriteLine(line);
    }

    /// <summary>What is received: each stream with its packets, frames and energy of sound.</summary>
    public async Task<IReadOnlyList<ReceivedStatistics>> Received()
    {
        var all = await Page.EvaluateAsync<JsonElement>("async () => window.classroom ? await window.classroom.media.statistics() : []");
        return
        [
            .. all.EnumerateArray()
                .Where(s => s.GetProperty("id").GetString() == "receive")
                .Select(s => new ReceivedStatistics(
                    s.TryGetProperty("participantId", out var p) && p.ValueKind == JsonValueKind.String ? p.GetString()! : "",
                    s.GetProperty("kind").GetString()!,
                    Number(s, "packets"),
                    Number(s, "frames"),
                    Number(s, "energy"),
                    Number(s, "lost"),
                    Number(s, "concealed"),
                    Number(s, "samples"),
                    Number(s, "width")
                )),
        ];
    }

    /// <summary>Waits until sound and picture of so many others advance; returns how long that took.</summary>
    public async Task<TimeSpan> Hears(int others, bool pictures = true, int seconds = 60)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var before = await Received();
        await Eventually.Is(
            async () =>
            {
                var now = await Received();
                int Advancing(string kind) =>
                    now.Count(n =>
                        n.Kind == kind
                        && n.Participant.Length > 0
                        && n.Packets
                            > (
                                before
                                    .FirstOrDefault(b => b.Participant == n.Participant && b.Kind == kind && b.Packets <= n.Packets)
                                    ?.Packets
                                ?? 0
                            )
                        && (kind == "video" ? n.Frames > 0 : n.Energy > 0)
                    );
                var counts = (Sound: Advancing("audio"), Pictures: Advancing("video"), All: string.Join("; ", now));
                before = now;
                return counts;
            },
            counts => counts.Sound >= others && (!pictures || counts.Pictures >= others),
            TimeSpan.FromSeconds(seconds),
            $"{Name} hears {others} others"
        );
        return watch.Elapsed;
    }

    /// <summary>Waits until the page itself plays so many voices: what is received and decoded could still be silent.</summary>
    public async Task PlaysVoices(int others) =>
        await Eventually.Is(
            () =>
                Page.EvaluateAsync<double[]>(
                    """
                    async () => {
                      const live = (a) => a.srcObject?.getAudioTracks()[0]?.readyState === 'live';
                      const all = [...document.querySelectorAll('audio')].filter(live);
                      const before = all.map((a) => a.currentTime);
                      await Promise.all(all.map((a) => new Promise((later) => a.addEventListener('timeupdate', later, { once: true }))));
                      return all.filter((a, i) => !a.paused && !a.muted && a.volume === 1).map((a, i) => a.currentTime - before[i]);
                    }
                    """
                ),
            advanced => advanced.Count(by => by > 0) == others,
            TimeSpan.FromSeconds(30),
            $"{Name} plays {others} voices"
        );

    private static double Number(JsonElement e, string name) =>
        e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Number ? v.GetDouble() : 0;
}

public sealed record ReceivedStatistics(
    string Participant,
    string Kind,
    double Packets,
    double Frames,
    double Energy,
    double Lost,
    double Concealed,
    double Samples,
    double Width
);
