using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Classrooms.Library;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>The library over HTTP and in real PostgreSQL: who proposes, decides, finds and opens what.</summary>
public sealed class LibraryApiTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_link_is_proposed_accepted_found_by_the_family_and_counted_without_saying_whose()
    {
        var lesson = await Lesson();
        using var claire = service.Client("teacher", lesson.Teacher);
        using var family = service.Client("family", lesson.Pupils[0].Parent);
        using var stranger = service.Client("family", "stranger@example.org");
        using var here = service.Client("coordinator", "c@example.org", "034");
        using var elsewhere = service.Client("coordinator", "d@example.org", "030");

        var id = await Propose(claire, lesson, Link("Conjuguer à l’imparfait"));
        (await Titles(family, lesson)).ShouldBeEmpty();
        (await Titles(here, lesson, "&state=proposed")).ShouldBe(["Conjuguer à l’imparfait"]);
        (await Titles(elsewhere, lesson, "&state=proposed")).ShouldBeEmpty();
        (await Titles(claire, lesson, "&mine=true")).ShouldBe(["Conjuguer à l’imparfait"]);
        (await Decide(elsewhere, id, "accept")).ShouldBe(HttpStatusCode.NotFound);
        (await Decide(claire, id, "accept")).ShouldBe(HttpStatusCode.Forbidden);
        (await Open(family, id)).ShouldBe((HttpStatusCode.NotFound, null));
        // Whoever decides looks at it first, and is not counted.
        (await Open(here, id)).ShouldBe((HttpStatusCode.Found, "https://www.lumni.fr/imparfait"));
        (await Decide(here, id, "accept")).ShouldBe(HttpStatusCode.NoContent);

        foreach (var words in new[] { "IMPARFAIT", "imparf conju", "%C3%A0 l'imparfait" })
            (await Titles(family, lesson, $"&words={words}&level=6E&subject=FR")).ShouldBe(["Conjuguer à l’imparfait"], words);
        (await Titles(family, lesson, "&words=Pythagore")).ShouldBeEmpty();
        (await Titles(family, lesson, "&level=5e")).ShouldBeEmpty();
        (await Titles(stranger, lesson)).ShouldBeEmpty();
        (await Open(stranger, id)).ShouldBe((HttpStatusCode.NotFound, null));
        for (var i = 0; i < 3; i++)
            (await Open(family, id)).Status.ShouldBe(HttpStatusCode.Found);
        (await Open(claire, id)).Status.ShouldBe(HttpStatusCode.Found);
        var there = (await OfStage(family, lesson)).ShouldHaveSingleItem();
        there.GetProperty("opened").GetInt64().ShouldBe(3);
        (there.GetProperty("mine").GetBoolean(), there.GetProperty("mayDecide").GetBoolean()).ShouldBe((false, false));
        there.GetProperty("teacherFirstName").ValueKind.ShouldBe(JsonValueKind.Null);
        using (var others = await stranger.GetAsync($"/api/classroom/stages/{lesson.StageId}/resources", Cancel))
            others.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Taken back: the teacher reads why, the family no longer finds it.
        (await Decide(here, id, "refuse", new { reason = "Publicité" })).ShouldBe(HttpStatusCode.NoContent);
        (await OfStage(family, lesson)).ShouldBeEmpty();
        (await Open(family, id)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Items(claire, lesson, "&mine=true"))[0].GetProperty("reason").GetString().ShouldBe("Publicité");
        using var taken = await claire.DeleteAsync($"/api/classroom/resources/{id}", Cancel);
        taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Titles(claire, lesson, "&mine=true")).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_file_is_looked_into_kept_and_given_to_be_kept()
    {
        var lesson = await Lesson();
        using var claire = service.Client("teacher", lesson.Teacher);
        using var family = service.Client("family", lesson.Pupils[0].Parent);
        using var coordinator = service.Client("coordinator", "c@example.org");
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var id = await Propose(claire, lesson, File("leçon.pdf", SampleFiles.Pdf()), key);
        (await Propose(claire, lesson, File("leçon.pdf", SampleFiles.Pdf()), key)).ShouldBe(id, "sent twice, it is there once");
        (await Refused(claire, lesson, File("a.pdf", [.. "MZ"u8, 0, 1]))).ShouldBe("file-kind");
        (await Refused(claire, lesson, Link("a") with { Link = "http://example.org/" })).ShouldBe("validation");
        using (var stranger = service.Client("teacher", "stranger@example.org"))
            (await Refused(stranger, lesson, Link("a"))).ShouldBe("teaches-no-stage");
        (await Decide(coordinator, id, "accept")).ShouldBe(HttpStatusCode.NoContent);

        using var given = await family.GetAsync($"/api/classroom/resources/{id}/open", Cancel);
        (await given.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(SampleFiles.Pdf());
        given.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        given.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("leçon.pdf");
        given.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox;");
    }

    [Fact]
    public async Task what_families_use_outlives_its_teacher_as_nobodys_and_all_of_it_ends()
    {
        var lesson = await Lesson();
        using var claire = service.Client("teacher", lesson.Teacher);
        using var family = service.Client("family", lesson.Pupils[0].Parent);
        using var coordinator = service.Client("coordinator", "c@example.org");
        using var portal = service.Client("service", "portal@example.org");
        var kept = await Propose(claire, lesson, Link("Gardée"));
        await Propose(claire, lesson, Link("En attente"));
        await Decide(coordinator, kept, "accept");
        var person = PersonId.FromEmail(lesson.Teacher);
        var data = await portal.GetFromJsonAsync<JsonElement>($"/internal/people/{person}", Cancel);
        data.GetProperty("resources")
            .EnumerateArray()
            .Select(r => r.GetProperty("title").GetString())
            .ShouldBe(["Gardée", "En attente"], ignoreOrder: true);

        using (var erased = await portal.DeleteAsync($"/internal/people/{person}", Cancel))
            erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await using (var query = service.Services.GetRequiredService<IDocumentStore>().QuerySession())
            await Eventually.True(async () =>
                (await query.Query<Resource>().Where(r => r.CampaignId == lesson.CampaignId).Select(r => r.By).ToListAsync(Cancel))
                    is [var by]
                && by == Guid.Empty
            );
        (await Titles(family, lesson)).ShouldBe(["Gardée"]);
        (await Titles(claire, lesson, "&mine=true")).ShouldBeEmpty();

        await KeepLibrary.Rule.Forget(service.Services, TimeProvider.System.GetUtcNow().AddDays(-1), Cancel);
        (await Titles(family, lesson)).ShouldBe(["Gardée"]);
        while (await KeepLibrary.Rule.Forget(service.Services, TimeProvider.System.GetUtcNow().AddDays(1), Cancel) > 0) { }
        (await Titles(family, lesson)).ShouldBeEmpty();
    }

    private sealed record Proposal(string Title, string About, string Subject, string[] Levels, string? Link, object? File);

    private static Proposal Link(string title) => new(title, "Des exercices", "FR", ["6e"], "https://www.lumni.fr/imparfait", null);

    private static Proposal File(string name, byte[] content) => new("Leçon", "À imprimer", "FR", ["6e"], null, new { name, content });

    private async Task<TestLesson> Lesson()
    {
        var lesson = await service.Publish(0, "Lina");
        var now = TimeProvider.System.GetUtcNow();
        await service.Publish(
            new CampaignOpened(
                lesson.CampaignId,
                1,
                "Printemps",
                "Montpellier",
                "C",
                "Europe/Paris",
                [],
                [],
                120,
                [],
                now,
                now,
                ["6e", "5e"],
                [new CampaignSubject("FR", "Français", ["6e", "5e"], "French")],
                new CampaignRules()
            )
        );
        await using var query = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        await Eventually.True(async () => await query.LoadAsync<Campaigns.KnownCampaign>(lesson.CampaignId, Cancel) is not null);
        return lesson;
    }

    private static Task<HttpResponseMessage> Post(HttpClient teacher, TestLesson lesson, Proposal proposal, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/classroom/campaigns/{lesson.CampaignId}/resources")
        {
            Content = JsonContent.Create(proposal),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return teacher.SendAsync(request, Cancel);
    }

    private static async Task<Guid> Propose(HttpClient teacher, TestLesson lesson, Proposal proposal, string? key = null)
    {
        using var answer = await Post(teacher, lesson, proposal, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    private static async Task<string?> Refused(HttpClient teacher, TestLesson lesson, Proposal proposal)
    {
        using var answer = await Post(teacher, lesson, proposal);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();
    }

    private static async Task<HttpStatusCode> Decide(HttpClient by, Guid id, string verb, object? body = null)
    {
        using var answer = await by.PostAsJsonAsync($"/api/classroom/resources/{id}/{verb}", body ?? new { }, Cancel);
        return answer.StatusCode;
    }

    private static async Task<JsonElement[]> Items(HttpClient who, TestLesson lesson, string search = "") =>
        [
            .. (await who.GetFromJsonAsync<JsonElement>($"/api/classroom/campaigns/{lesson.CampaignId}/resources?{search}", Cancel))
                .GetProperty("items")
                .EnumerateArray(),
        ];

    private static async Task<IEnumerable<string?>> Titles(HttpClient who, TestLesson lesson, string search = "") =>
        (await Items(who, lesson, search)).Select(r => r.GetProperty("title").GetString());

    private static async Task<JsonElement[]> OfStage(HttpClient who, TestLesson lesson) =>
        [
            .. (await who.GetFromJsonAsync<JsonElement>($"/api/classroom/stages/{lesson.StageId}/resources", Cancel))
                .GetProperty("items")
                .EnumerateArray(),
        ];

    private async Task<(HttpStatusCode Status, string? Where)> Open(HttpClient who, Guid id)
    {
        using var direct = service.Direct();
        direct.DefaultRequestHeaders.Authorization = who.DefaultRequestHeaders.Authorization;
        using var answer = await direct.GetAsync($"/api/classroom/resources/{id}/open", Cancel);
        return (answer.StatusCode, answer.Headers.Location?.ToString());
    }
}
