using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Stages.Testing;

namespace Stages.Benchmarks;

/// <summary>
/// From the HTTP answer of an enrolment to its acknowledgement taken by an SMTP server, at a steady rate: the whole way through the
/// event log, the broker, Notification's inbox and its senders. Both clocks are this machine's.
/// </summary>
public static class MailLatency
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var rate = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;

        await using var realm = await TestRealm.Create();
        var mail = Directory.CreateTempSubdirectory("stages-mail-");
        var smtp = ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>(realm.Settings, StringComparer.Ordinal)
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = smtp,
            ["Services:Portal"] = "http://localhost:8080",
            ["MailSink:Folder"] = mail.FullName,
            ["MailSink:SmtpPort"] = smtp,
        };
        await using var mailbox = new ServiceProcess("infra/tools/MailSink", "Stages.MailSink", settings, Path.GetTempPath());
        await using var notification = new ServiceProcess("services/Notification", "Stages.Notifications", settings, Path.GetTempPath());
        await using var enrolment = new ServiceProcess("services/Enrolment", "Stages.Enrolments", settings, Path.GetTempPath());
        foreach (var service in (ServiceProcess[])[mailbox, enrolment, notification])
        {
            service.Start();
            await service.Ready();
        }
        using var http = new HttpClient { BaseAddress = enrolment.Address };
        http.DefaultRequestHeaders.Authorization = realm.Bearer("family", "parent@example.org", service: "enrolment");
        var campaign = await Campaign.Open(realm, http);
        await Eventually.True(() => Task.FromResult(mail.EnumerateFiles("*.eml").Any()));

        // First as a service just started meets a surge, its code not yet compiled; then warm, nothing waiting from before.
        await Measure("just started", 1_000_000);
        await Measure("warm", 1);
        mail.Delete(recursive: true);
        return 0;

        async Task Measure(string how, int first)
        {
            var answered = await Send(http, realm, campaign, first, rate * seconds, rate);
            var arrivals = await Eventually.Is(
                () => Task.FromResult(Arrivals(mail)),
                found => answered.Keys.All(found.ContainsKey),
                TimeSpan.FromMinutes(3)
            );
            var delays = answered.Select(a => (arrivals[a.Key] - a.Value).TotalMilliseconds).Order().ToArray();
            double At(double share) => delays[(int)Math.Min(delays.Length - 1, share * delays.Length)];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{how}: {delays.Length} enrolments at {rate}/s: mail handed to SMTP after the HTTP answer, "
                        + $"50th percentile {At(.5):N0} ms, 99th {At(.99):N0} ms, longest {delays[^1]:N0} ms"
                )
            );
        }
    }

    /// <summary>
    /// One request each 1/rate second, whether earlier ones are answered or not; returns when each was answered, by recipient.
    /// </summary>
    private static async Task<ConcurrentDictionary<string, DateTimeOffset>> Send(
        HttpClient http,
        TestRealm realm,
        Guid campaign,
        int first,
        int count,
        int rate
    )
    {
        var answered = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var under = new List<Task>(count);
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (under.Count < count && await tick.WaitForNextTickAsync())
        {
            // As many as are due by now: a late tick is made up for, so the rate holds.
            while (under.Count < count && under.Count < watch.Elapsed.TotalSeconds * rate)
                under.Add(One(first + under.Count));
        }
        await Task.WhenAll(under);
        return answered;

        async Task One(int number)
        {
            var email = $"latency{number}@example.org";
            using var content = Campaign.Enrolment(number, email);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments") { Content = content };
            // Who is signed in with the address has confirmed it.
            request.Headers.Authorization = realm.Bearer("family", email, service: "enrolment");
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            answered[email] = TimeProvider.System.GetUtcNow();
        }
    }

    /// <summary>The mailbox names each file by the instant of its arrival and heads it with its recipient.</summary>
    private static Dictionary<string, DateTimeOffset> Arrivals(DirectoryInfo mail)
    {
        var found = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var file in mail.EnumerateFiles("*.eml"))
        {
            var recipient = File.ReadLines(file.FullName)
                .First(l => l.StartsWith("Delivered-To: ", StringComparison.Ordinal))["Delivered-To: ".Length..]
                .Trim();
            found[recipient] = DateTimeOffset.ParseExact(
                file.Name.Split('-')[0],
                "yyyyMMdd'T'HHmmss.ffffff",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            );
        }
        return found;
    }
}
