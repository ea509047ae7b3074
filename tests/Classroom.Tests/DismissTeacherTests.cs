using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.Classrooms.Sessions;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Who ceases to be the teacher of a stage is out of its classes.</summary>
public sealed class DismissTeacherTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static readonly ClassSession Running = Class(Stay(Teacher, 0, null, role: ParticipantRole.Teacher));

    [Fact]
    public void a_teacher_who_is_replaced_or_gone_loses_seat_and_tickets_at_once()
    {
        var gone = Decision.Of(new TeacherDismissed(Teacher, Minute(10))).At(ModuleId);
        DismissTeacher.Decide(Teacher, null, [Running], Minute(10)).ShouldBe(gone);
        DismissTeacher.Decide(Teacher, Parent, [Running], Minute(10)).ShouldBe(gone);
        var invited = Class(Stay(Teacher, 0, null, role: ParticipantRole.Teacher)[..1]);
        DismissTeacher
            .Decide(Teacher, null, [invited], Minute(1))
            .ShouldBe(Decision.Of(new TeacherDismissed(Teacher, Minute(1))).At(ModuleId));
        ClassSession.Apply(new TeacherDismissed(Teacher, Minute(1)), invited).Tickets.ShouldBeEmpty();

        var after = ClassSession.Apply(new TeacherDismissed(Teacher, Minute(10)), Running);
        var seat = after.SeatOf(Participant(Teacher)).ShouldNotBeNull();
        (seat.Removed, seat.Admitted, seat.SeatHash, seat.Current).ShouldBe((true, false, null, null));
        seat.Presences.ShouldHaveSingleItem().To.ShouldBe(Minute(10));
        DismissTeacher.Decide(Teacher, null, [after], Minute(11)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void nobody_is_dismissed_from_a_class_that_keeps_its_teacher_or_in_which_they_were_not()
    {
        DismissTeacher.Decide(Teacher, Teacher, [Running], Minute(10)).ShouldBe(Decision.Nothing);
        DismissTeacher.Decide(null, Teacher, [Running], Minute(10)).ShouldBe(Decision.Nothing);
        DismissTeacher.Decide(Teacher, null, [Class(Stay(Lina, 0, null))], Minute(10)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void a_link_made_before_opens_nothing_after_and_who_is_given_the_stage_again_comes_in()
    {
        var invited = Class(Stay(Teacher, 0, null, role: ParticipantRole.Teacher)[..1]);
        EnterClass.Decide(invited, Teacher, "t0", "seat", Minute(1)).Refusal.ShouldBeNull();
        EnterClass.Decide(invited, null, "t0", "seat", Minute(1)).Refusal.ShouldBe(new NotOfThisClass());
        EnterClass.Decide(invited, Parent, "t0", "seat", Minute(1)).Refusal.ShouldBe(new NotOfThisClass());

        var after = ClassSession.Apply(new TeacherDismissed(Teacher, Minute(10)), Running);
        var joiner = new Joiner(ParticipantRole.Teacher, Teacher, null);
        var again = JoinClass.Decide(after, TheRoom, Module, joiner, "t11", Minute(11));
        again.Refusal.ShouldBeNull();
        var invitedAgain = ClassSession.Apply((TicketIssued)again.Events.Single(), after);
        EnterClass.Decide(invitedAgain, Teacher, "t11", "s11", Minute(12)).Refusal.ShouldBeNull();
        var seated = ClassSession.Apply(new SeatTaken("t11", Participant(Teacher), "s11", Minute(12)), invitedAgain);
        (seated.SeatOf(Participant(Teacher))!.Removed, seated.SeatOf(Participant(Teacher))!.Admitted).ShouldBe((false, true));
        Door.Pardon(after, new(Participant(Parent), ParticipantRole.Teacher), Participant(Teacher), Minute(12)).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public async Task a_stage_that_lost_its_teacher_is_closed_to_them_at_once()
    {
        var lesson = await service.Publish(0, "Lina");
        using var client = service.Client();
        var link = await service.Join(lesson, "teacher", lesson.Teacher);
        using var entered = await client.PostAsJsonAsync(
            "/classroom/enter",
            new { moduleId = lesson.ModuleId, ticket = link.Split('#')[1] }
        );
        var participant = (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("participantId").GetGuid();
        var cookie = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        (await Seat()).ShouldBe(HttpStatusCode.NoContent);

        await service.Publish(lesson.WithoutTeacher());
        await Eventually.Is(Seat, status => status == HttpStatusCode.Unauthorized);
        using var teacher = service.Client("teacher", lesson.Teacher);
        (await teacher.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.GetAsync($"/api/modules/{lesson.ModuleId}/attendance")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> Seat()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/classroom/seat?module={lesson.ModuleId}&seat={participant}");
            request.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
