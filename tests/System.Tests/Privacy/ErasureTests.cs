using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.SystemTests.Api;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Privacy;

/// <summary>
/// People whose every word can be told from all others enrol and offer, and are erased: nothing of them is left in any schema, queue or
/// log. The mails that they were sent are theirs and are not looked at.
/// </summary>
public sealed class ErasureTests(Stack stack, ITestOutputHelper output) : IClassFixture<Stack>
{
    private const string Anne = "anne.zzmark1@example.org";
    private const string Paul = "paul.zzmark2@example.org";
    private const string Teacher = "tom.zzmark3@example.org";

    /// <summary>What stands of Anne, of Paul and of their child, of the teacher.</summary>
    private static readonly string[] OfAnne =
    [
        "zzmark1",
        "Annezz",
        PersonId.FromEmail(Anne).ToString(),
        PersonId.FromPhone(Phone).ToString(),
    ];

    private static readonly string[] OfPaul =
    [
        "zzmark2",
        "Paulzz",
        "Enfantzz",
        "Famillezz",
        "Motzz",
        "Refuszz",
        "Brouillonzz",
        PersonId.FromEmail(Paul).ToString(),
    ];

    /// <summary>Of a family on paper, which has no account.</summary>
    private static readonly string[] OfPaper = ["Papierzz", "Feuillezz", "Ecritzz"];

    private static readonly string[] OfTeacher = ["zzmark3", "Tomzz", PersonId.FromEmail(Teacher).ToString()];

    private const string Phone = "+33639980091";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task nothing_of_who_was_erased_is_found_in_a_dump()
    {
        await Plant();
        var paper = await PlantPaper();
        // Each is there to be found, in the other services too, or its absence afterwards would say nothing.
        await Eventually.True(async () => (await Search(["zzmark1", "zzmark3", "Papierzz"])).Values.All(InNotification));
        var before = await Count("before", [.. OfAnne, .. OfPaul, .. OfTeacher, .. OfPaper]);
        before.Where(b => b.Value.Count == 0).Select(b => b.Key).ShouldBeEmpty();

        await Erase("family", Anne);
        await Gone("after Anne", OfAnne);
        using (var paul = stack.Client("family", Paul))
            (await paul.GetStringAsync("/api/me/enrolments", Cancel)).ShouldContain("Enfantzz");

        await Erase("family", Paul);
        await Erase("teacher", Teacher);
        await Gone("after these", [.. OfAnne, .. OfPaul, .. OfTeacher]);

        await ErasePaper(paper);
        await Gone("after all", [.. OfAnne, .. OfPaul, .. OfTeacher, .. OfPaper]);
    }

    private static bool InNotification(IReadOnlyList<string> places) =>
        places.Any(p => p.StartsWith("notification.", StringComparison.Ordinal));

    private async Task Plant()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var anne = stack.Client("family", Anne);
        using var paul = stack.Client("family", Paul);
        using var tom = stack.Client("teacher", Teacher);
        var campaign = await Made(coordinator, "/api/campaigns", Example.Campaign("Dump"));
        await Eventually.True(async () => (await Try(anne, campaign)).StatusCode != HttpStatusCode.NotFound);
        using var enrolled = await Try(anne, campaign);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created, await enrolled.Content.ReadAsStringAsync(Cancel));
        var id = (await enrolled.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
        await Put(coordinator, $"/api/enrolments/{id}/note", new { note = "Motzz sur cet enfant" });
        await Put(paul, $"/api/enrolments/{id}/objection", new { reason = "Refuszz" });
        await Put(
            paul,
            $"/api/drafts/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}",
            new { campaignId = campaign, content = new { firstName = "Brouillonzz" } }
        );
        await Made(
            tom,
            $"/api/campaigns/{campaign}/offers",
            new
            {
                teacher = new { name = "Tomzz Vidal", email = Teacher },
                teaches = new[] { new { subject = "FR", levels = new[] { "6e" } } },
                slots = Example.InWeekA(new { slot = "MON-09:00", preference = "preferred" }),
                limits = new { stagesPerWeek = 1 },
            }
        );
    }

    /// <summary>By its coordinator, whom it asks: to know first, what every service holds.</summary>
    private async Task<(Guid Campaign, Guid Enrolment)> PlantPaper()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var campaign = await Example.Opened(coordinator, "Papier");
        var body = Example.Enrolment("Papierzz");
        var id = await Made(coordinator, $"/api/campaigns/{campaign}/enrolments", body);
        await Put(coordinator, $"/api/enrolments/{id}/note", new { note = "Ecritzz sur cet enfant" });
        await Put(coordinator, $"/api/enrolments/{id}", Example.Enrolment("Papierzz", last: "Feuillezz"));
        var told = await Eventually.Is(
            () => coordinator.GetFromJsonAsync<JsonElement>($"/coordination/{campaign}/inscriptions/{id}/donnees.json", Cancel),
            d =>
                d.GetProperty("scheduling").GetProperty("enrolment").ValueKind == JsonValueKind.Object
                && d.GetProperty("notification").GetProperty("pupil").ValueKind == JsonValueKind.String
                && d.GetProperty("classroom").GetProperty("firstName").ValueKind == JsonValueKind.String
        );
        told.GetProperty("enrolment").GetProperty("pupil").GetProperty("lastName").GetString().ShouldBe("Feuillezz");
        told.GetProperty("classroom").GetProperty("firstName").GetString().ShouldBe("Papierzz");
        using var stranger = stack.Client("coordinator", "elsewhere@example.org", "030");
        (await stranger.GetAsync($"/coordination/{campaign}/inscriptions/{id}/donnees.json", Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        return (campaign, id);
    }

    private async Task ErasePaper((Guid Campaign, Guid Enrolment) paper)
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var erased = await coordinator.DeleteAsync($"/api/enrolments/{paper.Enrolment}/data?asked=letter", Cancel);
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var left = await coordinator.GetAsync($"/coordination/{paper.Campaign}/inscriptions/{paper.Enrolment}/donnees.json", Cancel);
        left.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>The same key each time: it is one enrolment, however often it is tried.</summary>
    private static Task<HttpResponseMessage> Try(HttpClient family, Guid campaign)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{campaign}/enrolments")
        {
            Content = JsonContent.Create(
                new
                {
                    pupil = new
                    {
                        firstName = "Enfantzz",
                        lastName = "Famillezz",
                        level = "6e",
                        schoolUai = "0340008Z",
                    },
                    guardians = new object[]
                    {
                        new
                        {
                            name = "Annezz Un",
                            email = Anne,
                            phone = Phone,
                            language = "fr",
                        },
                        new
                        {
                            name = "Paulzz Deux",
                            email = Paul,
                            language = "fr",
                        },
                    },
                    wishes = new[] { new { subject = "FR", rank = 1 } },
                    weeks = new[] { new { label = "A", preference = 2 } },
                    slots = Example.InWeekA("MON-09:00", "TUE-09:00", "WED-09:00"),
                    siblingsTogether = true,
                    equipment = new { computer = false, connection = false },
                    consent = true,
                }
            ),
        };
        request.Headers.Add("Idempotency-Key", "planted");
        return family.SendAsync(request, Cancel);
    }

    private async Task Erase(string role, string email)
    {
        using var person = stack.Client(role, email);
        await Eventually.True(async () => (await person.DeleteAsync("/api/me", Cancel)).StatusCode == HttpStatusCode.NoContent);
    }

    /// <summary>As soon as the services have told one another, and for good.</summary>
    private async Task Gone(string when, string[] words)
    {
        try
        {
            await Eventually.True(async () => (await Search(words)).Values.All(places => places.Count == 0));
        }
        finally
        {
            // Printed in any case: where something is left is what one wants to know.
            (await Count(when, words))
                .Where(a => a.Value.Count > 0)
                .ShouldBeEmpty();
        }
    }

    private Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Search(string[] words) =>
        Dump.Search(stack.Realm, Path.Combine(stack.Data, "logs"), words);

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Count(string when, string[] words)
    {
        var found = await Search(words);
        foreach (var (word, places) in found)
            output.WriteLine($"{when}: {word}: {(places.Count == 0 ? "0" : string.Join(", ", places))}");
        return found;
    }

    private static async Task<Guid> Made(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    private static async Task Put(HttpClient client, string address, object body)
    {
        using var answer = await client.PutAsJsonAsync(address, body, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancel));
    }
}
