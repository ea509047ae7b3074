using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Attendance;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Families;
using Stages.Classrooms.Rehearsals;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>A class in which a teacher tries things out: two made-up pupils, and nothing that stays.</summary>
public sealed class RehearsalTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static readonly Guid[] Mocks = [Lina, Noah];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HashSet<string> done = new(StringComparer.Ordinal);

    private MockAct? Next(ClassSession? session, Desk? desk = null, ChatSaid? said = null)
    {
        var act = Rehearsal.Next(ModuleId, Mocks, session, desk, said, done, Minute(9));
        if (act is not null)
            done.Add(act.Name);
        return act;
    }

    private static ClassSession Come(ClassSession session, Guid mock, double minute) =>
        session.After(Rehearsal.Come(session, ModuleId, mock, $"hash of {mock}", Minute(minute)).Events)!;

    [Fact]
    public void they_come_with_the_teacher_wait_to_be_let_in_and_then_take_part()
    {
        Next(Class()).ShouldBeNull();
        var session = Class(Stay(Teacher, 0, null, role: ParticipantRole.Teacher));
        Next(session).ShouldBe(new MockAct("come", Lina, null));
        session = Come(session, Lina, 1);
        Next(session).ShouldBe(new MockAct("come", Noah, null));
        session = Come(session, Noah, 1);
        Next(session).ShouldBeNull("they wait at the door");
        session.IsInside(session.SeatOf(Participant(Lina))!).ShouldBeFalse();

        session = session.After([new ClassBegun(Minute(2))])!;
        Next(session).ShouldBe(new MockAct("hand", Lina, new RaiseHand(true)));
        Next(session).ShouldBeNull();

        var (poll, desk) = (Guid.CreateVersion7(Minute(3)), Desk.Create(new DeskSet(ModuleId)));
        desk = Desk.Apply(new PollAsked(poll, "?", ["a", "b", "c"]), desk);
        Next(session, desk)!.Ask.ShouldBe(new Vote(poll, 0));
        Next(session, desk)!.Ask.ShouldBe(new Vote(poll, 2));
        Next(session, desk).ShouldBeNull();

        desk = Desk.Apply(new FloorGiven(Participant(Lina)), desk);
        Next(session, desk)!.Ask.ShouldBeOfType<SayLine>();
        var line = new ChatSaid(Guid.CreateVersion7(Minute(3)), Participant(Teacher), "all", null, "Bonjour", Minute(4));
        Next(session, desk, line)!.Enrolment.ShouldBe(Noah);
        Next(session, desk, line).ShouldBeNull();

        // What is for one alone is answered by that one, to the teacher alone.
        var alone = line with
        {
            Id = Guid.CreateVersion7(Minute(4)),
            To = Participant(Lina).ToString(),
        };
        var answer = Next(session, desk, alone)!;
        (answer.Enrolment, answer.Ask.ShouldBeOfType<SayLine>().To).ShouldBe((Lina, "teacher"));
        Next(session, desk, alone).ShouldBeNull();

        // Whoever is sent out stays out.
        session = session.After([new ParticipantRemoved(Participant(Noah), Participant(Teacher), "", false, Minute(5))])!;
        Next(session, desk, line with { Id = Guid.CreateVersion7(Minute(3)) }).ShouldBeNull();
    }

    /// <summary>Another rehearsal of the same teacher, opened since, keeps its room and its pupils.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void all_of_it_is_deleted_but_what_belongs_to_a_later_one(bool same, int rooms)
    {
        var module = new ClassModule(
            same ? ModuleId : Guid.CreateVersion7(Minute(1)),
            StageId,
            Guid.Empty,
            Minute(0),
            Minute(60),
            3,
            false,
            IsRehearsal: true
        );
        var effects = ForgetRehearsals.Forget(module, TheRoom).Effects;
        effects.Count(e => e is Effect.Delete<Room>).ShouldBe(rooms);
        effects.Count(e => e is Effect.Delete<PupilFamily>).ShouldBe(same ? TheRoom.Stage.Pupils.Length : 0);
        effects.Count(e => e is Effect.Delete<ClassSession> or Effect.Delete<ClassModule>).ShouldBe(2);
    }

    [Fact]
    public void content_and_record_of_a_class_go_together()
    {
        var effects = ForgetContent.All(ModuleId).Effects;
        effects.OfType<Effect.Delete<Desk>>().ShouldHaveSingleItem();
        effects.OfType<Effect.Delete<ClassSession>>().ShouldHaveSingleItem().Id.ShouldBe(ModuleId);
    }

    [Fact]
    public async Task a_teacher_opens_one_at_any_time_and_nothing_of_it_stays()
    {
        var email = $"claire-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";
        using var claire = service.Client("teacher", email);
        using var parent = service.Client("family", email);
        (await parent.PostAsJsonAsync("/api/classroom/rehearsals", new { }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var opened = await Open(claire);
        (await Open(claire)).ShouldBe(opened, "one at a time");
        using var other = service.Client("teacher", "other-" + email);
        (await Open(other)).ModuleId.ShouldNotBe(opened.ModuleId);
        (await other.PostAsJsonAsync($"/api/modules/{opened.ModuleId}/join", new { }, Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await claire.PostAsJsonAsync($"/api/modules/{opened.ModuleId}/join", new { }, Cancel)).EnsureSuccessStatusCode();

        // No coordinator sees it, and nothing of it is told to anybody.
        using var coordinator = service.Client("coordinator", "c@example.org");
        (await coordinator.GetStringAsync("/api/classroom/live", Cancel)).ShouldNotContain(opened.ModuleId.ToString());
        foreach (
            var (path, body) in new (string, object)[]
            {
                ($"/api/modules/{opened.ModuleId}/reports", new { text = "Bruit", about = "other" }),
            }
        )
            (await claire.PostAsJsonAsync(path, body, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var store = service.Services.GetRequiredService<IDocumentStore>();
        await using (var session = store.LightweightSession())
        {
            var module = (await session.LoadAsync<ClassModule>(opened.ModuleId, Cancel))!;
            session.Store(module with { StartsAt = module.StartsAt.AddHours(-2), EndsAt = module.EndsAt.AddHours(-2) });
            await session.SaveChangesAsync(Cancel);
        }
        await service.Services.GetRequiredService<WatchClasses>().Run(Cancel);
        await using var query = store.QuerySession();
        (await query.LoadAsync<ClassSession>(opened.ModuleId, Cancel))!.Closed.ShouldBeFalse("nobody is measured");
        await service.Services.GetRequiredService<ForgetRehearsals>().Run(Cancel);
        await using var after = store.QuerySession();
        (await after.LoadAsync<ClassModule>(opened.ModuleId, Cancel)).ShouldBeNull();
        (await after.LoadAsync<ClassSession>(opened.ModuleId, Cancel)).ShouldBeNull();
        (await after.Events.FetchStreamAsync(opened.ModuleId, token: Cancel)).ShouldBeEmpty();
        (await after.Query<PupilFamily>().Where(f => f.CampaignId == Guid.Empty).ToListAsync(Cancel)).Count.ShouldBe(2, "the other one's");
    }

    private static async Task<RehearsalView> Open(HttpClient teacher)
    {
        using var answer = await teacher.PostAsJsonAsync("/api/classroom/rehearsals", new { }, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RehearsalView>(Cancel))!;
    }
}
