using System.Net.Http.Json;
using System.Text.Json;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;

namespace Stages.Classrooms.Tests;

public sealed record TestLesson(
    Guid ModuleId,
    Guid StageId,
    Guid CampaignId,
    string Teacher,
    DateTimeOffset StartsAt,
    IReadOnlyList<(Guid EnrolmentId, string FirstName, string Parent)> Pupils
)
{
    /// <summary>Scheduling's word that the stage has lost its teacher.</summary>
    public StageChanged WithoutTeacher()
    {
        var (date, start) = (DateOnly.FromDateTime(StartsAt.UtcDateTime), TimeOnly.FromDateTime(StartsAt.UtcDateTime));
        return new(
            StageId,
            CampaignId,
            2,
            "FR",
            ["6E"],
            "A",
            "Europe/Paris",
            Guid.CreateVersion7(StartsAt),
            null,
            "Claire",
            [new ModuleSet(ModuleId, date, start, start.AddHours(2), StartsAt, StartsAt.AddHours(2), 0)],
            [.. Pupils.Select(p => new PupilPlaced(p.EnrolmentId, "FR", "0340001A"))],
            TeacherGone: true
        );
    }
}

/// <summary>The real service on real PostgreSQL and RabbitMQ, told of stages as Scheduling and Enrolment would.</summary>
public class ClassroomService : ServiceUnderTest<Program>
{
    /// <summary>Asked for by each copy: each has a port of its own, where the others find it.</summary>
    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        [new("Silo:Port", ServiceProcess.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture))];

    public async Task<TestLesson> Publish(double startsInMinutes, params string[] pupils)
    {
        var now = TimeProvider.System.GetUtcNow();
        Guid Id() => Guid.CreateVersion7(now);
        var tag = Id().ToString("N")[20..];
        var starts = now.AddMinutes(startsInMinutes);
        var lesson = new TestLesson(
            Id(),
            Id(),
            Id(),
            $"claire-{tag}@example.org",
            starts,
            [.. pupils.Select(p => (Id(), p, $"parent-{p}-{tag}@example.org"))]
        );
        foreach (var (enrolment, first, parent) in lesson.Pupils)
            await Publish(new EnrolmentFamily(enrolment, lesson.CampaignId, 1, first, [PersonId.FromEmail(parent)]));
        await Publish(
            new StagePublished(
                lesson.StageId,
                lesson.CampaignId,
                1,
                "FR",
                ["6E"],
                "A",
                "Europe/Paris",
                Id(),
                PersonId.FromEmail(lesson.Teacher),
                "Claire",
                [
                    new ModuleSet(
                        lesson.ModuleId,
                        DateOnly.FromDateTime(starts.UtcDateTime),
                        TimeOnly.FromDateTime(starts.UtcDateTime),
                        TimeOnly.FromDateTime(starts.UtcDateTime).AddHours(2),
                        starts,
                        starts.AddHours(2),
                        0
                    ),
                ],
                [.. lesson.Pupils.Select(p => new PupilPlaced(p.EnrolmentId, "FR", "0340001A"))]
            )
        );
        using var teacher = Client("teacher", lesson.Teacher);
        await Eventually.True(async () => (await teacher.GetAsync($"/api/modules/{lesson.ModuleId}/attendance")).IsSuccessStatusCode);
        await Eventually.True(async () =>
            (await Attendance(lesson)).GetProperty("pupils").EnumerateArray().All(p => p.GetProperty("firstName").GetString() != "")
        );
        return lesson;
    }

    public async Task<JsonElement> Attendance(TestLesson lesson)
    {
        using var teacher = Client("teacher", lesson.Teacher);
        return await teacher.GetFromJsonAsync<JsonElement>($"/api/modules/{lesson.ModuleId}/attendance");
    }

    public async Task<string> Join(TestLesson lesson, string role, string email)
    {
        using var client = Client(role, email);
        using var answer = await client.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
    }
}
