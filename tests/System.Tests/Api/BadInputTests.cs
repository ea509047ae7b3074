using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Api;

/// <summary>
/// Every operation of the published API document, through the gateway, with everything that is wrong: it answers problem details
/// that say so, and nothing changes. An endpoint added tomorrow is tried too.
/// </summary>
[Trait("Walk", "hostile")]
public sealed class BadInputTests(Shared<Stack> shared) : IClassFixture<Shared<Stack>>
{
    private readonly Stack stack = shared.One;

    /// <summary>Of up to ten megabytes.</summary>
    private static readonly string[] WithFile = ["/api/classroom/campaigns/{id}/resources"];

    private static readonly string[] Roles = ["family", "teacher", "coordinator", "admin"];

    [Fact]
    public async Task every_operation_refuses_what_is_wrong_and_nothing_changes()
    {
        var operations = await Operations();
        operations.Count.ShouldBeGreaterThan(40);
        var campaign = await SomeCampaign();
        var before = await Events();
        var faults = new List<string>();

        foreach (var operation in operations)
        {
            var (method, path, hasBody) = (operation.Method, operation.Path, operation.HasBody);
            using (var nobody = stack.Client())
                await Try(
                    faults,
                    nobody,
                    method,
                    path,
                    "no token",
                    hasBody ? Json("{}") : null,
                    campaign,
                    mayRead: method == HttpMethod.Get,
                    status => status == 401
                );
            if (!hasBody)
                continue;
            foreach (var role in Roles)
            {
                using var client = stack.Client(role, $"bad-{role}@example.org");
                await Try(
                    faults,
                    client,
                    method,
                    path,
                    $"{role}: half a JSON",
                    Json("{ \"pupil\": "),
                    campaign,
                    mayRead: false,
                    status => status is 400 or 403 or 404
                );
                await Try(
                    faults,
                    client,
                    method,
                    path,
                    $"{role}: a list",
                    Json("[1, 2, 3]"),
                    campaign,
                    mayRead: false,
                    status => status is 400 or 403 or 404 or 409 or 422
                );
                await Try(
                    faults,
                    client,
                    method,
                    path,
                    $"{role}: a strange field",
                    Json("{ \"strangeField\": 1 }"),
                    campaign,
                    mayRead: false,
                    status => status is 400 or 403 or 404 or 409 or 422
                );
                await Try(
                    faults,
                    client,
                    method,
                    path,
                    $"{role}: far too much",
                    Json($"{{ \"name\": \"{new string('x', WithFile.Contains(path) ? 16_000_000 : 1_000_000)}\" }}"),
                    campaign,
                    mayRead: false,
                    status => status is 413 or 403 or 404
                );
                await Try(
                    faults,
                    client,
                    method,
                    path,
                    $"{role}: no JSON",
                    new StringContent("name=1", Encoding.UTF8, "text/plain"),
                    campaign,
                    mayRead: false,
                    status => status is 415 or 400 or 403 or 404 or 409 or 422
                );
            }
        }
        faults.ShouldBeEmpty();
        (await Events()).ShouldBe(before);
    }

    [Fact]
    public async Task an_unknown_address_and_a_wrong_method_are_told_as_problems()
    {
        using var family = stack.Client("family");
        await IsProblem(await family.GetAsync("/api/nothing/here"), 404);
        await IsProblem(await family.PatchAsync("/api/campaigns", Json("{}")), 404, 405);
        await IsProblem(await family.GetAsync("/api/enrolments/not-a-uuid"), 404);
    }

    [Fact]
    public async Task the_one_large_body_passes_the_gateway()
    {
        using var coordinator = stack.Client("coordinator");
        var directory = await File.ReadAllBytesAsync(
            Path.Combine(Servers.Checkout, "services", "Enrolment", "Schools", "schools-montpellier.csv")
        );
        directory.Length.ShouldBeGreaterThan(256 * 1024);
        var answer = await coordinator.PostAsync("/api/schools/import", new ByteArrayContent(directory));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task a_forged_token_opens_nothing()
    {
        using var client = stack.Client();
        var token = stack.Realm.Token("family", "mallory@example.org").Split('.');
        var payload = Encoding.UTF8.GetString(
            Convert.FromBase64String(token[1].Replace('-', '+').Replace('_', '/').PadRight((token[1].Length + 3) / 4 * 4, '='))
        );
        var forged = Convert
            .ToBase64String(Encoding.UTF8.GetBytes(payload.Replace("\"family\"", "\"admin\"", StringComparison.Ordinal)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
        client.DefaultRequestHeaders.Authorization = new("Bearer", $"{token[0]}.{forged}.{token[2]}");
        await IsProblem(await client.PostAsync("/api/campaigns", Json("{}")), 401);
    }

    private async Task Try(
        List<string> faults,
        HttpClient client,
        HttpMethod method,
        string path,
        string what,
        HttpContent? body,
        Guid campaign,
        bool mayRead,
        Func<int, bool> expected
    )
    {
        var address = path.Replace("{campaignId}", campaign.ToString(), StringComparison.Ordinal);
        // The campaign's own address is {id}; everything else with an id is asked for one that does not exist.
        address = path.StartsWith("/api/campaigns/{id}", StringComparison.Ordinal)
            ? address.Replace("{id}", campaign.ToString(), StringComparison.Ordinal)
            : address;
        while (address.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
            address = address[..open] + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) + address[(address.IndexOf('}', open) + 1)..];
        using var request = new HttpRequestMessage(method, address) { Content = body };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)answer.StatusCode;
        if (mayRead && status is 200 or 404)
            return;
        if (!expected(status))
        {
            faults.Add($"{method} {path}, {what}: {status} {await Start(answer)}");
            return;
        }
        var problem = await Problem(answer);
        if (problem is null)
            faults.Add(
                $"{method} {path}, {what}: {status} without problem details ({answer.Content.Headers.ContentType}) {await Start(answer)}"
            );
    }

    private static async Task<string> Start(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text[..Math.Min(200, text.Length)];
    }

    private static async Task<JsonElement?> Problem(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return
            problem.TryGetProperty("code", out _)
            && problem.TryGetProperty("detail", out _)
            && problem.GetProperty("status").GetInt32() == (int)answer.StatusCode
            ? problem
            : null;
    }

    private static async Task IsProblem(HttpResponseMessage answer, params int[] statuses)
    {
        ((int)answer.StatusCode).ShouldBeOneOf(statuses);
        (await Problem(answer)).ShouldNotBeNull($"{answer.RequestMessage?.RequestUri}: {await Start(answer)}");
    }

    /// <summary>The school directory comes as CSV and may be large; its own tests are Enrolment's.</summary>
    private async Task<List<PublishedOperation>> Operations()
    {
        using var client = stack.Client();
        return [.. (await PublishedApi.Read(client)).All.Where(o => !o.Path.EndsWith("/import", StringComparison.Ordinal))];
    }

    private async Task<Guid> SomeCampaign()
    {
        using var coordinator = stack.Client("coordinator");
        var now = TimeProvider.System.GetUtcNow();
        string[] levels = ["6e", "5e"];
        using var answer = await coordinator.PostAsJsonAsync(
            "/api/campaigns",
            new
            {
                name = "Essai",
                academy = "Montpellier",
                zone = "C",
                timeZone = "Europe/Paris",
                weeks = new[] { new { label = "A", monday = "2021-04-12" }, new { label = "B", monday = "2021-04-19" } },
                slotStarts = new[] { "09:00", "14:00" },
                closedDates = Array.Empty<string>(),
                enrolmentOpens = now.AddDays(-1),
                enrolmentCloses = now.AddDays(9),
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
                rules = new
                {
                    groupMin = 3,
                    groupMax = 6,
                    modulesMin = 3,
                    modulesMax = 4,
                    modulesPerDayMax = 1,
                    singleWeek = true,
                },
            }
        );
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>How many events stand in each service's log.</summary>
    private async Task<string> Events()
    {
        await using var connection = new NpgsqlConnection(stack.Realm.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select (select count(*) from enrolment.mt_events) || ' ' "
                + "|| (select count(*) from scheduling.mt_events) || ' ' || (select count(*) from classroom.mt_events)",
            connection
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
