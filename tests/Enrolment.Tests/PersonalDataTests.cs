using System.Text.Json;
using Npgsql;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

public sealed class PersonalDataTests(EnrolmentService service) : IAsyncLifetime
{
    private readonly string email = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task a_draft_is_kept_as_typed_and_nobody_else_sees_it()
    {
        using var family = service.Client("family", email);
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var draft = new
        {
            campaignId = service.Open,
            content = new
            {
                step = 2,
                pupil = new { firstName = "Zoé 🎈" },
                odd = "anything",
            },
        };
        (await family.PutAsJsonAsync($"/api/drafts/{id}", draft)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var mine = await family.GetFromJsonAsync<JsonElement>("/api/me/drafts");
        mine.GetProperty("items")[0].GetProperty("content").GetProperty("pupil").GetProperty("firstName").GetString().ShouldBe("Zoé 🎈");

        using var other = service.Client("family", "curious@example.org");
        (await other.PutAsJsonAsync($"/api/drafts/{id}", draft)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.DeleteAsync($"/api/drafts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await family.DeleteAsync($"/api/drafts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task erased_data_is_gone_from_the_state_and_from_the_log()
    {
        using var family = service.Client("family", email);
        var request = Some.Request("Inoubliable", email);
        var id = (
            await (
                await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", request)
            ).Content.ReadFromJsonAsync<JsonElement>()
        )
            .GetProperty("id")
            .GetGuid();
        using var portal = service.Client("service", "portal@stages.invalid");
        var exported = await portal.GetStringAsync($"/internal/people/{PersonId.FromEmail(email)}");
        exported.ShouldContain("Inoubliable");
        (await family.GetAsync($"/internal/people/{PersonId.FromEmail(email)}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(email)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await service.Hears<Contract.EnrolmentErased>(m => m.EnrolmentId == id);
        (await family.GetAsync($"/api/enrolments/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var connection = new NpgsqlConnection(service.Realm.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select (select count(*) from enrolment.mt_events where data::text like '%Inoubliable%' or data::text like '%' || $1 || '%')
                 + (select count(*) from enrolment.mt_doc_enrolment
                      where data::text like '%Inoubliable%' or data::text like '%' || $1 || '%')
            """,
            connection
        )
        {
            Parameters = { new() { Value = email } },
        };
        ((long)(await command.ExecuteScalarAsync())!).ShouldBe(0);
    }
}
