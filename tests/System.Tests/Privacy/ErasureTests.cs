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
[Collection(PrivacyCollection.Name)]
public sealed class ErasureTests(CoordinatedStack stack, ITestOutputHelper output)
{
    private const string Anne = "anne.zzmark1@example.org";
    private const string Paul = "paul.zzmark2@example.org";
    private const string Teacher = "tom.zzmark3@example.org";

    /// <summary>What stands of Anne, of Paul and of their child, of the teacher.</summary>
    private static readonly string[] OfAnne =
    [
        "zzmark1",
        "Annezz",
        "Echecanne",
        "Attenteanne",
        "Tacheanne",
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
        await Eventually.True(async () => (await stack.Search(["zzmark1", "zzmark3", "Papierzz"])).Values.All(InNotification));
        await Eventually.True(async () => (await stack.Search(["zzmark1", "Papierzz"])).Values.All(IsStuck));
        var before = await stack.Count(output, "before", [.. OfAnne, .. OfPaul, .. OfTeacher, .. OfPaper]);
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

    /// <summary>In each of the places where what did not go through lies.</summary>
    private static bool IsStuck(IReadOnlyList<string> places) =>
        new[] { "queue notification_error", "notification.parked_messages", "hangfire_notification.job" }.All(place =>
            places.Any(p => p.StartsWith(place, StringComparison.Ordinal))
        );

    private async Task Plant()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        using var anne = stack.Client("family", Anne);
        using var paul = stack.Client("family", Paul);
        using var tom = stack.Client("teacher", Teacher);
        var campaign = await coordinator.Made("/api/campaigns", Example.Campaign("Dump"));
        var id = await anne.Enrol(campaign, "Enfantzz", "Famillezz", ("Annezz Un", Anne, Phone), ("Paulzz Deux", Paul, null));
        await coordinator.Put($"/api/enrolments/{id}/note", new { note = "Motzz sur cet enfant" });
        await paul.Put($"/api/enrolments/{id}/objection", new { reason = "Refuszz" });
        await paul.Put(
            $"/api/drafts/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}",
            new { campaignId = campaign, content = new { firstName = "Brouillonzz" } }
        );
        await tom.Made($"/api/campaigns/{campaign}/offers", Planting.Offer("Tomzz Vidal", Teacher));
        await Stuck.SetAside(stack, id, "Echecanne zzmark1", Anne);
        await Stuck.Park(stack, id, "Attenteanne zzmark1", Anne);
        await Stuck.Job(stack, PersonId.FromEmail(Anne), "Tacheanne zzmark1");
    }

    /// <summary>By its coordinator, whom it asks: to know first, what every service holds.</summary>
    private async Task<(Guid Campaign, Guid Enrolment)> PlantPaper()
    {
        using var coordinator = stack.Client("coordinator", "coordinator@example.org");
        var campaign = await Example.Opened(coordinator, "Papier");
        var body = Example.Enrolment("Papierzz");
        var id = await coordinator.Made($"/api/campaigns/{campaign}/enrolments", body);
        await coordinator.Put($"/api/enrolments/{id}/note", new { note = "Ecritzz sur cet enfant" });
        await coordinator.Put($"/api/enrolments/{id}", Example.Enrolment("Papierzz", last: "Feuillezz"));
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
        await Stuck.SetAside(stack, id, "Papierzz", null);
        await Stuck.Park(stack, id, "Papierzz", null);
        await Stuck.Job(stack, id, "Papierzz");
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
            await Eventually.True(async () => (await stack.Search(words)).Values.All(places => places.Count == 0));
        }
        finally
        {
            // Printed in any case: where something is left is what one wants to know.
            (await stack.Count(output, when, words))
                .Where(a => a.Value.Count > 0)
                .ShouldBeEmpty();
        }
    }
}
