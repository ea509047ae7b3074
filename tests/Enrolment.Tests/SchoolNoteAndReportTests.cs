using System.Text.Json;
using Stages.Contracts.Classroom;
using Stages.Contracts.Scheduling;
using Stages.Vocabulary;

namespace Stages.Enrolments.Tests;

/// <summary>What the school tells the teacher, what the teacher writes about a pupil, and how long the pupil was there.</summary>
public sealed class SchoolNoteAndReportTests(EnrolmentService service) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2021, 4, 13, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Teacher = new(
        PersonId.FromEmail("prof@ac-montpellier.fr"),
        Roles.Teacher,
        "prof@ac-montpellier.fr",
        null,
        null
    );
    private readonly Guid stage = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly Guid module = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly string email = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";

    public async ValueTask InitializeAsync() => await service.TellCampaigns();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void a_report_is_written_by_the_stages_teacher_alone()
    {
        WriteReport
            .Decide(
                Placed(Teacher.Id),
                new PupilReport(stage, "Bien."),
                Teacher with
                {
                    Id = PersonId.FromEmail("other@ac-montpellier.fr"),
                },
                Now
            )
            .Refusal.ShouldBe(new NotFound());
        WriteReport
            .Decide(Placed(Teacher.Id), new PupilReport(stage, " Bien. "), Teacher, Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBe(new ReportWritten(stage, "MATHS", "Bien.", Author.Of(Teacher), Now));
    }

    [Fact]
    public void no_report_before_the_stage_begins() =>
        WriteReport
            .Decide(Placed(Teacher.Id), new PupilReport(stage, "Bien."), Teacher, Now.AddDays(-7))
            .Refusal.ShouldBe(new StageNotBegun());

    [Fact]
    public void the_same_report_twice_is_one()
    {
        var state = Enrolment.Apply(new ReportWritten(stage, "MATHS", "Bien.", Author.Of(Teacher), Now), Placed(Teacher.Id));
        WriteReport.Decide(state, new PupilReport(stage, "Bien."), Teacher, Now).Events.ShouldBeEmpty();
        WriteReport.Decide(state, new PupilReport(stage, "Très bien."), Teacher, Now).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void only_a_coordinator_of_the_school_writes_its_note()
    {
        var school = new Caller(Guid.Empty, Roles.Coordinator, null, null, Some.School);
        WriteSchoolNote
            .Decide(Placed(null), new SchoolNote("Lit lentement."), school, Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<SchoolNoteWritten>();
        WriteSchoolNote
            .Decide(Placed(null), new SchoolNote("Lit lentement."), school with { Territory = "030" }, Now)
            .Refusal.ShouldBe(new NotFound());
        WriteSchoolNote.Decide(Placed(null), new SchoolNote(""), school, Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_family_reads_presence_and_report_and_an_erasure_forgets_them()
    {
        using var family = service.Client("family", email);
        using var coordinator = service.Client("coordinator", "camille@example.org");
        using var teacher = service.Client("teacher", "prof@ac-montpellier.fr");
        var id = (
            await (
                await family.PostAsJsonAsync($"/api/campaigns/{service.Open}/enrolments", Some.Request(email: email))
            ).Content.ReadFromJsonAsync<JsonElement>()
        )
            .GetProperty("id")
            .GetGuid();
        (await coordinator.PutAsJsonAsync($"/api/enrolments/{id}/note", new { note = "Lit lentement, très motivée." })).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        await service.Publish(
            new StagePublished(
                stage,
                service.Open,
                1,
                "MATHS",
                ["6e"],
                "A",
                "Europe/Paris",
                stage,
                Teacher.Id,
                "Claire",
                [Module],
                [new PupilPlaced(id, "MATHS")]
            )
        );
        await Testing.Eventually.Is(
            () => Mine(family, id),
            e =>
                e.GetProperty("placements").GetArrayLength() > 0
                && e.GetProperty("placements")[0].GetProperty("status").GetString() == "offered"
        );

        (
            await teacher.PutAsJsonAsync($"/api/enrolments/{id}/report", new { stageId = stage, text = "A bien travaillé les fractions." })
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        await service.Publish(new AttendanceRecorded(module, stage, service.Open, id, 4, 90, "classroom"));
        await service.Publish(new AttendanceRecorded(module, stage, service.Open, id, 6, 120, "teacher"));
        await service.Publish(new AttendanceRecorded(module, stage, service.Open, id, 5, 80, "classroom"));
        var place = (
            await Testing.Eventually.Is(
                () => Mine(family, id),
                e =>
                    e.GetProperty("placements")[0]
                        .GetProperty("presences")
                        .EnumerateArray()
                        .Any(p => p.GetProperty("minutes").GetInt32() == 120)
            )
        ).GetProperty("placements")[0];
        place.GetProperty("report").GetProperty("text").GetString().ShouldBe("A bien travaillé les fractions.");
        (await Mine(family, id)).GetProperty("schoolNote").GetString().ShouldBe("Lit lentement, très motivée.");

        var read = await Named(teacher, id);
        read.ShouldNotBeNull().GetProperty("schoolNote").GetString().ShouldBe("Lit lentement, très motivée.");
        read.Value.GetProperty("reports")[0].GetProperty("stageId").GetGuid().ShouldBe(stage);
        await OnlyTheirOwnAreNamed(id);

        using var portal = service.Client("service", "portal@stages.invalid");
        (await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(email)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await using var connection = new Npgsql.NpgsqlConnection(service.Realm.Postgres);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            """
            select (select count(*) from enrolment.mt_events where data::text like '%fractions%' or data::text like '%Lit lentement%')
                 + (select count(*) from enrolment.mt_doc_enrolment
                      where data::text like '%fractions%' or data::text like '%Lit lentement%')
            """,
            connection
        );
        ((long)(await command.ExecuteScalarAsync())!).ShouldBe(0);
    }

    /// <summary>Whatever page asked: the pupil's teacher, and the coordinators of the school's territory.</summary>
    private async Task OnlyTheirOwnAreNamed(Guid id)
    {
        (string Role, string Email, string? Territory, bool Named)[] askers =
        [
            ("coordinator", "camille@example.org", null, true),
            ("admin", "root@example.org", null, true),
            ("coordinator", "camille@example.org", "034", true),
            ("coordinator", "camille@example.org", Some.School, true),
            ("coordinator", "camille@example.org", "030", false),
            ("coordinator", "camille@example.org", "0340009A", false),
            ("teacher", "other@ac-montpellier.fr", null, false),
        ];
        foreach (var (role, address, territory, named) in askers)
        {
            using var asker = service.Client(role, address, territory);
            (await Named(asker, id)).HasValue.ShouldBe(named, $"{role} {address} {territory}");
        }
        foreach (var role in new[] { "family", "service" })
        {
            using var nobody = service.Client(role, email);
            using var answer = await nobody.PostAsJsonAsync("/internal/pupils", new { enrolmentIds = new[] { id } });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, role);
        }
    }

    private static async Task<JsonElement?> Named(HttpClient asker, Guid id)
    {
        using var answer = await asker.PostAsJsonAsync("/internal/pupils", new { enrolmentIds = new[] { id } });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var items = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        return items.GetArrayLength() == 0 ? null : items[0];
    }

    private static Task<JsonElement> Mine(HttpClient family, Guid id) => family.GetFromJsonAsync<JsonElement>($"/api/enrolments/{id}");

    private ModuleSet Module =>
        new(module, new DateOnly(2021, 4, 12), new(9, 0), new(11, 0), Now.AddDays(-1), Now.AddDays(-1).AddHours(2), 0);

    private Enrolment Placed(Guid? teacher)
    {
        var submitted = new EnrolmentSubmitted(
            service.Open,
            Some.Request().ToContent(),
            2,
            false,
            new Author(Guid.Empty, Roles.Family),
            Now.AddDays(-30)
        );
        var state = new Enrolment(
            Guid.Empty,
            service.Open,
            Enrolment.Submitted,
            submitted.Content,
            2,
            false,
            null,
            [],
            [],
            [],
            0,
            submitted.At,
            submitted.At,
            1
        );
        return Enrolment.Apply(
            new PlaceOffered(
                new Place(
                    stage,
                    1,
                    "MATHS",
                    "A",
                    "Europe/Paris",
                    "Claire",
                    [
                        new PlaceModule(
                            module,
                            new DateOnly(2021, 4, 12),
                            new(9, 0),
                            new(11, 0),
                            Now.AddDays(-1),
                            Now.AddDays(-1).AddHours(2),
                            0
                        ),
                    ],
                    TeacherId: teacher
                ),
                Now.AddDays(-5)
            ),
            state
        );
    }
}
