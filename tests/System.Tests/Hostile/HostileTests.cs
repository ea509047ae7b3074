using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Hostile;

/// <summary>
/// Everybody who means no good, at every page and every operation: nobody is answered with a fault of ours, or with nothing, and an
/// address that is not ours comes back in no answer and no mail.
/// </summary>
[Trait("Walk", "hostile")]
public sealed partial class HostileTests(OutsideStack stack) : IClassFixture<OutsideStack>
{
    private const string Foreign = "evil.example";
    private static readonly string?[] People = [null, "family", "teacher", "coordinator"];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task every_page_answers_whatever_stands_in_its_address()
    {
        var campaign = await Campaign();
        var faults = new List<string>();
        var asked = 0;
        foreach (var person in People)
        {
            using var client = Client(person);
            foreach (var page in HostileDoors.Pages.Concat(HostileDoors.Beside))
            foreach (var address in HostileDoors.Addresses(page, campaign))
            {
                using var answer = await client.GetAsync(address, Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                var status = (int)answer.StatusCode;
                asked++;
                if (status >= 500 || (status is not (302 or 303 or 307) && text.Length == 0 && !IsKestrels(address)))
                    faults.Add($"{person ?? "nobody"} {Short(address)}: {status}, {text.Length} signs {Told(text)}");
                else if (status >= 400 && !IsKestrels(address) && !Number().IsMatch(text))
                    faults.Add($"{person ?? "nobody"} {Short(address)}: {status} without a number for the helpdesk");
            }
        }
        Tally.Of("hostile addresses, every page", asked);
        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public async Task every_operation_refuses_what_no_database_keeps()
    {
        var faults = new List<string>();
        var asked = 0;
        var campaign = await Campaign();
        using var reader = Client(null);
        var api = await PublishedApi.Read(reader);
        foreach (var person in People)
        {
            using var client = Client(person);
            foreach (var (method, path, _) in api.All)
            foreach (var (what, query, body) in Requests())
            {
                var address = HostileDoors.Fill(
                    path.Replace("/campaigns/{id}", $"/campaigns/{campaign}", StringComparison.Ordinal)
                        .Replace("{campaignId}", campaign.ToString(), StringComparison.Ordinal),
                    "01a21414-aee1-70a3-a232-6cdabda698fc"
                );
                using var request = new HttpRequestMessage(method, address + query)
                {
                    Content = method == HttpMethod.Get || body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
                };
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
                var status = (int)answer.StatusCode;
                asked++;
                if (status >= 500)
                    faults.Add($"{person ?? "nobody"} {method} {path}, {what}: {status} {await answer.Content.ReadAsStringAsync(Cancel)}");
                else if (query.Length > 0 && status is not (>= 400 and < 500))
                    faults.Add($"{person ?? "nobody"} {method} {path}, {what}: {status}");
            }
        }
        Tally.Of("hostile values, every operation", asked);
        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(2000);
    }

    /// <summary>A service that is called by a name that isn't its own answers 400 without a word, which is no answer to anybody.</summary>
    [Fact]
    public async Task whatever_can_be_read_without_an_id_is_answered_or_refused_in_words()
    {
        using var reader = Client(null);
        var api = await PublishedApi.Read(reader);
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in People)
        {
            using var client = Client(person);
            foreach (var path in api.All.Where(o => o.Method == HttpMethod.Get).Select(o => o.Path).Where(p => !p.Contains('{')))
            {
                using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{person} {path}");
                if (answer.IsSuccessStatusCode)
                    read.Add(path);
                else
                    (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("\"code\"", customMessage: $"{person} {path}");
            }
        }
        read.ShouldContain("/api/me/modules");
        read.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task a_page_answers_HEAD_as_GET()
    {
        var campaign = await Campaign();
        foreach (var person in People)
        {
            using var client = Client(person);
            foreach (var page in HostileDoors.Pages)
            {
                var address = HostileDoors.Addresses(page, campaign).First();
                using var whole = await client.GetAsync(address, Cancel);
                using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Cancel);
                head.StatusCode.ShouldBe(whole.StatusCode, $"{person ?? "nobody"} {address}");
                (await head.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task what_an_error_page_and_a_problem_call_themselves_is_found_in_the_log()
    {
        using var family = Client("family");
        var page = await (
            await family.GetAsync($"/famille/inscriptions/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", Cancel)
        ).Content.ReadAsStringAsync(Cancel);
        var onPage = Number().Match(page).Groups["number"].Value;
        using var refused = await family.GetAsync($"/api/enrolments/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", Cancel);
        var inProblem = (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("reference").GetString()!;
        foreach (var number in (string[])[onPage, inProblem])
        {
            number.Length.ShouldBe(10, page);
            await Eventually.True(() =>
                Task.FromResult(
                    Directory
                        .EnumerateFiles(Path.Combine(stack.Data, "logs"))
                        .Any(log => Lines(log).Any(line => line.Contains(number, StringComparison.Ordinal)))
                )
            );
        }
    }

    /// <summary>As outside a local run: each line is one entry, in JSON, with the trace of the request that it is of.</summary>
    [Fact]
    public async Task nobody_writes_a_line_into_a_log()
    {
        var mark = $"mark{Random.Shared.Next(1_000_000):D6}";
        const string Forged = "%0A%7B%22level%22%3A%22critical%22%2C%22message%22%3A%22forged%22%7D%0D%0A";
        using var family = Client("family");
        foreach (
            var path in (string[])["/api/enrolments/", "/api/campaigns/", "/api/stages/", "/api/notifications/", "/famille/", "/classroom/"]
        )
            await family.GetAsync($"{path}{mark}{Forged}?{mark}={Forged}", Cancel);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/enrolments/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        asked.Headers.TryAddWithoutValidation("User-Agent", "somebody " + mark);
        using var refused = await family.SendAsync(asked, Cancel);
        var number = (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("reference").GetString()!;
        var logs = Directory
            .EnumerateFiles(Path.Combine(stack.Data, "logs"))
            .Where(f => !Path.GetFileName(f).StartsWith("Stages.MailSink", StringComparison.Ordinal))
            .ToArray();
        logs.Length.ShouldBe(5);
        await Eventually.True(() => Task.FromResult(logs.SelectMany(Lines).Any(l => l.Contains(number, StringComparison.Ordinal))));
        foreach (var line in logs.SelectMany(Lines))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            entry.GetProperty("at").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
            entry.GetProperty("level").GetString().ShouldBeOneOf("information", "warning", "error", "critical");
            entry.GetProperty("message").GetString().ShouldNotBe("forged");
            if (entry.GetProperty("message").GetString()!.Contains(number, StringComparison.Ordinal))
                entry.GetProperty("trace").GetString().ShouldStartWith(number);
            line.ShouldNotContain(mark);
            line.ShouldNotContain("@example.org");
        }
    }

    [Fact]
    public async Task the_sign_in_mail_leads_to_the_configured_address_whatever_the_request_says()
    {
        var address = $"hostile.{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";
        using (var elsewhere = Client(null))
        {
            elsewhere.DefaultRequestHeaders.Host = Foreign;
            ((int)(await elsewhere.GetAsync("/connexion", Cancel)).StatusCode).ShouldBe(400);
        }
        using var client = Client(null);
        foreach (var header in (string[])["X-Forwarded-Host", "X-Original-Host", "X-Forwarded-Server"])
            client.DefaultRequestHeaders.Add(header, Foreign);
        client.DefaultRequestHeaders.Add("Forwarded", $"host={Foreign};proto=http");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/" + Foreign);
        using var form = await client.GetAsync("/connexion", Cancel);
        var page = await form.Content.ReadAsStringAsync(Cancel);
        page.ShouldNotContain(Foreign);
        var cookie = form.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-stages-form=", StringComparison.Ordinal));
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var mail = await new MailFolder(stack.MailFolder).Caused(
            address,
            "sign-in",
            async () =>
            {
                using var sent = await client.PostAsync(
                    "/connexion",
                    new FormUrlEncodedContent(
                        new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["__token"] = Token().Match(page).Groups["token"].Value,
                            ["_handler"] = "sign-in",
                            ["email"] = address,
                            ["role"] = "family",
                        }
                    ),
                    Cancel
                );
                sent.Headers.Location?.ToString().ShouldStartWith(OutsideStack.Address + "/connexion/code");
            }
        );
        mail.TextBody!.ShouldContain(OutsideStack.Address + "/connexion/lien");
        mail.ToString().ShouldNotContain(Foreign);
    }

    private HttpClient Client(string? role)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = stack.Gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        client.DefaultRequestHeaders.Host = new Uri(OutsideStack.Address).Authority;
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = stack.Realm.Bearer(role, $"hostile-{role}@example.org");
        return client;
    }

    private static (string What, string Query, string? Body)[] Requests() =>
        [
            ("a NUL in the address", "?search=%00&q=%00", "{}"),
            ("bytes that are no text", "?search=%ff%fe", "{}"),
            ("a parameter twice", "?limit=1&limit=2", "{}"),
            ("the first day", "?date=0001-01-01", "{}"),
            ("the last day", "?date=9999-12-31", "{}"),
            ("a NUL in a text", "", Texts("\\u0000")),
            ("half a pair", "", Texts("\\ud800")),
            ("days beyond", "", """{"date":"9999-12-31","weeks":[{"label":"A","monday":"0001-01-01"}],"closedDates":["9999-12-31"]}"""),
        ];

    private static string Texts(string text) =>
        $$$"""
            {"campaignId":"01a21414-aee1-70a3-a232-6cdabda698fc","content":{"a":"{{{text}}}"},
            "note":"{{{text}}}","reason":"{{{text}}}","name":"{{{text}}}"}
            """;

    private async Task<Guid> Campaign()
    {
        using var coordinator = Client("coordinator");
        string[] levels = ["6e"];
        using var answer = await coordinator.PostAsJsonAsync(
            "/api/campaigns",
            new
            {
                name = "Essai",
                academy = "Montpellier",
                zone = "C",
                timeZone = "Europe/Paris",
                weeks = new[] { new { label = "A", monday = "2021-04-12" }, new { label = "B", monday = "2021-04-19" } },
                enrolmentOpens = TimeProvider.System.GetUtcNow().AddDays(-1),
                enrolmentCloses = TimeProvider.System.GetUtcNow().AddDays(9),
                levels,
                subjects = new[]
                {
                    new
                    {
                        code = "FR",
                        name = "Français",
                        levels,
                    },
                },
            },
            Cancel
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    /// <summary>A NUL in the path itself never leaves the server's own parser, which answers 400 before any of us.</summary>
    private static bool IsKestrels(string address) => address.Split('?')[0].Contains("%00", StringComparison.Ordinal);

    private static string Short(string address) => address.Length > 160 ? address[..160] + "…" : address;

    /// <summary>What the log has about a page that names its number.</summary>
    private string Told(string page) =>
        Number().Match(page).Groups["number"].Value is { Length: > 0 } number
            ? string.Join(
                '\n',
                Directory
                    .EnumerateFiles(Path.Combine(stack.Data, "logs"))
                    .SelectMany(log => Lines(log).SkipWhile(line => !line.Contains(number, StringComparison.Ordinal)).Take(8))
            )
            : "";

    private static IEnumerable<string> Lines(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    [GeneratedRegex("<code>(?<number>[0-9a-f]{10})</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("name=\"__token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
