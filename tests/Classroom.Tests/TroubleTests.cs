using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Families;
using Stages.Classrooms.Reports;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Who cannot be heard says so before the day, and its territory's coordinator knows.</summary>
public sealed class TroubleTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_a_check_found_broken_reaches_the_coordinators_of_the_territory_alone()
    {
        var lesson = await service.Publish(60 * 24 * 3, "Lina", "Noah");
        var faults = Troubles.All.Where((_, i) => i != lesson.ModuleId.ToByteArray()[15] % Troubles.All.Count).ToArray();
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        (await parent.PostAsJsonAsync("/api/classroom/troubles", new { faults }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // The last one counts.
        faults = [.. faults.Take(2)];
        (await parent.PostAsJsonAsync("/api/classroom/troubles", new { faults }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var teacher = service.Client("teacher", lesson.Teacher);
        (await teacher.PostAsJsonAsync("/api/classroom/troubles", new { faults }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        async Task<string[]> Seen(string? territory)
        {
            using var coordinator = service.Client("coordinator", "c@example.org", territory);
            var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/classroom/troubles?campaign={lesson.CampaignId}", Cancel);
            return
            [
                .. page.GetProperty("items")
                    .EnumerateArray()
                    .Select(t => $"{t.GetProperty("byRole").GetString()} {string.Join(" ", t.GetProperty("faults").EnumerateArray())}")
                    .Order(StringComparer.Ordinal),
            ];
        }
        string[] told = [$"pupil {string.Join(" ", faults)}", $"teacher {string.Join(" ", faults)}"];
        (await Seen(null)).ShouldBe(told);
        (await Seen("034")).ShouldBe(told);
        (await Seen("030")).ShouldBeEmpty();
    }

    private static readonly string[] Said = [.. Troubles.All, "Jabra", ""];

    /// <summary>By value, whatever the check found: what is no fault is not written, of each child its own school alone.</summary>
    [Fact]
    public void each_child_has_one_of_its_own_and_names_no_device() =>
        Gen.Select(Gen.Int[0, Said.Length - 1].Select(i => Said[i]).Array[0, 9], Gen.Bool)
            .Sample(
                (faults, placed) =>
                {
                    var parent = new Caller(Parent, Roles.Family, null, null, null);
                    var told = TellTrouble.Decide(parent, Children(placed), [], faults, [], Some, Start);
                    var known = Troubles.All.Intersect(faults).ToArray();
                    if (known.Length == 0)
                    {
                        told.Refusal.ShouldBe(new NotValid());
                        return;
                    }
                    var both = told.Effects.OfType<Effect.Store<CheckTrouble>>().ShouldHaveSingleItem().Documents;
                    both.Select(t => t.Id).ShouldBe([Lina, Noah]);
                    both.ShouldAllBe(t => t.Faults.SequenceEqual(known) && t.Schools.Length == (placed ? 1 : 0) && t.By == Parent);
                    // Of whom no stage is known nobody but the académie knows whose they are.
                    var herault = new Caller(Teacher, Roles.Coordinator, null, null, "034");
                    both.Count(t => t.IsSeenBy(herault)).ShouldBe(placed ? 1 : 0);
                    both.ShouldAllBe(t => t.IsSeenBy(new Caller(Teacher, Roles.Coordinator, null, null, null)));
                    TellTrouble.Decide(parent, [], [], faults, [], Some, Start).Refusal.ShouldBe(new NotOfThisClass());
                }
            );

    private static readonly Guid Some = Guid.CreateVersion7(Start);

    private static (PupilFamily, Room?)[] Children(bool placed) =>
        [
            .. new PupilFamily[] { new(Lina, CampaignId, 1, "Lina", [Parent]), new(Noah, CampaignId, 1, "Noah", [Parent]) }.Select(f =>
                (f, placed ? TheRoom : null)
            ),
        ];

    /// <summary>Two children of one family are one letter, and trying again is none until a day is over.</summary>
    [Fact]
    public void the_coordinators_get_one_letter_a_day_however_often_it_is_tried() =>
        Gen.Int[0, 30]
            .Array[1, 12]
            .Sample(pauses =>
            {
                var parent = new Caller(Parent, Roles.Family, null, null, null);
                IReadOnlyList<CheckTrouble> before = [];
                var (now, last) = (Start, (DateTimeOffset?)null);
                foreach (var hours in pauses)
                {
                    now = now.AddHours(hours).AddMinutes(1);
                    var told = TellTrouble.Decide(parent, Children(placed: true), [], ["sound"], before, Some, now);
                    var letters = told.Effects.OfType<Effect.Append>().SelectMany(a => a.Events).ToArray();
                    before = told.Effects.OfType<Effect.Store<CheckTrouble>>().Single().Documents;
                    if (last is { } at && now - at < TimeSpan.FromHours(24))
                    {
                        letters.ShouldBeEmpty();
                        continue;
                    }
                    var letter = letters.ShouldHaveSingleItem().ShouldBeOfType<CheckFailed>();
                    (letter.CampaignId, letter.ByRole, letter.Schools.Length).ShouldBe((CampaignId, ParticipantRole.Pupil, 2));
                    last = now;
                }
            });

    [Theory]
    [InlineData("family", "somebody@example.org", "microphone", HttpStatusCode.Forbidden)]
    [InlineData("teacher", "somebody@example.org", "sound", HttpStatusCode.Forbidden)]
    [InlineData("family", "somebody@example.org", "Jabra Elite 4 (0b0e:2423)", HttpStatusCode.BadRequest)]
    [InlineData("coordinator", "c@example.org", "sound", HttpStatusCode.Forbidden)]
    public async Task whoever_is_of_no_class_and_whatever_is_no_fault_is_not_taken(
        string role,
        string email,
        string fault,
        HttpStatusCode code
    )
    {
        using var client = service.Client(role, email);
        (await client.PostAsJsonAsync("/api/classroom/troubles", new { faults = new[] { fault } }, Cancel)).StatusCode.ShouldBe(code);
    }

    [Fact]
    public async Task the_number_to_call_is_the_academies_to_set_and_everybodys_to_read()
    {
        var campaign = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var way = $"/api/classroom/campaigns/{campaign}/help";
        using var academie = service.Client("coordinator", "c@example.org");
        using var territory = service.Client("coordinator", "d@example.org", "034");
        using var nobody = service.Client();
        (await territory.PutAsJsonAsync(way, new { phone = "04 67 00 00 01" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await academie.PutAsJsonAsync(way, new { phone = "quatre" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await academie.PutAsJsonAsync(way, new { phone = "04 67 00 00 01" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await nobody.GetFromJsonAsync<string[]>("/classroom/help", Cancel)).ShouldBe(["+33467000001"]);
        (await academie.PutAsJsonAsync(way, new { phone = (string?)null }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await nobody.GetFromJsonAsync<string[]>("/classroom/help", Cancel)).ShouldBeEmpty();
    }
}
