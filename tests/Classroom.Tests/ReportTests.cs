using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Classrooms.Families;
using Stages.Classrooms.Reports;
using Stages.Classrooms.Rooms;
using Stages.Classrooms.Sessions;
using Stages.Contracts.Enrolment;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;
using static Stages.Classrooms.Tests.Given;

namespace Stages.Classrooms.Tests;

/// <summary>Somebody of a class says that something is not right: who may, how often, who reads it, and how long.</summary>
public sealed class ReportTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-00000000000a");
    private static readonly ClassModule Held = new(ModuleId, StageId, CampaignId, Start, Start.AddHours(2), 3, false);
    private static readonly Reporter Family = new(ParticipantRole.Pupil, Parent, Lina);

    [Fact]
    public void what_is_said_lies_beside_the_event_which_names_nobody()
    {
        var decision = Tell(" Il crie. ");
        decision.ShouldBe(
            Decision
                .Nothing.AndStart<SafetyReport>(Id, new PersonReported(Id, ModuleId, StageId, CampaignId, ParticipantRole.Pupil, Minute(5)))
                .AndStore(new ReportWords(Id, CampaignId, Parent, Lina, "teacher", null, "Il crie.", Minute(5)))
        );
        SafetyReport
            .Create(new PersonReported(Id, ModuleId, StageId, CampaignId, ParticipantRole.Pupil, Minute(5)))
            .ShouldBe(new SafetyReport(Id, ModuleId, StageId, CampaignId, ParticipantRole.Pupil, Minute(5)));
    }

    [Fact]
    public void five_a_day_are_enough_and_nothing_is_no_report()
    {
        Tell("Il crie.", ofLastDay: 4).Refusal.ShouldBeNull();
        Tell("Il crie.", ofLastDay: 5).Refusal.ShouldBe(new TooManyReports());
        Tell("  ").Refusal.ShouldNotBeNull();
        Tell(new string('x', 1001)).Refusal.ShouldNotBeNull();
        ReportPerson.Decide(Held, Family, ("nobody", null), "x", 0, Id, Minute(5)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void a_participant_is_known_as_teacher_or_pupil_and_others_as_nobody_in_particular()
    {
        ReportPerson.WhoIs(TheRoom, ModuleId, Participant(Teacher)).ShouldBe(("teacher", null));
        ReportPerson.WhoIs(TheRoom, ModuleId, Participant(Noah)).ShouldBe(("pupil", Noah));
        ReportPerson.WhoIs(TheRoom, ModuleId, Participant(Parent)).ShouldBe(("other", null));
        ReportPerson.WhoIs(TheRoom, ModuleId, null).ShouldBe(("other", null));
    }

    [Fact]
    public void what_was_said_goes_with_whom_it_concerns()
    {
        People.ForgetReports(Parent).Effects.OfType<Effect.DeleteWhere<ReportWords>>().ShouldHaveSingleItem();
        ForgetPupil.Reports(Lina).Effects.OfType<Effect.DeleteWhere<ReportWords>>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_family_reports_and_the_territorys_coordinators_read_it_and_nobody_else()
    {
        var lesson = await service.Publish(0, "Lina");
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        (await Report(parent, lesson, "Il crie sur les élèves.")).ShouldBe(HttpStatusCode.NoContent);
        var told = (await Read(lesson, "034")).ShouldHaveSingleItem();
        told.GetProperty("text").GetString().ShouldBe("Il crie sur les élèves.");
        told.GetProperty("about").GetString().ShouldBe("teacher");
        told.GetProperty("byEnrolment").GetGuid().ShouldBe(lesson.Pupils[0].EnrolmentId);
        (await Read(lesson, "030")).ShouldBeEmpty();
        (await service.Hears<Contracts.Classroom.PersonReported>(r => r.StageId == lesson.StageId)).ModuleId.ShouldBe(lesson.ModuleId);

        using var teacher = service.Client("teacher", lesson.Teacher);
        (await teacher.GetAsync($"/api/classroom/reports?campaign={lesson.CampaignId}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var portal = service.Client("service");
        var export = await portal.GetStringAsync($"/internal/people/{PersonId.FromEmail(lesson.Teacher)}");
        export.ShouldNotContain("crie");
        (await portal.GetStringAsync($"/internal/people/{PersonId.FromEmail(lesson.Pupils[0].Parent)}")).ShouldContain("crie");
        (await Report(teacher, lesson, "Un élève menace.")).ShouldBe(HttpStatusCode.NoContent);
        using var stranger = service.Client("family", "stranger@example.org");
        (await Report(stranger, lesson, "x")).ShouldBe(HttpStatusCode.Forbidden);
        using var other = service.Client("teacher", "other@example.org");
        (await Report(other, lesson, "x")).ShouldBe(HttpStatusCode.Forbidden);
        using var empty = await parent.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/reports", new { text = " " });
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_person_reports_five_times_a_day_however_fast()
    {
        var lesson = await service.Publish(0, "Lina");
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Report(parent, lesson, $"Fait {i}")));
        answers.Count(a => a == HttpStatusCode.NoContent).ShouldBe(5);
        answers.Count(a => a == HttpStatusCode.Conflict).ShouldBe(3);
    }

    [Fact]
    public async Task words_are_erased_with_the_account_and_with_the_pupil()
    {
        var lesson = await service.Publish(0, "Lina", "Noah");
        using var first = service.Client("family", lesson.Pupils[0].Parent);
        using var second = service.Client("family", lesson.Pupils[1].Parent);
        await Report(first, lesson, "Zzpremier");
        await Report(second, lesson, "Zzsecond");
        using var portal = service.Client("service");
        using var erased = await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(lesson.Pupils[0].Parent)}");
        erased.StatusCode.ShouldBe(HttpStatusCode.NoContent, await erased.Content.ReadAsStringAsync());
        await service.Publish(new EnrolmentFamily(lesson.Pupils[1].EnrolmentId, lesson.CampaignId, 2, "", [], Erased: true));
        await Eventually.Is(
            async () => (await Read(lesson, "034")).Select(r => r.GetProperty("text").GetString()).ToArray(),
            texts => texts is ["", ""]
        );
        await using var reads = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        (await reads.Query<ReportWords>().CountAsync(w => w.CampaignId == lesson.CampaignId)).ShouldBe(0);
    }

    private static Decision Tell(string text, int ofLastDay = 0) =>
        ReportPerson.Decide(Held, Family, ("teacher", null), text, ofLastDay, Id, Minute(5));

    private static async Task<HttpStatusCode> Report(HttpClient by, TestLesson lesson, string text)
    {
        using var answer = await by.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/reports", new { text, about = "teacher" });
        return answer.StatusCode;
    }

    private async Task<JsonElement[]> Read(TestLesson lesson, string territory)
    {
        using var coordinator = service.Client("coordinator", "camille@example.org", territory);
        var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/classroom/reports?campaign={lesson.CampaignId}");
        return [.. page.GetProperty("items").EnumerateArray()];
    }
}
