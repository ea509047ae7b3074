using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// Requests a second of the signed-in family's status page beside a bare Kestrel endpoint that answers two letters, in turn, in one
/// run. Two figures of ours: many families that reload while they wait, and first views, each of which asks the services and renders.
/// </summary>
public static class StatusPageRate
{
    private const int Connections = 64;
    private const int Families = 20;

    public static async Task<int> Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;

        await using var realm = await TestRealm.Create();
        var mail = Directory.CreateTempSubdirectory("stages-mail-");
        var smtp = ServiceProcess.FreePort();
        (string Name, string Folder, string Assembly)[] all =
        [
            ("", "infra/tools/MailSink", "Stages.MailSink"),
            ("Enrolment", "services/Enrolment", "Stages.Enrolments"),
            ("Scheduling", "services/Scheduling", "Stages.Scheduling"),
            ("Notification", "services/Notification", "Stages.Notifications"),
            ("Portal", "services/Portal", "Stages.Portal"),
        ];
        var ports = all.Select(_ => ServiceProcess.FreePort()).ToArray();
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = smtp.ToString(CultureInfo.InvariantCulture),
            ["MailSink:Folder"] = mail.FullName,
            ["MailSink:SmtpPort"] = smtp.ToString(CultureInfo.InvariantCulture),
            ["Services:Classroom"] = "http://127.0.0.1:9",
        };
        for (var i = 1; i < all.Length; i++)
            settings[$"Services:{all[i].Name}"] = $"http://127.0.0.1:{ports[i]}";
        var processes = all.Select((s, i) => new ServiceProcess(s.Folder, s.Assembly, settings, Path.GetTempPath(), ports[i])).ToArray();
        foreach (var process in processes)
        {
            process.Start();
            await process.Ready(TimeSpan.FromMinutes(3));
        }
        var portal = processes[^1].Address;
        await using var bare = await Bare();
        var families = await SignedIn(realm, portal, mail.FullName);

        // The just-in-time compiler's share, not counted.
        await Requests(portal, families, reload: true, 2);
        await Requests(portal, families, reload: false, 3);
        Console.WriteLine("round   bare Kestrel/s   reloads/s   ratio   first views/s   ratio");
        var (reloads, firsts) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            var kestrel = await Requests(new Uri(bare.Urls.First()), null, reload: true, seconds);
            var reload = await Requests(portal, families, reload: true, seconds);
            var first = await Requests(portal, families, reload: false, seconds);
            reloads.Add(reload / kestrel);
            firsts.Add(first / kestrel);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{round, 5}   {kestrel, 14:N0}   {reload, 9:N0}   "
                        + $"{reload / kestrel, 5:0.00}   {first, 13:N0}   {first / kestrel, 5:0.000}"
                )
            );
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"median ratio {Median(reloads):0.00} for {Families} families that reload, "
                    + $"{Median(firsts):0.000} for first views, at {Connections} connections"
            )
        );
        foreach (var process in processes.Reverse())
            await process.DisposeAsync();
        mail.Delete(recursive: true);
        return 0;
    }

    /// <summary>The least that Kestrel can be asked for, with routing.</summary>
    private static async Task<WebApplication> Bare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => "ok");
        await app.StartAsync();
        return app;
    }

    /// <summary>Each enrols a child and signs in with the code from its mail; the cookies of each, and the path of its page.</summary>
    private static async Task<IReadOnlyList<(string Path, string Cookies)>> SignedIn(TestRealm realm, Uri portal, string mails)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var api = new HttpClient { BaseAddress = portal };
        var id = await Post(
            api,
            realm.Token("coordinator", "coordinator@example.org"),
            "/api/campaigns",
            $$"""
            { "name": "Printemps", "academy": "Montpellier", "zone": "C",
              "weeks": [{ "label": "A", "monday": "2027-04-12" }, { "label": "B", "monday": "2027-04-19" }],
              "enrolmentOpens": "{{now.AddDays(-1):O}}", "enrolmentCloses": "{{now.AddDays(9):O}}", "levels": ["6e", "5e", "4e", "3e"],
              "subjects": [{ "code": "FR", "name": "Français" }, { "code": "MATHS", "name": "Mathématiques" }] }
            """
        );
        var found = new List<(string, string)>();
        for (var n = 0; n < Families; n++)
        {
            var email = $"family{n}@example.org";
            var body = await Campaign.Enrolment(n, email).ReadAsStringAsync();
            var enrolment = await Eventually.Is(
                () => Post(api, realm.Token("family", email), $"/api/campaigns/{id}/enrolments", body),
                e => e is not null
            );
            found.Add(($"/famille/inscriptions/{enrolment}", await Cookies(portal, email, mails, $"/famille/inscriptions/{enrolment}")));
        }
        return found;
    }

    private static async Task<string?> Post(HttpClient api, string token, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        // The campaign has not reached Enrolment yet.
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
    }

    private static async Task<string> Cookies(Uri portal, string email, string mails, string page)
    {
        var jar = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = jar }) { BaseAddress = portal };
        var form = await http.GetStringAsync("/connexion");
        HttpResponseMessage asked = null!;
        var typed = new Dictionary<string, string>
        {
            ["email"] = email,
            ["role"] = "family",
            ["by"] = "mail",
        };
        var code = await new MailFolder(mails).Code(
            email,
            "sign-in",
            async () => asked = await http.PostAsync("/connexion", new FormUrlEncodedContent(Form(form, typed)))
        );
        await http.PostAsync(
            asked.RequestMessage!.RequestUri,
            new FormUrlEncodedContent(Form(await asked.Content.ReadAsStringAsync(), new() { ["code"] = code }))
        );
        var seen = await http.GetAsync(page);
        if (seen.RequestMessage!.RequestUri!.AbsolutePath != page)
            throw new InvalidOperationException($"{email} did not come to {page} but to {seen.RequestMessage.RequestUri}");
        return string.Join(
            "; ",
            jar.GetCookies(portal).Where(c => c.Name is "stages-session" or "stages-form").Select(c => $"{c.Name}={c.Value}")
        );
    }

    private static Dictionary<string, string> Form(string html, Dictionary<string, string> typed)
    {
        foreach (
            Match hidden in Regex.Matches(
                html,
                "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5)
            )
        )
            typed[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        return typed;
    }

    /// <param name="reload">False: a query that differs each time makes each request a first view.</param>
    private static async Task<double> Requests(Uri server, IReadOnlyList<(string Path, string Cookies)>? families, bool reload, int seconds)
    {
        var script = Path.GetTempFileName();
        var list = families is null
            ? "{ path = \"/\", cookie = nil }"
            : string.Join(",\n", families.Select(f => $"{{ path = \"{f.Path}\", cookie = \"{f.Cookies}\" }}"));
        await File.WriteAllTextAsync(
            script,
            $$"""
            local people = { {{list}} }
            local threads, n, ready = {}, 0, {}
            function setup(thread) table.insert(threads, thread) end
            function init(args)
              good = 0
              for i, p in ipairs(people) do ready[i] = wrk.format("GET", p.path, { ["Cookie"] = p.cookie }) end
            end
            function request()
              n = n + 1
              local i = n % #people + 1
              if {{(reload ? "true" : "false")}} then return ready[i] end
              return wrk.format("GET", people[i].path .. "?n=" .. n, { ["Cookie"] = people[i].cookie })
            end
            function response(status) if status == 200 then good = good + 1 end end
            function done(summary, latency, requests)
              local sum = 0
              for _, thread in ipairs(threads) do sum = sum + thread:get("good") end
              io.write(string.format("good %d of %d in %d\n", sum, summary.requests, summary.duration))
            end
            """
        );
        var output = await Tool.Run(
            "wrk",
            [
                "-t",
                "2",
                "-c",
                Connections.ToString(CultureInfo.InvariantCulture),
                "-d",
                $"{seconds}s",
                "--timeout",
                "10s",
                "-s",
                script,
                server.ToString(),
            ]
        );
        File.Delete(script);
        var words = output.Split('\n').First(l => l.StartsWith("good ", StringComparison.Ordinal)).Split(' ');
        if (words[1] != words[3])
            throw new InvalidOperationException($"Not every answer was a page: {output}");
        return double.Parse(words[1], CultureInfo.InvariantCulture) / (double.Parse(words[5], CultureInfo.InvariantCulture) / 1e6);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
