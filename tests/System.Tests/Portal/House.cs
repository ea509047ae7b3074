using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Stages.Classrooms.Tests;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Portal;

/// <summary>Every service as its own process, a mail server that keeps files, and a browser: the house as people meet it.</summary>
public sealed class House : IAsyncLifetime
{
    public static readonly string[] Levels = ["6e", "5e"];

    private readonly List<ServiceProcess> processes = [];
    private readonly AuthenticatorApps apps = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);
    private TestRealm realm = null!;
    private int coordinators;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Portal { get; private set; } = "";

    public MailFolder Mailbox { get; private set; } = null!;

    /// <summary>For the few tests that break something.</summary>
    public string Postgres => realm.Postgres;

    /// <summary>Where classes may be held instead of in ours.</summary>
    internal BigBlueButtonEmulator BigBlueButton { get; private set; } = null!;

    public string Coordinator { get; } = "camille.martin@example.org";

    /// <summary>A second coordinator of the whole académie.</summary>
    public string Colleague { get; } = "dominique.roy@example.org";

    /// <summary>A third one, who has never signed in.</summary>
    public string Newcomer { get; } = "sacha.leroy@example.org";

    private const int Coordinators = 60;

    /// <summary>
    /// An administrator of the whole académie who has never signed in: one person's app shows a code that is believed every half
    /// minute, for which nobody has to wait so.
    /// </summary>
    public string NewCoordinator() => NameOf(Interlocked.Increment(ref coordinators));

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"coordinator-{number}@example.org");

    /// <summary>Screenshots, logs.</summary>
    /// <summary>Ports at which the services let their figures be read.</summary>
    public Dictionary<string, int> Figures { get; } = new(StringComparer.Ordinal);

    public string Artifacts { get; } = Path.Combine(Servers.Checkout, "artifacts", "portal");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Artifacts);
        realm = await TestRealm.Create();
        var mails = Directory.CreateTempSubdirectory("stages-mail-").FullName;
        Mailbox = new MailFolder(mails);
        var smtp = ServiceProcess.FreePort();
        (string Name, string Folder, string Assembly, int Port)[] all =
        [
            ("", "infra/tools/MailSink", "Stages.MailSink", ServiceProcess.FreePort()),
            ("Enrolment", "services/Enrolment", "Stages.Enrolments", ServiceProcess.FreePort()),
            ("Scheduling", "services/Scheduling", "Stages.Scheduling", ServiceProcess.FreePort()),
            ("Notification", "services/Notification", "Stages.Notifications", ServiceProcess.FreePort()),
            ("Classroom", "services/Classroom", "Stages.Classrooms", ServiceProcess.FreePort()),
            ("Portal", "services/Portal", "Stages.Portal", ServiceProcess.FreePort()),
        ];
        BigBlueButton = await BigBlueButtonEmulator.Start();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Classroom:BigBlueButton:Url"] = BigBlueButton.Url,
            ["Classroom:BigBlueButton:Secret"] = BigBlueButtonEmulator.Secret,
            // Before Notification knows who coordinates, the alarms' address hears in their place.
            ["Portal:CoordinatorsEvery"] = "00:00:01",
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = smtp.ToString(CultureInfo.InvariantCulture),
            ["Notifications:GatherSeconds"] = "0.5",
            ["MailSink:Folder"] = mails,
            ["MailSink:SmtpPort"] = smtp.ToString(CultureInfo.InvariantCulture),
            ["Portal:Staff:0:Email"] = Coordinator,
            ["Portal:Staff:0:Role"] = "admin",
            ["Portal:Staff:0:Name"] = "Camille Martin",
            ["Portal:Staff:1:Email"] = Colleague,
            ["Portal:Staff:1:Role"] = "coordinator",
            ["Portal:Staff:1:Name"] = "Dominique Roy",
            ["Portal:Staff:2:Email"] = Newcomer,
            ["Portal:Staff:2:Role"] = "coordinator",
            ["Portal:Staff:2:Name"] = "Sacha Leroy",
        };
        for (var i = 1; i <= Coordinators; i++)
        {
            settings[$"Portal:Staff:{i + 2}:Email"] = NameOf(i);
            settings[$"Portal:Staff:{i + 2}:Role"] = "admin";
            settings[$"Portal:Staff:{i + 2}:Name"] = "Alex Petit";
        }
        settings["Sms:Url"] = $"http://127.0.0.1:{all[0].Port}/sms";
        foreach (var s in all.Where(s => s.Name.Length > 0))
            // Passkeys belong to a name: an address of numbers has none.
            settings[$"Services:{s.Name}"] = s.Name == "Portal" ? $"http://localhost:{s.Port}" : $"http://127.0.0.1:{s.Port}";
        Portal = settings["Services:Portal"];
        foreach (var s in all)
        {
            var figures = ServiceProcess.FreePort();
            if (s.Name.Length > 0)
                Figures[s.Name] = figures;
            var process = new ServiceProcess(
                s.Folder,
                s.Assembly,
                settings.Append(new("Observe:Metrics", $"http://localhost:{figures}")),
                Artifacts,
                s.Port
            );
            processes.Add(process);
            process.Start();
            // One after another: six programs that start at once on a busy machine take longer than six in a row.
            await process.Ready(TimeSpan.FromMinutes(3));
        }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium(), Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] }
        );
    }

    /// <summary>A person's own browser.</summary>
    /// <param name="strict">Under the page's own policy; else without it, only because axe-core is put into the page by the test.</param>
    public async Task<IPage> Browser(
        int width,
        int height,
        bool script = true,
        string language = "fr-FR",
        bool strict = false,
        bool touch = false
    )
    {
        var context = await browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                JavaScriptEnabled = script,
                Locale = language,
                BaseURL = Portal,
                BypassCSP = !strict,
                HasTouch = touch,
            }
        );
        context.SetDefaultTimeout(60_000);
        open.GetOrAdd(Test, _ => []).Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Those of the test that ends.</summary>
    public async Task CloseBrowsers()
    {
        if (open.TryRemove(Test, out var contexts))
            foreach (var context in contexts)
                await context.CloseAsync();
    }

    private static string Test => TestContext.Current.Test?.UniqueID ?? "";

    /// <summary>With the code from the mail that really arrived, and for staff the one that their app shows.</summary>
    public async Task SignIn(IPage page, string email, string role)
    {
        // Two tests that are one person at once would each take the other's code.
        var turn = turns.GetOrAdd(email, _ => new(1));
        await turn.WaitAsync();
        try
        {
            await SignInAlone(page, email, role);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SignInAlone(IPage page, string email, string role)
    {
        await ProveAddress(page, email, role);
        if (IsSetUp(page.Url))
            await SetUpApp(page, email);
        else if (page.Url.Contains("/connexion/verification", StringComparison.Ordinal))
        {
            await page.FillAsync("input[name=__code]", await apps.Code(email));
            await page.ClickAsync("main form button[type=submit]");
        }
        await page.Arrives(url => !url.Contains("/connexion", StringComparison.Ordinal) && !IsSetUp(url));
    }

    /// <summary>As far as the code from the mail leads.</summary>
    public async Task ProveAddress(IPage page, string email, string role)
    {
        await page.GotoAsync("/connexion");
        await page.FillAsync("input[name=email]", email);
        await page.CheckAsync($"input[name=role][value={role}]");
        await TypeCode(page, email, "sign-in");
        await page.Arrives(url => !url.Contains("/connexion/code", StringComparison.Ordinal));
    }

    /// <summary>On the page of sign-in that came instead of what was asked for; it leads there.</summary>
    public async Task SignInHere(IPage page, string email, string role)
    {
        await page.FillAsync("input[name=email]", email);
        await page.CheckAsync($"input[name=role][value={role}]");
        await TypeCode(page, email, "sign-in");
    }

    private async Task SetUpApp(IPage page, string email)
    {
        apps.Keep(email, await page.Locator("code.key").InnerTextAsync());
        await page.FillAsync("input[name=code]", await apps.Code(email));
        await page.ClickAsync("form:has(input[name=offer]) button[type=submit]");
        apps.KeepPaper(email, await page.Locator(".codes").InnerTextAsync());
        await page.ClickAsync(".codes + .actions a");
    }

    private static bool IsSetUp(string url) => url.Contains("/compte/double-authentification", StringComparison.Ordinal);

    /// <summary>With the code from the text message.</summary>
    public async Task SignInByPhone(IPage page, string phone)
    {
        await page.GotoAsync("/connexion");
        await page.CheckAsync("input[name=by][value=sms]");
        await page.FillAsync("input[name=phone]", phone);
        await TypeCode(page, "+33" + new string([.. phone.Where(char.IsAsciiDigit)])[1..], "sms");
        await page.Arrives("**/famille");
    }

    private async Task TypeCode(IPage page, string address, string kind)
    {
        var code = await Mailbox.Code(
            address,
            kind,
            async () =>
            {
                await page.ClickAsync("main button[type=submit]");
                await page.Arrives("**/connexion/code*");
            }
        );
        await page.FillAsync("input[name=code]", code);
        await page.ClickAsync("main button[type=submit]");
    }

    public async Task<JsonElement> Api(
        HttpMethod method,
        string path,
        object? body = null,
        string role = "coordinator",
        string? email = null
    )
    {
        using var http = new HttpClient { BaseAddress = new Uri(Portal), Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = realm.Bearer(role, email ?? Coordinator) } };
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A campaign that takes enrolments now, with teachers and pupils enough for some stages.</summary>
    /// <param name="past">Its weeks are over, to see what comes after a stage.</param>
    public async Task<Guid> Campaign(int pupils, string name, bool past = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        // February has no public holiday in France, so that every slot is open whenever the test runs.
        var monday = new DateOnly(now.UtcDateTime.Year + (past ? -1 : 1), 2, 1);
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(1);
        var campaign = (
            await Api(
                HttpMethod.Post,
                "/api/campaigns",
                new
                {
                    name,
                    academy = "Montpellier",
                    zone = "C",
                    timeZone = "Europe/Paris",
                    weeks = new[] { new { label = "A", monday }, new { label = "B", monday = monday.AddDays(7) } },
                    enrolmentOpens = now.AddDays(-1),
                    enrolmentCloses = now.AddDays(10),
                    levels = Levels,
                    subjects = new[]
                    {
                        new
                        {
                            code = "FR",
                            name = "Français",
                            nameEn = "French",
                        },
                        new
                        {
                            code = "MA",
                            name = "Mathématiques",
                            nameEn = "Mathematics",
                        },
                    },
                    trustedDomains = new[] { "ac-montpellier.fr" },
                }
            )
        ).GetProperty("id").GetGuid();
        string[] slots = [.. new[] { "MON", "TUE", "WED", "THU", "FRI" }.SelectMany(d => new[] { $"{d}-09:00", $"{d}-11:15" })];
        var school = (
            await Eventually.Is(
                () => Api(HttpMethod.Get, "/api/schools?search=montpellier&level=6e"),
                s => s.GetProperty("items").GetArrayLength() > 0
            )
        )
            .GetProperty("items")[0]
            .GetProperty("uai")
            .GetString();
        for (var i = 0; i < (pupils / 5) + 1; i++)
            await Api(
                HttpMethod.Post,
                $"/api/campaigns/{campaign}/offers",
                new
                {
                    teacher = new
                    {
                        name = $"{"Nadia Karim Elsa Hugo".Split(' ')[i % 4]} Roux",
                        email = $"prof{i}.{campaign:N}@ac-montpellier.fr",
                    },
                    teaches = new[] { new { subject = i % 2 == 0 ? "MA" : "FR", levels = Levels } },
                    slots = Both(slots.Select(s => new { slot = s, preference = "possible" }).ToArray()),
                    limits = new { stagesPerWeek = 2 },
                }
            );
        for (var i = 0; i < pupils; i++)
        {
            var n = i;
            await Eventually.Is(
                () =>
                    Api(
                        HttpMethod.Post,
                        $"/api/campaigns/{campaign}/enrolments",
                        new
                        {
                            pupil = new
                            {
                                firstName = "Lina Noé Jade Adam Inès Léo".Split(' ')[n % 6],
                                lastName = "Benali Martin Garcia Petit".Split(' ')[n % 4],
                                level = Levels[n % 2],
                                schoolUai = school,
                            },
                            guardians = new[]
                            {
                                new
                                {
                                    name = "Un parent",
                                    email = $"parent{n}.{campaign:N}@example.org",
                                    language = "fr",
                                },
                            },
                            wishes = new[] { new { subject = "MA", rank = 1 }, new { subject = "FR", rank = 2 } },
                            weeks = new[] { new { label = "A", preference = 2 }, new { label = "B", preference = 1 } },
                            slots = Both(slots),
                            consent = true,
                            anotherChild = true,
                        }
                    ),
                e => e.ValueKind == JsonValueKind.Object
            );
        }
        await Eventually.Is(
            () => Api(HttpMethod.Get, $"/api/campaigns/{campaign}/demand"),
            d => d.GetProperty("enrolments").GetInt32() == pupils,
            TimeSpan.FromMinutes(2)
        );
        return campaign;
    }

    /// <summary>The draft timetable of a pairing run.</summary>
    public async Task<JsonElement> DraftTimetable(Guid campaign)
    {
        var run = (await Api(HttpMethod.Post, $"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 3, keep = "none" }))
            .GetProperty("id")
            .GetGuid();
        await Eventually.Is(
            () => Api(HttpMethod.Get, $"/api/pairings/{run}?summary=true"),
            r => r.GetProperty("status").GetString() == "done",
            TimeSpan.FromMinutes(2)
        );
        await Api(HttpMethod.Post, $"/api/pairings/{run}/adopt", new { });
        return await Eventually.Is(
            () => Api(HttpMethod.Get, $"/api/campaigns/{campaign}/stages"),
            s => s.GetProperty("items").GetArrayLength() > 1
        );
    }

    /// <summary>The same in both weeks; a dictionary, since names of members would be written in small letters.</summary>
    private static Dictionary<string, T> Both<T>(T slots) => new(StringComparer.Ordinal) { ["A"] = slots, ["B"] = slots };

    private static string Chromium() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.First(File.Exists);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        foreach (var process in processes)
            await process.DisposeAsync();
        await BigBlueButton.DisposeAsync();
        await realm.DisposeAsync();
    }
}
