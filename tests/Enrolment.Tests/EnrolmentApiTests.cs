using System.Text;
using System.Text.Json;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>The service as its callers meet it, on real PostgreSQL and RabbitMQ.</summary>
public sealed class EnrolmentApiTests(EnrolmentService service) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Address => $"/api/campaigns/{service.Open}/enrolments";

    [Fact]
    public async Task an_enrolment_is_durable_readable_and_told_to_the_others_without_names()
    {
        using var family = service.Client("family", "parent@example.org");
        var answer = await family.PostAsJsonAsync(Address, Some.Request("Noël 🎒 d’Été"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var created = await Read(answer);
        created.GetProperty("status").GetString().ShouldBe("submitted");
        var id = created.GetProperty("id").GetGuid();
        id.Version.ShouldBe(7);
        answer.Headers.Location!.ToString().ShouldBe($"/api/enrolments/{id}");

        var read = await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}");
        read.GetProperty("pupil").GetProperty("firstName").GetString().ShouldBe("Noël 🎒 d’Été");

        var told = await service.Hears<Contract.EnrolmentSubmitted>(m => m.EnrolmentId == id);
        told.Wishes.Select(w => w.Subject).ShouldBe(["MATHS", "FR"]);
        JsonSerializer.Serialize(told).ShouldNotContain("Noël");
        var acknowledged = await service.Hears<Contract.EnrolmentAcknowledged>(m => m.EnrolmentId == id);
        acknowledged.Guardians.ShouldHaveSingleItem().Email.ShouldBe("parent@example.org");
        (await service.Hears<Contract.EnrolmentFamily>(m => m.EnrolmentId == id)).PersonIds.ShouldBe([
            PersonId.FromEmail("parent@example.org"),
        ]);
    }

    [Fact]
    public async Task the_same_key_and_body_is_one_enrolment_and_another_body_is_refused()
    {
        using var family = service.Client("family", "twice@example.org");
        family.DefaultRequestHeaders.Add("Idempotency-Key", "click");
        var request = Some.Request(email: "twice@example.org");
        var first = await Read(await family.PostAsJsonAsync(Address, request));
        var second = await family.PostAsJsonAsync(Address, request);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Read(second)).GetProperty("id").GetGuid().ShouldBe(first.GetProperty("id").GetGuid());
        await Refused(await family.PostAsJsonAsync(Address, Some.Request("Autre", "twice@example.org")), 422, "idempotency-key-reused");
    }

    [Fact]
    public async Task the_same_key_at_the_same_instant_is_one_enrolment()
    {
        using var family = service.Client("family", "race@example.org");
        family.DefaultRequestHeaders.Add("Idempotency-Key", "race");
        var request = Some.Request(email: "race@example.org");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(async _ => await Read(await family.PostAsJsonAsync(Address, request)))
        );
        answers.Select(a => a.GetProperty("id").GetGuid()).Distinct().ShouldHaveSingleItem();
        var mine = await family.GetFromJsonAsync<JsonElement>("/api/me/enrolments");
        mine.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task another_family_and_another_territory_see_nothing()
    {
        using var family = service.Client("family", "mine@example.org");
        var id = (await Read(await family.PostAsJsonAsync(Address, Some.Request(email: "mine@example.org")))).GetProperty("id").GetGuid();
        foreach (
            var (role, email, territory) in new[] { ("family", "other@example.org", (string?)null), ("coordinator", "c@ac.example", "030") }
        )
        {
            using var stranger = service.Client(role, email, territory);
            await Refused(await stranger.GetAsync($"/api/enrolments/{id}"), 404, "not-found");
            await Refused(await stranger.PutAsJsonAsync($"/api/enrolments/{id}", Some.Request()), 404, "not-found");
            await Refused(await stranger.DeleteAsync($"/api/enrolments/{id}"), 404, "not-found");
            await Refused(await stranger.PostAsJsonAsync($"/api/enrolments/{id}/confirm", new { }), 404, "not-found");
        }
        using var teacher = service.Client("teacher");
        await Refused(await teacher.GetAsync($"/api/enrolments/{id}"), 403, "forbidden");
        using var nobody = service.Client();
        await Refused(await nobody.GetAsync($"/api/enrolments/{id}"), 401, "unauthenticated");
        using var coordinator = service.Client("coordinator", "c@ac.example", "034");
        (await coordinator.GetAsync($"/api/enrolments/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_stale_version_is_refused_and_nothing_is_lost()
    {
        using var family = service.Client("family", "stale@example.org");
        var answer = await family.PostAsJsonAsync(Address, Some.Request(email: "stale@example.org"));
        var (id, etag) = ((await Read(answer)).GetProperty("id").GetGuid(), answer.Headers.ETag!.ToString());

        var first = await Put(family, id, Some.Request("Premier", "stale@example.org"), etag);
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        await Refused(await Put(family, id, Some.Request("Second", "stale@example.org"), etag), 412, "stale");
        var read = await family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}");
        read.GetProperty("pupil").GetProperty("firstName").GetString().ShouldBe("Premier");
        (await Put(family, id, Some.Request("Second", "stale@example.org"), first.Headers.ETag!.ToString())).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        await service.Hears<Contract.EnrolmentChanged>(m => m.EnrolmentId == id && m.Version == 3);
    }

    [Theory]
    [InlineData("{ \"pupil\": ", 400, "malformed-json")]
    [InlineData("[1, 2]", 400, "malformed-json")]
    [InlineData(
        "{ \"pupil\": { \"firstName\": \"A\", \"lastName\": \"B\", \"level\": \"6e\", \"schoolUai\": \"0340008Z\", \"nickname\": \"x\" } }",
        400,
        "malformed-json"
    )]
    [InlineData("{}", 400, "validation")]
    [InlineData("", 400, "malformed")]
    public async Task a_malformed_body_is_named_and_changes_nothing(string body, int status, string code)
    {
        using var family = service.Client("family", "bad@example.org");
        await Refused(await family.PostAsync(Address, new StringContent(body, Encoding.UTF8, "application/json")), status, code);
        (await family.GetFromJsonAsync<JsonElement>("/api/me/enrolments")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task a_megabyte_of_text_is_too_large()
    {
        using var family = service.Client("family", "large@example.org");
        using var answer = await family.PostAsJsonAsync(Address, Some.Request(new string('é', 1_000_000)));
        // The in-memory server of the test has no Kestrel limits: there the name's length refuses it.
        ((int)answer.StatusCode).ShouldBeOneOf(400, 413);
    }

    [Fact]
    public async Task a_closed_campaign_a_strange_one_and_a_bad_school_are_told_apart_in_both_languages()
    {
        using var family = service.Client("family");
        await Refused(await family.PostAsJsonAsync($"/api/campaigns/{service.Closed}/enrolments", Some.Request()), 409, "campaign-closed");
        await Refused(
            await family.PostAsJsonAsync(
                $"/api/campaigns/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}/enrolments",
                Some.Request()
            ),
            404,
            "no-such-campaign"
        );
        var wrong = Some.Request() with { Pupil = new Pupil("A", "B", "6e", "0340001A") };
        var french = await Refused(await family.PostAsJsonAsync(Address, wrong), 400, "validation");
        french.GetProperty("errors").GetProperty("pupil.schoolUai")[0].GetString()!.ShouldContain("lettre de contrôle");
        family.DefaultRequestHeaders.Add("Accept-Language", "en");
        var english = await Refused(await family.PostAsJsonAsync(Address, wrong), 400, "validation");
        english.GetProperty("errors").GetProperty("pupil.schoolUai")[0].GetString()!.ShouldContain("check letter");
    }

    [Fact]
    public async Task withdrawing_twice_is_withdrawing_once()
    {
        using var family = service.Client("family", "leaves@example.org");
        var id = (await Read(await family.PostAsJsonAsync(Address, Some.Request(email: "leaves@example.org")))).GetProperty("id").GetGuid();
        (await Read(await family.DeleteAsync($"/api/enrolments/{id}"))).GetProperty("status").GetString().ShouldBe("withdrawn");
        var again = await Read(await family.DeleteAsync($"/api/enrolments/{id}"));
        again.GetProperty("version").GetInt64().ShouldBe(2);
        await Refused(await family.PutAsJsonAsync($"/api/enrolments/{id}", Some.Request(email: "leaves@example.org")), 409, "withdrawn");
        await service.Hears<Contract.EnrolmentWithdrawn>(m => m.EnrolmentId == id);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    private static async Task<HttpResponseMessage> Put(HttpClient client, Guid id, EnrolmentRequest body, string etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/enrolments/{id}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> Refused(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }
}
