using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Stages.Contracts.Scheduling;
using Stages.Testing;
using Stages.Vocabulary;
using Contract = Stages.Contracts.Enrolment;

namespace Stages.Enrolments.Tests;

/// <summary>Many who write in the same second, through two copies: each is obeyed, once, and nobody hears of a fault.</summary>
public sealed class ManyAtOnceTests(EnrolmentService service) : IAsyncLifetime
{
    private const int Changes = 200;

    private const int Declines = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await service.TellCampaigns();
        // Ended with the fixture, which the other tests share: they go on with the first copy.
        if (service.Copies == 1)
            await service.StartCopy();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task two_hundred_changes_of_one_enrolment_are_all_obeyed()
    {
        var email = Address();
        var id = await Enrol(email);

        var answers = await AtOnce(
            Changes,
            email,
            (family, i) => family.PutAsJsonAsync($"/api/enrolments/{id}", Some.Request(Name(i), email), Cancel)
        );

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        var events = await Events(id);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, Changes + 1).Select(v => (long)v));
        events
            .Select(e => e.Data)
            .OfType<EnrolmentChanged>()
            .Select(e => e.Content.Pupil.FirstName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, Changes).Select(Name).Order(StringComparer.Ordinal));
        // The outbox may say one twice, with the same id: that it says each is what counts.
        await Testing.Eventually.Is(
            () => Task.FromResult(Told<Contract.EnrolmentChanged, long>(m => m.EnrolmentId == id, m => m.Version)),
            told => told.SequenceEqual(Enumerable.Range(2, Changes).Select(v => (long)v))
        );
    }

    [Fact]
    public async Task two_hundred_enrolments_changed_at_once_are_all_changed()
    {
        var email = Address();
        var ids = await Task.WhenAll(Enumerable.Range(0, Changes).Select(_ => Enrol(email)));

        var answers = await AtOnce(
            Changes,
            email,
            (family, i) => family.PutAsJsonAsync($"/api/enrolments/{ids[i]}", Some.Request(Name(i), email), Cancel)
        );

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        foreach (var id in ids)
            (await Events(id)).Select(e => e.Version).ShouldBe([1, 2]);
    }

    /// <summary>They share queries, and never each other's children.</summary>
    [Fact]
    public async Task of_many_families_that_ask_at_once_each_sees_its_own_children()
    {
        var families = Enumerable.Range(0, 20).Select(_ => Address()).ToList();
        var children = new Dictionary<string, Guid[]>(StringComparer.Ordinal);
        foreach (var (email, i) in families.Select((email, i) => (email, i)))
            children[email] = await Task.WhenAll(Enumerable.Range(0, i % 4).Select(_ => Enrol(email)));
        var own = service.Services.GetRequiredService<OwnEnrolments>();

        var seen = await Task.WhenAll(
            Enumerable
                .Range(0, Changes)
                .Select(async i =>
                {
                    var email = families[i % families.Count];
                    return (email, Found: await own.Of(PersonId.FromEmail(email), "", Cancel));
                })
        );

        foreach (var (email, found) in seen)
            found.Select(e => e.Id).Order().ShouldBe(children[email].Order());
    }

    [Fact]
    public async Task of_two_hundred_who_saw_the_same_version_one_is_obeyed_and_the_others_are_told_so()
    {
        var email = Address();
        var id = await Enrol(email);

        var answers = await AtOnce(
            Changes,
            email,
            (family, i) =>
            {
                var change = new HttpRequestMessage(HttpMethod.Put, $"/api/enrolments/{id}")
                {
                    Content = JsonContent.Create(Some.Request(Name(i), email)),
                };
                change.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                return family.SendAsync(change, Cancel);
            }
        );

        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(status => status == HttpStatusCode.PreconditionFailed).ShouldBe(Changes - 1);
        (await Events(id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task two_hundred_clicks_on_one_button_confirm_once()
    {
        var email = Address();
        var id = await Enrol(email);
        await Offer([id]);

        var answers = await AtOnce(
            Changes,
            email,
            (family, _) => family.PostAsJsonAsync($"/api/enrolments/{id}/confirm", new { wish = "MATHS" }, Cancel)
        );

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        (await Events(id)).Count(e => e.Data is PlacementConfirmed).ShouldBe(1);
    }

    [Fact]
    public async Task fifty_families_who_decline_one_stage_at_once_have_all_declined()
    {
        var email = Address();
        var ids = await Task.WhenAll(Enumerable.Range(0, Declines).Select(_ => Enrol(email)));
        await Offer(ids);

        var answers = await AtOnce(
            Declines,
            email,
            (family, i) => family.PostAsJsonAsync($"/api/enrolments/{ids[i]}/decline", new { wish = "MATHS" }, Cancel)
        );

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        foreach (var id in ids)
        {
            (await Events(id)).Count(e => e.Data is PlacementDeclined).ShouldBe(1);
            await service.Hears<Contract.PlacementDeclined>(m => m.EnrolmentId == id);
        }
        Told<Contract.PlacementDeclined, Guid>(m => ids.Contains(m.EnrolmentId), m => m.EnrolmentId).Count.ShouldBe(Declines);
    }

    /// <summary>Which messages of a kind were said, each named once.</summary>
    private List<TKey> Told<T, TKey>(Func<T, bool> mine, Func<T, TKey> key) =>
        [.. service.Heard<T>().Where(mine).Select(key).Distinct().Order()];

    /// <summary>Every other request goes to the other copy.</summary>
    private async Task<HttpStatusCode[]> AtOnce(int times, string email, Func<HttpClient, int, Task<HttpResponseMessage>> ask)
    {
        using var left = service.Client("family", email);
        using var right = service.Client("family", email, copy: 1);
        return await Task.WhenAll(
            Enumerable
                .Range(0, times)
                .Select(async i =>
                {
                    using var answer = await ask(i % 2 == 0 ? left : right, i);
                    return answer.StatusCode;
                })
        );
    }

    private static string Address() => $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    /// <summary>Names have no digits.</summary>
    private static string Name(int i) => $"Zo{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}";

    private async Task<Guid> Enrol(string email)
    {
        using var family = service.Client("family", email);
        using var answer = await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", Some.Request(email: email), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    /// <summary>Scheduling publishes a stage of these pupils; waits until each has the place before them.</summary>
    private async Task Offer(Guid[] pupils)
    {
        var start = new DateTimeOffset(2021, 4, 12, 7, 0, 0, TimeSpan.Zero);
        await service.Publish(
            new StagePublished(
                Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                service.Open,
                1,
                "MATHS",
                ["6e"],
                "A",
                "Europe/Paris",
                Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                null,
                "Claire",
                [new(Guid.CreateVersion7(start), new DateOnly(2021, 4, 12), new(9, 0), new(11, 0), start, start.AddHours(2), 0)],
                [.. pupils.Select(p => new PupilPlaced(p, "MATHS"))]
            )
        );
        foreach (var pupil in pupils)
            await Eventually.True(async () => (await Events(pupil)).Any(e => e.Data is PlaceOffered));
    }

    private async Task<IReadOnlyList<JasperFx.Events.IEvent>> Events(Guid id)
    {
        await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await reads.Events.FetchStreamAsync(id, token: Cancel);
    }
}
