using System.Text.Json;
using Stages.Testing;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>A coordinator is shown what may be one child, and decides; over HTTP, on real servers.</summary>
public sealed class DoublesApiTests(EnrolmentService service) : IAsyncLifetime
{
    private string Address => $"/api/campaigns/{service.Open}/enrolments";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task two_that_may_be_one_child_are_shown_and_become_one_for_both_families()
    {
        using var anne = service.Client("family", "anne.doubles@example.org");
        using var marc = service.Client("family", "marc.doubles@example.org");
        using var coordinator = service.Client("coordinator", "camille@example.org", "034");
        using var foreign = service.Client("coordinator", "elsewhere@example.org", "030");
        var first = Some.Request("Valentine", "anne.doubles@example.org");
        var one = await Enrolled(anne, first);
        var two = await Enrolled(
            marc,
            first with
            {
                Pupil = first.Pupil with { FirstName = "Valentin" },
                Guardians = [new Guardian("Marc L’Hérault", "marc.doubles@example.org")],
            }
        );
        (await Doubles(coordinator))[one].ShouldBe([two]);
        (await Doubles(coordinator))[two].ShouldBe([one]);
        (await Doubles(foreign)).ShouldBeEmpty();
        (await marc.GetAsync($"{Address}?possibleDoubles=true")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Post(foreign, one, "merge", new { with = two })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(marc, two, "merge", new { with = one })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Post(coordinator, one, "merge", new { with = Some.Id() })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(coordinator, one, "merge", new { with = one })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // Twice: the second post changes nothing.
        foreach (var _ in new[] { 1, 2 })
        {
            using var merged = await Post(coordinator, one, "merge", new { with = two });
            merged.StatusCode.ShouldBe(HttpStatusCode.OK, await merged.Content.ReadAsStringAsync());
            var view = (await merged.Content.ReadFromJsonAsync<EnrolmentView>())!;
            view.Guardians.Select(g => g.Email).ShouldBe(["anne.doubles@example.org", "marc.doubles@example.org"]);
            view.Version.ShouldBe(2);
        }
        (await Doubles(coordinator)).ShouldNotContainKey(one);
        (await marc.GetFromJsonAsync<Page<EnrolmentView>>("/api/me/enrolments"))!.Items.Select(e => e.Id).ShouldBe([one]);
        var ended = (await marc.GetFromJsonAsync<EnrolmentView>($"/api/enrolments/{two}"))!;
        (ended.Status, ended.MergedInto).ShouldBe(("merged", one));

        (await service.Hears<Contract.EnrolmentWithdrawn>(m => m.EnrolmentId == two)).MergedInto.ShouldBe(one);
        var told = await service.Hears<Contract.EnrolmentAcknowledged>(m => m.EnrolmentId == one && m.What == "merged");
        told.Guardians.Select(g => g.Email).ShouldBe(["anne.doubles@example.org", "marc.doubles@example.org"]);
        (
            await service.Hears<Contract.EnrolmentAcknowledged>(m => m.EnrolmentId == two && m.What == "merged-into")
        ).Guardians.ShouldBeEmpty();
        (await service.Hears<Contract.EnrolmentFamily>(m => m.EnrolmentId == one && m.PersonIds.Count == 2)).PersonIds.ShouldContain(
            PersonId.FromEmail("marc.doubles@example.org")
        );
    }

    [Fact]
    public async Task two_children_are_said_once_and_not_shown_again()
    {
        using var coordinator = service.Client("coordinator", "camille@example.org");
        var first = Some.Request("Clémence");
        var one = await Enrolled(coordinator, first);
        var two = await Enrolled(coordinator, first with { Pupil = first.Pupil with { BirthYear = 2010 } });
        (await Doubles(coordinator))[one].ShouldBe([two]);
        using var said = await Post(coordinator, two, "another-child", new { with = one });
        said.StatusCode.ShouldBe(HttpStatusCode.OK, await said.Content.ReadAsStringAsync());
        var left = await Doubles(coordinator);
        left.ShouldNotContainKey(one);
        left.ShouldNotContainKey(two);
    }

    private async Task<Dictionary<Guid, IReadOnlyList<Guid>>> Doubles(HttpClient client) =>
        (await client.GetFromJsonAsync<Sheet<EnrolmentView>>($"{Address}?possibleDoubles=true&page=1&limit=1000"))!.Items.ToDictionary(
            e => e.Id,
            e => e.PossibleDoubles!
        );

    private static Task<HttpResponseMessage> Post(HttpClient client, Guid id, string verb, object body) =>
        client.PostAsJsonAsync($"/api/enrolments/{id}/{verb}", body);

    private async Task<Guid> Enrolled(HttpClient client, EnrolmentRequest request)
    {
        using var answer = await client.PostAsJsonAsync(Address, request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
