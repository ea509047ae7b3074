using Microsoft.Playwright;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>
/// Chromium as it comes, with its own rule of when a page may play; what it plays is not held back, as a test's browser does.
/// </summary>
internal sealed class ChromiumBrowser(IPlaywright playwright, IBrowser browser) : IPersonsBrowser
{
    public static async Task<ChromiumBrowser> Start(Dictionary<string, string> environment, string voice)
    {
        var playwright = await Playwright.CreateAsync();
        var all = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry known in Environment.GetEnvironmentVariables())
            all.TryAdd((string)known.Key, (string?)known.Value ?? "");
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.First(File.Exists),
                Env = all,
                IgnoreDefaultArgs = ["--mute-audio"],
                Args =
                [
                    "--no-sandbox",
                    "--use-fake-device-for-media-stream",
                    "--use-fake-ui-for-media-stream",
                    $"--use-file-for-fake-audio-capture={voice}",
                    "--allow-loopback-in-peer-connection",
                    "--disable-features=WebRtcHideLocalIpsWithMdns",
                ],
            }
        );
        return new ChromiumBrowser(playwright, browser);
    }

    public async Task<IBrowserTab> Newcomer(string before)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions { Locale = "fr-FR", Permissions = ["microphone", "camera"] }
        );
        await context.AddInitScriptAsync(before);
        return new Tab(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private sealed class Tab(IPage page) : IBrowserTab
    {
        public Task Goto(string address) => page.GotoAsync(address);

        public Task Reload() => page.ReloadAsync();

        public Task Click(string selector) => page.ClickAsync(selector);

        public async Task<IBrowserTab> Another() => new Tab(await page.Context.NewPageAsync());

        public Task<string> Json(string function) => page.EvaluateAsync<string>($"async () => JSON.stringify(await ({function})())");

        public Task Picture(string path) => page.ScreenshotAsync(new() { Path = path });

        /// <summary>With all tabs of this person.</summary>
        public ValueTask DisposeAsync() => new(page.Context.CloseAsync());
    }
}
