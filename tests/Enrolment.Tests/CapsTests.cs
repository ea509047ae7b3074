using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>What one account, and one place, may do in a campaign and in a day.</summary>
public sealed class CapsTests(EnrolmentService service) : IAsyncLifetime
{
    private static readonly Caller Family = new(PersonId.FromEmail("parent@example.org"), Roles.Family, "parent@example.org", null, null);
    private static readonly Caller Coordinator = new(Guid.AllBitsSet, Roles.Coordinator, null, null, null);
    private static readonly DateTimeOffset At = new(2021, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string parent = $"caps-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void a_family_enrols_ten_children_and_a_coordinator_a_whole_school()
    {
        var ten = Enumerable.Range(0, 10).Select(_ => Enrolled(Some.Request())).ToList();
        FamilyCaps.Check([.. ten.Skip(1)], Family, new Caps()).ShouldBeNull();
        FamilyCaps.Check(ten, Family, new Caps()).ShouldBe(new TooManyEnrolments(10));
        FamilyCaps.Check([.. ten.Select(e => e with { Status = Enrolment.Withdrawn })], Family, new Caps()).ShouldBeNull();
        FamilyCaps.Check([.. ten.Select(e => e with { Submitter = Guid.Empty })], Family, new Caps()).ShouldBeNull();
        FamilyCaps.Check(ten, Coordinator, new Caps()).ShouldBeNull();
    }

    [Theory]
    [InlineData("ZOE", "L’HERAULT", "5e", 2009, true)]
    [InlineData("Zoé", "L'Hérault", "6e", null, true)]
    [InlineData("Zoé", "L’Hérault", "5e", null, false)]
    [InlineData("Zoé", "L’Hérault", "6e", 2012, false)]
    [InlineData("Léo", "L’Hérault", "6e", 2009, false)]
    [InlineData("L’Hérault", "Zoé", "6e", 2009, true)]
    public void a_child_is_known_by_name_school_and_year_or_level(string first, string last, string level, int? year, bool same) =>
        Doubles
            .IsSameChild(
                Child(new Pupil("Zoé", "L’Hérault", "6e", Some.School, 2009)),
                Child(new Pupil(first, last, level, Some.School, year))
            )
            .ShouldBe(same);

    private static EnrolmentContent Child(Pupil pupil, params string[] marks) =>
        Some.Request().ToContent() with
        {
            Pupil = pupil,
            Marks = marks,
        };

    [Fact]
    public void fingerprints_of_a_list_tell_apart_who_is_alike_and_names_in_the_wrong_fields_are_found()
    {
        var (zoe, swapped) = (new Pupil("Zoé", "Hérault", "6e", Some.School), new Pupil("HERAULT", "Zoe", "6e", Some.School));
        Doubles.IsSameChild(Child(zoe), Child(swapped)).ShouldBeTrue();
        Doubles.KeyOf(Guid.Empty, zoe).ShouldBe(Doubles.KeyOf(Guid.Empty, swapped));
        Doubles.IsSameChild(Child(zoe, "ine-1"), Child(zoe, "ine-2")).ShouldBeFalse();
        Doubles.IsSameChild(Child(zoe, "born-1"), Child(zoe with { Level = "5e" }, "born-1")).ShouldBeTrue();
        Doubles
            .KeyOf(Guid.Empty, new Pupil("Иван", "Петров", "6e", Some.School))
            .ShouldNotBe(Doubles.KeyOf(Guid.Empty, new Pupil("Ольга", "Иванова", "6e", Some.School)));
    }

    [Fact]
    public async Task the_same_child_twice_is_refused_by_the_name_of_the_first_and_a_repeated_request_is_not()
    {
        using var family = service.Client("family", parent);
        var request = Some.Request("Inès", parent);
        using var first = await Post(family, request, "once");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var repeated = await Post(family, request, "once");
        repeated.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var second = await Post(family, request, "twice");
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("child-enrolled-already");
        problem.GetProperty("id").GetGuid().ShouldBe(id);
        problem.GetProperty("errors").GetProperty("pupil.firstName")[0].GetString()!.ShouldContain("Inès");

        // Another family learns that there is one, and no more of it; and says, if so it is, that theirs is somebody else.
        using var another = service.Client("family", "other-" + parent);
        var theirs = request with { Guardians = [new Guardian("Paul", "other-" + parent)] };
        using var alike = await Post(another, theirs, "theirs");
        alike.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var told = await alike.Content.ReadAsStringAsync();
        told.ShouldContain("child-enrolled-already");
        told.ShouldNotContain($"{id}");
        told.ShouldNotContain(parent.Replace("other-", "", StringComparison.Ordinal));
        using var said = await Post(another, theirs with { AnotherChild = true }, "another");
        said.StatusCode.ShouldBe(HttpStatusCode.Created);

        // A coordinator is led to it; their own child a family never enrols twice, whatever they say.
        using var coordinator = service.Client("coordinator", "doubles@example.org");
        using var school = await Post(coordinator, request with { Guardians = [new Guardian("Famille")] }, "school");
        school.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var own = await Post(family, request with { AnotherChild = true }, "own");
        own.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task every_enrolment_has_a_reference_of_its_own_that_can_be_dictated()
    {
        var some = Enumerable.Range(0, 20_000).Select(_ => EnrolmentReference.Of(Some.Id())).ToHashSet(StringComparer.Ordinal);
        some.Count.ShouldBe(20_000);
        some.ShouldAllBe(r => r.Length == 9 && r[4] == '-' && !r.Any(c => "ILOU".Contains(c, StringComparison.Ordinal)));
        using var family = service.Client("family", parent);
        using var answer = await Post(family, Some.Request("Réf", parent), "reference");
        var enrolment = await answer.Content.ReadFromJsonAsync<JsonElement>();
        enrolment.GetProperty("reference").GetString().ShouldBe(EnrolmentReference.Of(enrolment.GetProperty("id").GetGuid()));
        enrolment.TryGetProperty("marks", out var marks).ShouldBe(marks.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task an_account_names_twenty_strangers_a_day_by_enrolling_or_by_changing()
    {
        using var family = service.Client("family", parent);
        Guid id = default;
        for (var i = 0; i < 20; i++)
        {
            using var named = await Post(family, Naming($"s{i}.{parent}"), $"n{i}");
            named.StatusCode.ShouldBe(HttpStatusCode.Created);
            id = (await named.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        }
        using var known = await Post(family, Naming($"s3.{parent}"), "known");
        known.StatusCode.ShouldBe(HttpStatusCode.Created, "a second child of the same parents is free");
        using var spent = await Post(family, Naming($"s21.{parent}"), "spent");
        spent.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await spent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("too-many-recipients");
        using var changed = await family.PutAsJsonAsync($"/api/enrolments/{id}", Naming($"s22.{parent}"));
        changed.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var alone = await Post(family, Some.Request(email: parent), "alone");
        alone.StatusCode.ShouldBe(HttpStatusCode.Created, "nobody is kept from enrolling their own");
        using var coordinator = service.Client("coordinator", "caps@example.org");
        using var school = await Post(coordinator, Naming($"s23.{parent}"), "school");
        school.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_network_has_a_cap_of_its_own()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
        var named = new NamedAddresses(database, new Caps { RecipientsPerClient = 3 }, TimeProvider.System);
        for (var i = 0; i < 3; i++)
            (await named.Take(Some.Id(), parent, [$"n{i}.{parent}"], default)).ShouldBeNull();
        (await named.Take(Some.Id(), parent, ["n4." + parent], default)).ShouldBe(new TooManyRecipients());
        (await named.Take(Some.Id(), "elsewhere " + parent, ["n4." + parent], default)).ShouldBeNull();
        (await named.Take(Some.Id(), null, ["n5." + parent], default)).ShouldBeNull();
    }

    [Fact]
    public void caps_are_numbers_that_let_somebody_in()
    {
        Caps.Of(new ConfigurationBuilder().Build()).ShouldBe(new Caps());
        var none = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Caps:RecipientsPerFamily"] = "0" };
        Should.Throw<InvalidOperationException>(() => Caps.Of(new ConfigurationBuilder().AddInMemoryCollection(none).Build()));
    }

    private EnrolmentRequest Naming(string stranger)
    {
        var request = Some.Request(email: parent);
        return request with { Guardians = [.. request.Guardians, new Guardian("Somebody", stranger)] };
    }

    private async Task<HttpResponseMessage> Post(HttpClient client, EnrolmentRequest request, string key)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{service.Open}/enrolments")
        {
            Content = JsonContent.Create(request),
        };
        message.Headers.Add("Idempotency-Key", $"{key}-{parent}");
        return await client.SendAsync(message);
    }

    private static Enrolment Enrolled(EnrolmentRequest request) =>
        Enrolment.Begin(Guid.AllBitsSet, new EnrolmentSubmitted(Guid.Empty, request.ToContent(), 2, false, Author.Of(Family), At));
}
