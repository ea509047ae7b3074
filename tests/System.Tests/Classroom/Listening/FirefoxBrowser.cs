using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>Firefox as the distribution has it, spoken to by WebDriver BiDi, which it listens to by itself.</summary>
internal sealed partial class FirefoxBrowser : IPersonsBrowser
{
    private const string Program = "/usr/bin/firefox-esr";

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("stages-firefox-");
    private readonly BidiConnection bidi = new();
    private Process? process;

    public static bool IsThere => Path() is not null;

    private static string? Path() => new[] { Program, "/usr/bin/firefox" }.FirstOrDefault(File.Exists);

    public static async Task<FirefoxBrowser> Start(Dictionary<string, string> environment, int hertz)
    {
        var firefox = new FirefoxBrowser();
        await File.WriteAllTextAsync(System.IO.Path.Combine(firefox.profile.FullName, "user.js"), Settings(hertz));
        var start = new ProcessStartInfo(
            Path()!,
            ["--headless", "--no-remote", "--profile", firefox.profile.FullName, "--remote-debugging-port", "0", "about:blank"]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = firefox.profile.FullName;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        firefox.process = Process.Start(start)!;
        var address = new TaskCompletionSource<string>();
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is { } text && Listens().Match(text) is { Success: true } found)
                address.TrySetResult(found.Value);
        };
        firefox.process.ErrorDataReceived += read;
        firefox.process.OutputDataReceived += read;
        firefox.process.BeginErrorReadLine();
        firefox.process.BeginOutputReadLine();
        await firefox.bidi.Open(new Uri(await address.Task.WaitAsync(TimeSpan.FromSeconds(60)) + "/session"));
        return firefox;
    }

    [GeneratedRegex(@"ws://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Listens();

    /// <summary>
    /// Pretended devices that nobody is asked about, and addresses of this machine for the media; the rule of what may play stays.
    /// </summary>
    private static string Settings(int hertz) =>
        string.Concat(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["media.navigator.streams.fake"] = "true",
                ["media.navigator.permission.disabled"] = "true",
                ["media.navigator.audio.fake_frequency"] = hertz.ToString(CultureInfo.InvariantCulture),
                ["media.peerconnection.ice.loopback"] = "true",
                ["media.peerconnection.ice.obfuscate_host_addresses"] = "false",
                ["intl.accept_languages"] = "\"fr-FR, fr\"",
                ["app.update.enabled"] = "false",
                ["browser.shell.checkDefaultBrowser"] = "false",
                ["datareporting.policy.dataSubmissionEnabled"] = "false",
                ["network.captive-portal-service.enabled"] = "false",
                ["network.connectivity-service.enabled"] = "false",
                ["toolkit.telemetry.enabled"] = "false",
            }.Select(s => $"user_pref(\"{s.Key}\", {s.Value});\n")
        );

    public async Task<IBrowserTab> Newcomer(string before)
    {
        var person = (await bidi.Ask("browser.createUserContext", []))["userContext"]!.GetValue<string>();
        await bidi.Ask(
            "script.addPreloadScript",
            new JsonObject { ["functionDeclaration"] = $"() => {{ {before} }}", ["userContexts"] = new JsonArray(person) }
        );
        return await Open(person);
    }

    private async Task<Tab> Open(string person)
    {
        var opened = await bidi.Ask("browsingContext.create", new JsonObject { ["type"] = "tab", ["userContext"] = person });
        return new Tab(this, person, opened["context"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        await bidi.DisposeAsync();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        profile.Delete(recursive: true);
    }

    private sealed class Tab(FirefoxBrowser firefox, string person, string context) : IBrowserTab
    {
        private BidiConnection Bidi => firefox.bidi;

        private JsonObject Here(JsonObject more)
        {
            more["context"] = context;
            return more;
        }

        public Task Goto(string address) => Bidi.Ask("browsingContext.navigate", Here(new() { ["url"] = address, ["wait"] = "complete" }));

        public Task Reload() => Bidi.Ask("browsingContext.reload", Here(new() { ["wait"] = "complete" }));

        public async Task Click(string selector)
        {
            await this.Run<bool>($"() => {{ document.querySelector('{selector}').scrollIntoView({{ block: 'center' }}); return true; }}");
            var located = await Bidi.Ask(
                "browsingContext.locateNodes",
                Here(
                    new()
                    {
                        ["locator"] = new JsonObject { ["type"] = "css", ["value"] = selector },
                    }
                )
            );
            // Where it is at the moment of the click: lines that come in above it move it.
            var node = new JsonObject { ["sharedId"] = located["nodes"]![0]!["sharedId"]!.GetValue<string>() };
            var move = new JsonObject
            {
                ["type"] = "pointerMove",
                ["x"] = 0,
                ["y"] = 0,
                ["origin"] = new JsonObject { ["type"] = "element", ["element"] = node },
            };
            JsonObject Press(string how) => new() { ["type"] = how, ["button"] = 0 };
            var hand = new JsonObject
            {
                ["type"] = "pointer",
                ["id"] = "hand",
                ["actions"] = new JsonArray(move, Press("pointerDown"), Press("pointerUp")),
            };
            await Bidi.Ask("input.performActions", Here(new() { ["actions"] = new JsonArray(hand) }));
        }

        public async Task<IBrowserTab> Another() => await firefox.Open(person);

        public async Task<string> Json(string function)
        {
            var asked = new JsonObject
            {
                ["expression"] = $"(async () => JSON.stringify(await ({function})()))()",
                ["target"] = new JsonObject { ["context"] = context },
                ["awaitPromise"] = true,
            };
            var answer = await Bidi.Ask("script.evaluate", asked);
            if (answer["type"]!.GetValue<string>() != "success")
                throw new InvalidOperationException(answer["exceptionDetails"]?["text"]?.GetValue<string>());
            return answer["result"]?["value"]?.GetValue<string>() ?? "null";
        }

        public async Task Picture(string path)
        {
            var taken = await Bidi.Ask("browsingContext.captureScreenshot", Here([]));
            await File.WriteAllBytesAsync(path, Convert.FromBase64String(taken["data"]!.GetValue<string>()));
        }

        /// <summary>With all tabs of this person.</summary>
        public async ValueTask DisposeAsync() => await Bidi.Ask("browser.removeUserContext", new JsonObject { ["userContext"] = person });
    }
}
