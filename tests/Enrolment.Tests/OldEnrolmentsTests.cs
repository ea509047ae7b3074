using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stages.Testing;

namespace Stages.Enrolments.Tests;

/// <summary>Enrolments that were written before there was anything to find them by, and that nobody has changed since.</summary>
public sealed class OldEnrolmentsTests(EnrolmentService service) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task an_old_enrolment_is_found_by_name_as_a_double_and_by_who_enrols_the_same_child_again()
    {
        var campaign = Some.Id();
        var now = TimeProvider.System.GetUtcNow();
        await service.Publish(Some.Campaign(campaign, now.AddDays(-1), now.AddDays(1)));
        using var coordinator = service.Client("coordinator");
        var old = Some.Request("Éloïse", "old@example.org");
        // Somebody else, whom a coordinator would compare: the same name at another level.
        var like = old with
        {
            Pupil = old.Pupil with { BirthYear = 2010, Level = "3e" },
            Guardians = [new Guardian("Autre", "other@example.org")],
        };
        var id = await Id(await Eventually.Is(() => Send(old), a => a.StatusCode == HttpStatusCode.Created));
        var other = await Id(await Send(like));
        var before = await Searched("eloise");
        await Execute(
            "update enrolment.mt_doc_enrolment set words = null, likeness = null, data = data - 'words' - 'likeness' - 'childKey' "
                + $"where id in ('{id}', '{other}')"
        );
        (await Searched("eloise")).ShouldBeEmpty();
        (await Listed("?possibleDoubles=true")).ShouldBeEmpty();

        await using var work = service.Services.CreateAsyncScope();
        var fill = ActivatorUtilities.CreateInstance<FillOldEnrolments>(work.ServiceProvider);
        (await fill.All(CancellationToken.None)).ShouldBe(2);
        (await Searched("eloise")).ShouldBe(before);
        (await Listed("?possibleDoubles=true")).ShouldBe([id, other], ignoreOrder: true);
        using var again = await Send(old);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.Content.ReadAsStringAsync()).ShouldContain("child-enrolled-already");

        // Once is enough, and nothing else has changed.
        (await fill.All(CancellationToken.None)).ShouldBe(0);
        var version = (await coordinator.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}")).GetProperty("version").GetInt64();
        version.ShouldBe(1);

        Task<HttpResponseMessage> Send(EnrolmentRequest request) =>
            coordinator.PostAsJsonAsync($"/api/campaigns/{campaign}/enrolments", request);

        Task<Guid[]> Searched(string name) => Listed($"?search={name}");

        async Task<Guid[]> Listed(string query)
        {
            var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/campaigns/{campaign}/enrolments{query}");
            return [.. page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()).Order()];
        }
    }

    /// <summary>What was read before somebody changed it is not written over what they wrote.</summary>
    [Fact]
    public async Task a_change_that_comes_between_reading_and_filling_stands()
    {
        using var family = service.Client("family", "between@example.org");
        var request = Some.Request(email: "between@example.org");
        var id = await Id(await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", request));
        await using var work = service.Services.CreateAsyncScope();
        await using var reads = work.ServiceProvider.GetRequiredService<IDocumentStore>().QuerySession();
        var read = (await reads.LoadAsync<Enrolment>(id)).ShouldNotBeNull();
        var renamed = request with { Pupil = request.Pupil with { FirstName = "Capucine" } };
        (await family.PutAsJsonAsync($"/api/enrolments/{id}", renamed)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var fill = ActivatorUtilities.CreateInstance<FillOldEnrolments>(work.ServiceProvider);
        (await fill.Fill([read], reads, CancellationToken.None)).ShouldBe(0);
        await using var fresh = work.ServiceProvider.GetRequiredService<IDocumentStore>().QuerySession();
        var now = (await fresh.LoadAsync<Enrolment>(id)).ShouldNotBeNull();
        (now.Content.Pupil.FirstName, now.ChildKey).ShouldBe(("Capucine", Doubles.KeyOf(service.Open, now.Content.Pupil)));
    }

    private static async Task<Guid> Id(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task Execute(string sql)
    {
        await using var database = NpgsqlDataSource.Create(service.Realm.Postgres);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
