using System.Text.Json;
using Npgsql;
using Stages.Enrolments.People;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>Two guardians of one pupil: each is forgotten alone, and sees of the other no more than the name.</summary>
public sealed class GuardianTests(EnrolmentService service) : IAsyncLifetime
{
    private readonly string anne = $"anne-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";
    private readonly string paul = $"paul-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_person_is_forgotten_and_the_enrolment_stays_with_the_other_guardian()
    {
        using var first = service.Client("family", anne);
        using var second = service.Client("family", paul);
        using var portal = service.Client("service", "portal@stages.invalid");
        var id = await Submit(first);
        (await CountOf(anne)).ShouldBeGreaterThan(0);
        (await CountOf(PersonId.FromEmail(anne).ToString())).ShouldBeGreaterThan(0);

        (await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(anne)}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await first.GetAsync($"/api/enrolments/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var left = await second.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}", Cancel);
        left.GetProperty("pupil").GetProperty("firstName").GetString().ShouldBe("Zoé");
        left.GetProperty("guardians").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("Paul L’Hérault");
        var told = await service.Hears<Contract.EnrolmentAcknowledged>(m => m.EnrolmentId == id && m.What == "guardian-left");
        told.Guardians.Select(g => g.Email).ShouldBe([paul]);
        (await service.Hears<Contract.EnrolmentFamily>(m => m.EnrolmentId == id && m.Version == told.Version)).PersonIds.ShouldBe([
            PersonId.FromEmail(paul),
        ]);
        (await CountOf(anne)).ShouldBe(0);
        (await CountOf(PersonId.FromEmail(anne).ToString())).ShouldBe(0);

        (await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(paul)}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await service.Hears<Contract.EnrolmentErased>(m => m.EnrolmentId == id);
        (await CountOf(paul)).ShouldBe(0);
        (await CountOf(PersonId.FromEmail(paul).ToString())).ShouldBe(0);
    }

    [Fact]
    public async Task an_objection_is_said_to_others_once_and_without_its_reason()
    {
        using var first = service.Client("family", anne);
        using var second = service.Client("family", paul);
        var id = await Submit(first);
        for (var i = 0; i < 2; i++)
            (await second.PutAsJsonAsync($"/api/enrolments/{id}/objection", new { reason = "Motif privé" }, Cancel)).StatusCode.ShouldBe(
                HttpStatusCode.OK
            );

        var said = await service.Hears<Contract.GuardianObjected>(m => m.EnrolmentId == id);
        (said.CampaignId, said.SchoolUai).ShouldBe((service.Open, Some.School));
        JsonSerializer.Serialize(said).ShouldNotContain("Motif");
        // What comes after it has come: so would a second.
        await second.PutAsJsonAsync($"/api/enrolments/{id}/objection", new { reason = "Autre motif" }, Cancel);
        await service.Hears<Contract.GuardianObjected>(m => m.EnrolmentId == id && m.At > said.At);
        service.Heard<Contract.GuardianObjected>().Count(m => m.EnrolmentId == id).ShouldBe(2, "one for each thing that was said");
    }

    [Fact]
    public async Task a_guardian_sees_the_other_by_name_alone_and_changes_without_losing_the_address()
    {
        using var first = service.Client("family", anne);
        using var second = service.Client("family", paul);
        using var coordinator = service.Client("coordinator", "camille@example.org");
        var id = await Submit(first);

        (await second.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldNotContain(anne);
        (await second.GetStringAsync("/api/me/enrolments", Cancel)).ShouldNotContain(anne);
        (await second.GetStringAsync($"/api/campaigns/{service.Open}/enrolments", Cancel)).ShouldNotContain(anne);
        (await first.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldNotContain(paul);
        (await coordinator.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldContain(anne);

        var seen = Some.Request() with { Guardians = [new Guardian("Anne L’Hérault"), new Guardian("Paul L’Hérault", paul, "0639980009")] };
        using var changed = await second.PutAsJsonAsync($"/api/enrolments/{id}", seen, Cancel);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await changed.Content.ReadAsStringAsync(Cancel)).ShouldNotContain(anne);
        (await coordinator.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldContain(anne);
    }

    [Fact]
    public async Task an_objection_is_shown_to_the_coordinator_and_not_to_the_other_guardian()
    {
        using var first = service.Client("family", anne);
        using var second = service.Client("family", paul);
        using var coordinator = service.Client("coordinator", "camille@example.org");
        var id = await Submit(first);

        (
            await second.PutAsJsonAsync($"/api/enrolments/{id}/objection", new { reason = "Pas cette semaine-là" }, Cancel)
        ).StatusCode.ShouldBe(HttpStatusCode.OK);

        var objections = (await coordinator.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}", Cancel)).GetProperty("objections");
        objections[0].GetProperty("guardian").GetString().ShouldBe("Paul L’Hérault");
        objections[0].GetProperty("reason").GetString().ShouldBe("Pas cette semaine-là");
        (await coordinator.GetStringAsync($"/api/campaigns/{service.Open}/enrolments?objected=true", Cancel)).ShouldContain(id.ToString());
        (await first.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldNotContain("Pas cette semaine-là");
        (await second.GetStringAsync($"/api/enrolments/{id}", Cancel)).ShouldContain("Pas cette semaine-là");

        (await second.DeleteAsync($"/api/enrolments/{id}/objection", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await coordinator.GetStringAsync($"/api/campaigns/{service.Open}/enrolments?objected=true", Cancel)).ShouldNotContain(
            id.ToString()
        );
    }

    [Fact]
    public async Task both_guardians_are_told_of_a_withdrawal()
    {
        using var first = service.Client("family", anne);
        using var second = service.Client("family", paul);
        var id = await Submit(first);
        (await second.DeleteAsync($"/api/enrolments/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = await service.Hears<Contract.EnrolmentAcknowledged>(m => m.EnrolmentId == id && m.What == "withdrawn");
        told.Guardians.Select(g => g.Email).ShouldBe([anne, paul]);
    }

    [Fact]
    public async Task a_family_on_paper_is_exported_and_erased_by_a_coordinator_of_its_territory()
    {
        using var coordinator = service.Client("coordinator", "camille@example.org", "034");
        using var stranger = service.Client("coordinator", "nadia@example.org", "030");
        var paper = Some.Request("Papier") with { Guardians = [new Guardian("Mamie Papier", Phone: "04 67 00 00 01")] };
        using var submitted = await coordinator.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", paper, Cancel);
        var id = (await submitted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();

        (await stranger.PostAsync($"/api/enrolments/{id}/data", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.DeleteAsync($"/api/enrolments/{id}/data?asked=letter", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var exported = await coordinator.PostAsync($"/api/enrolments/{id}/data", null, Cancel);
        (await exported.Content.ReadAsStringAsync(Cancel)).ShouldContain("Mamie Papier");
        (await coordinator.DeleteAsync($"/api/enrolments/{id}/data", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await coordinator.DeleteAsync($"/api/enrolments/{id}/data?asked=letter", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await CountOf("Papier")).ShouldBe(0);

        using var first = service.Client("family", anne);
        var online = await Submit(first);
        (await coordinator.DeleteAsync($"/api/enrolments/{online}/data?asked=letter", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private async Task<Guid> Submit(HttpClient family)
    {
        var request = Some.Request() with { Guardians = [new Guardian("Anne L’Hérault", anne), new Guardian("Paul L’Hérault", paul)] };
        using var answer = await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", request, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    /// <summary>In events, state and all other documents of the service.</summary>
    private async Task<long> CountOf(string text)
    {
        await using var connection = new NpgsqlConnection(service.Realm.Postgres);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            """
            select (select count(*) from enrolment.mt_events where data::text like '%' || $1 || '%')
                 + (select count(*) from enrolment.mt_doc_enrolment where data::text like '%' || $1 || '%')
            """,
            connection
        )
        {
            Parameters = { new() { Value = text } },
        };
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
