using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Privacy;

/// <summary>Puts words into an installation by which somebody is told from all others, and looks for them in a dump of it.</summary>
public static class Planting
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Search(this Stack stack, IEnumerable<string> words) =>
        Dump.Search(stack.Realm, Path.Combine(stack.Data, "logs"), [.. words]);

    /// <summary>The same, printed.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Count(
        this Stack stack,
        ITestOutputHelper output,
        string when,
        IEnumerable<string> words
    )
    {
        var found = await stack.Search(words);
        foreach (var (word, places) in found)
            output.WriteLine($"{when}: {word}: {(places.Count == 0 ? "0" : string.Join(", ", places))}");
        return found;
    }

    /// <summary>A child with these guardians. The same key each time: it is one enrolment, however often it is tried.</summary>
    public static async Task<Guid> Enrol(
        this HttpClient family,
        Guid campaign,
        string first,
        string last,
        params (string Name, string Email, string? Phone)[] guardians
    )
    {
        async Task<HttpResponseMessage> Try()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments")
            {
                Content = JsonContent.Create(
                    new
                    {
                        pupil = new
                        {
                            firstName = first,
                            lastName = last,
                            level = "6e",
                            schoolUai = "0340008Z",
                        },
                        guardians = guardians.Select(g => new
                        {
                            name = g.Name,
                            email = g.Email,
                            phone = g.Phone,
                            language = "fr",
                        }),
                        wishes = new[] { new { subject = "FR", rank = 1 } },
                        weeks = new[] { new { label = "A", preference = 2 } },
                        slots = Api.Example.InWeekA("MON-09:00", "TUE-09:00", "WED-09:00"),
                        siblingsTogether = true,
                        equipment = new { computer = false, connection = false },
                        consent = true,
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", "planted " + first);
            return await family.SendAsync(request, Cancel);
        }

        using var enrolled = await Eventually.Is(Try, answer => answer.StatusCode != HttpStatusCode.NotFound);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created, await enrolled.Content.ReadAsStringAsync(Cancel));
        return (await enrolled.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    public static async Task<Guid> Made(this HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    public static async Task Put(this HttpClient client, string address, object body)
    {
        using var answer = await client.PutAsJsonAsync(address, body, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancel));
    }

    public static async Task Post(this HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>All that a campaign has in one stage, paired and published.</summary>
    /// <returns>The stage.</returns>
    public static async Task<JsonElement> Publish(this Stack stack, Guid campaign, int pupils)
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        Task<JsonElement> Get(string address) => coordinator.GetFromJsonAsync<JsonElement>(address, Cancel);
        await Eventually.Is(() => Get($"/api/campaigns/{campaign}/demand"), d => d.GetProperty("enrolments").GetInt32() == pupils);
        var run = await coordinator.Made($"/api/campaigns/{campaign}/pairings", new { budgetSeconds = 2, seed = 1 });
        await Eventually.Is(() => Get($"/api/pairings/{run}"), r => r.GetProperty("status").GetString() == "done");
        await coordinator.Post($"/api/pairings/{run}/adopt", new { });
        var stages = await Eventually.Is(() => Get($"/api/campaigns/{campaign}/stages"), s => s.GetProperty("items").GetArrayLength() > 0);
        var stage = stages.GetProperty("items")[0];
        await coordinator.Post($"/api/stages/{stage.GetProperty("id").GetGuid()}/approve", new { });
        await coordinator.Post($"/api/campaigns/{campaign}/publish", new { });
        return stage;
    }

    public static object Offer(string name, string email) =>
        new
        {
            teacher = new { name, email },
            teaches = new[] { new { subject = "FR", levels = new[] { "6e" } } },
            slots = Api.Example.InWeekA(
                new { slot = "MON-09:00", preference = "preferred" },
                new { slot = "TUE-09:00", preference = "preferred" },
                new { slot = "WED-09:00", preference = "preferred" }
            ),
            limits = new { stagesPerWeek = 1 },
        };
}
