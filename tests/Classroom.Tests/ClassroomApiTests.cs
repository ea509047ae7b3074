using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Placement;
using Stages.Classrooms.Sessions;
using Stages.Contracts.Classroom;
using Stages.Contracts.Enrolment;
using Stages.Contracts.Scheduling;
using Stages.ServiceDefaults;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>The service as others see it: on real PostgreSQL and RabbitMQ.</summary>
public sealed class ClassroomApiTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void no_endpoint_documents_two_shapes_for_one_status() => DocumentedAnswers.HaveOneShapeAStatus(service.Services);

    [Fact]
    public async Task a_file_of_the_class_page_has_one_address()
    {
        using var anybody = service.Client();
        (await anybody.GetAsync("/classroom/files/class.html", Cancel)).EnsureSuccessStatusCode();
        foreach (var spelling in (string[])["//class.html", "///class.html", "//class.html?a=1", "/CLASS.html", "/libraries//README.md"])
        {
            using var answer = await anybody.GetAsync("/classroom/files" + spelling, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, spelling);
        }
    }

    [Fact]
    public async Task every_file_of_the_class_page_closes_what_it_does_not_need()
    {
        var root = Path.Combine(Servers.Checkout, "services", "Classroom", "wwwroot");
        // What is compressed ahead has no address of its own.
        var files = Directory
            .EnumerateFiles(Path.Combine(root, "files"), "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".br", StringComparison.Ordinal));
        string[] doors = ["check", Guid.Empty.ToString(), .. files.Select(f => Path.GetRelativePath(root, f))];
        doors.Length.ShouldBeGreaterThan(20);
        using var anybody = service.Client();
        foreach (var door in doors)
        {
            using var answer = await anybody.GetAsync("/classroom/" + door, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, door);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem(door).Split("; ");
            foreach (var closed in (string[])["frame-ancestors", "object-src", "base-uri", "form-action"])
                policy.ShouldContain($"{closed} 'none'", door);
            string.Join(' ', policy).ShouldNotContain("unsafe-inline", Case.Sensitive, door);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem(door).ShouldBe("nosniff");
        }
    }

    /// <summary>The page says which scripts are its own: they are fetched once and for good, it is asked about each time.</summary>
    [Fact]
    public async Task a_page_is_asked_for_each_time_and_its_scripts_once()
    {
        using var anybody = service.Client();
        anybody.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var page = await anybody.GetAsync($"/classroom/{Guid.Empty}", Cancel);
        page.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        var names = Directory.EnumerateFiles(Path.Combine(Servers.Checkout, "services", "Classroom", "wwwroot", "files"), "*.js");
        var script = Path.GetFileName(names.First(n => Path.GetFileName(n).StartsWith("class-", StringComparison.Ordinal)));
        (await File.ReadAllTextAsync(PageOf("class"), Cancel)).ShouldContain($"/classroom/files/{script}");
        using var sent = await anybody.GetAsync($"/classroom/files/{script}", Cancel);
        sent.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        sent.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        (await sent.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(await File.ReadAllBytesAsync(PageOf(script, "br"), Cancel));

        static string PageOf(string name, string type = "html") =>
            Path.Combine(Servers.Checkout, "services", "Classroom", "wwwroot", "files", $"{name}.{type}");
    }

    /// <summary>On a telephone with a weak network each ten kilobytes are a second before the first word.</summary>
    [Fact]
    public async Task who_joins_loads_forty_four_kilobytes_at_most()
    {
        using var anybody = service.Client();
        anybody.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var page = await anybody.GetByteArrayAsync($"/classroom/{Guid.Empty}", Cancel);
        var html = await File.ReadAllTextAsync(
            Path.Combine(Servers.Checkout, "services", "Classroom", "wwwroot", "files", "class.html"),
            Cancel
        );
        var sum = page.Length;
        foreach (var part in html.Split('"').Where(p => p.StartsWith("/classroom/files/", StringComparison.Ordinal)))
        {
            var bytes = (await anybody.GetByteArrayAsync(part, Cancel)).Length;
            TestContext.Current.TestOutputHelper?.WriteLine($"{bytes, 6} {part}");
            sum += bytes;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{sum, 6} bytes at the join, {page.Length} of them the page");
        sum.ShouldBeInRange(20_000, 44 * 1024);
    }

    [Fact]
    public async Task a_module_is_joined_from_a_quarter_of_an_hour_before_its_start()
    {
        var tomorrow = await service.Publish(24 * 60, "Lina");
        using var parent = service.Client("family", tomorrow.Pupils[0].Parent);
        using var early = await parent.PostAsJsonAsync($"/api/modules/{tomorrow.ModuleId}/join", new { }, Cancel);
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await early.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString().ShouldBe("too-early");

        var over = await service.Publish(-121, "Lina");
        using var late = service.Client("family", over.Pupils[0].Parent);
        using var tooLate = await late.PostAsJsonAsync($"/api/modules/{over.ModuleId}/join", new { }, Cancel);
        (await tooLate.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString().ShouldBe("over");

        var soon = await service.Publish(14, "Lina");
        (await service.Join(soon, "family", soon.Pupils[0].Parent)).ShouldContain($"/classroom/{soon.ModuleId}#");
        (await service.Join(soon, "teacher", soon.Teacher)).ShouldContain("#");
    }

    [Fact]
    public async Task a_join_needs_no_body_and_an_unknown_module_is_not_found()
    {
        var lesson = await service.Publish(0, "Lina");
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        using var bare = await parent.PostAsync($"/api/modules/{lesson.ModuleId}/join", null, Cancel);
        bare.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var unknown = await parent.PostAsync($"/api/modules/{Guid.Empty}/join", null, Cancel);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_family_that_was_erased_opens_no_class_any_more()
    {
        var lesson = await service.Publish(0, "Lina");
        await service.Publish(new EnrolmentFamily(lesson.Pupils[0].EnrolmentId, lesson.CampaignId, 2, "", []));
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        await Eventually.Is(
            async () => (await parent.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { })).StatusCode,
            status => status == HttpStatusCode.Forbidden
        );
        (await service.Attendance(lesson)).GetProperty("pupils")[0].GetProperty("firstName").GetString().ShouldBe("");
    }

    [Fact]
    public async Task a_cancelled_stage_is_joined_by_nobody()
    {
        var lesson = await service.Publish(0, "Lina");
        await service.Publish(new StageCancelled(lesson.StageId, lesson.CampaignId, 2, "The teacher is ill."));
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        await Eventually.Is(
            async () =>
                (
                    await (
                        await parent.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { })
                    ).Content.ReadFromJsonAsync<JsonElement>()
                ).TryGetProperty("code", out var code)
                    ? code.GetString()!
                    : "",
            code => code == "cancelled"
        );
    }

    [Fact]
    public async Task a_corrected_attendance_counts_and_a_stale_one_is_refused()
    {
        var lesson = await service.Publish(-60, "Lina");
        using var teacher = service.Client("teacher", lesson.Teacher);
        var pupils = new
        {
            pupils = new[]
            {
                new
                {
                    enrolmentId = lesson.Pupils[0].EnrolmentId,
                    minutesPresent = 90,
                    note = "camera failed",
                },
            },
        };
        using var corrected = await teacher.PutAsJsonAsync($"/api/modules/{lesson.ModuleId}/attendance", pupils, Cancel);
        corrected.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var lina = (await service.Attendance(lesson)).GetProperty("pupils")[0];
        (
            lina.GetProperty("minutesPresent").GetInt32(),
            lina.GetProperty("minutesMeasured").GetInt32(),
            lina.GetProperty("source").GetString()
        ).ShouldBe((90, 0, "teacher"));
        // Nobody reads it yet, so it is taken where it is made.
        var store = service.Services.GetRequiredService<IDocumentStore>();
        await using var query = store.QuerySession();
        var e = (await query.Events.FetchStreamAsync(lesson.ModuleId, token: Cancel)).Single(x => x.Data is AttendanceCorrected);
        (await Publishing.ToContracts(e, query, Cancel)).ShouldBe([
            new AttendanceRecorded(
                lesson.ModuleId,
                lesson.StageId,
                lesson.CampaignId,
                lesson.Pupils[0].EnrolmentId,
                e.Version,
                90,
                "teacher"
            ),
        ]);

        using var stale = new HttpRequestMessage(HttpMethod.Put, $"/api/modules/{lesson.ModuleId}/attendance")
        {
            Content = JsonContent.Create(
                new { pupils = new[] { new { enrolmentId = lesson.Pupils[0].EnrolmentId, minutesPresent = 10 } } }
            ),
        };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"999\"");
        (await teacher.SendAsync(stale, Cancel)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var other = service.Client("teacher", "somebody.else@example.org");
        (await other.PutAsJsonAsync($"/api/modules/{lesson.ModuleId}/attendance", pupils, Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task a_coordinator_sees_the_classes_of_their_territory_that_are_held_now()
    {
        var lesson = await service.Publish(-1, "Lina", "Noah");
        async Task<int> Seen(string? territory)
        {
            using var coordinator = service.Client("coordinator", "c@example.org", territory);
            var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/classroom/live?campaign={lesson.CampaignId}");
            return page.GetProperty("items").GetArrayLength();
        }
        (await Seen(null)).ShouldBe(1);
        (await Seen("034")).ShouldBe(1);
        (await Seen("030")).ShouldBe(0);
        using var family = service.Client("family", lesson.Pupils[0].Parent);
        (await family.GetAsync("/api/classroom/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task what_a_teacher_reports_reaches_the_coordinator()
    {
        var lesson = await service.Publish(-1, "Lina");
        var journal = service.Services.GetRequiredService<Journal>();
        var now = TimeProvider.System.GetUtcNow();
        var lina = ClassSession.ParticipantIdOf(lesson.ModuleId, lesson.Pupils[0].EnrolmentId);
        await journal.Decide<ClassSession>(
            lesson.ModuleId,
            _ =>
                Stages.ServiceDefaults.Decision.Of(
                    new ClassOpened(lesson.ModuleId, lesson.StageId, lesson.CampaignId),
                    new SeatGiven(lina, ParticipantRole.Pupil, Guid.Empty, lesson.Pupils[0].EnrolmentId, now)
                ),
            cancel: Cancel
        );
        await journal.Decide<ClassSession>(
            lesson.ModuleId,
            s => Door.Remove(s, new Actor(Guid.Empty, ParticipantRole.Teacher), lina, "insults", report: true, now),
            cancel: Cancel
        );
        using var coordinator = service.Client("coordinator", "c@example.org", "034");
        var page = await coordinator.GetFromJsonAsync<JsonElement>($"/api/classroom/incidents?campaign={lesson.CampaignId}", Cancel);
        page.GetProperty("items").EnumerateArray().Single().GetProperty("reason").GetString().ShouldBe("insults");
        using var elsewhere = service.Client("coordinator", "c@example.org", "030");
        (await elsewhere.GetFromJsonAsync<JsonElement>($"/api/classroom/incidents?campaign={lesson.CampaignId}", Cancel))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task when_all_else_is_down_a_plain_link_leads_somewhere()
    {
        var lesson = await service.Publish(0, "Lina");
        using var coordinator = service.Client("coordinator", "c@example.org");
        (
            await coordinator.PutAsJsonAsync(
                $"/api/classroom/campaigns/{lesson.CampaignId}/place",
                new { kind = "link", url = "http://insecure.example" },
                Cancel
            )
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (
            await coordinator.PutAsJsonAsync(
                $"/api/classroom/campaigns/{lesson.CampaignId}/place",
                new { kind = "link", url = "https://visio.example.org/stage" },
                Cancel
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await service.Join(lesson, "family", lesson.Pupils[0].Parent)).ShouldBe("https://visio.example.org/stage");
        using var partial = service.Client("coordinator", "c@example.org", "034");
        (
            await partial.PutAsJsonAsync($"/api/classroom/campaigns/{lesson.CampaignId}/place", new { kind = "stages" }, Cancel)
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task what_was_said_in_class_is_deleted_after_thirty_days_and_nothing_else()
    {
        var lesson = await service.Publish(-31 * 24 * 60, "Lina");
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var journal = service.Services.GetRequiredService<Journal>();
        var now = TimeProvider.System.GetUtcNow();
        await journal.Decide(
            Decision.Of(new ChatSaid(lesson.ModuleId, Guid.Empty, "all", null, "bonjour", now)).At(Desk.ContentIdOf(lesson.ModuleId)),
            Cancel
        );
        await journal.Decide<Desk>(
            Desk.IdOf(lesson.ModuleId),
            d => DeskRules.SetTimer(d, lesson.ModuleId, new Actor(Guid.Empty, ParticipantRole.Teacher), 60, now),
            cancel: Cancel
        );

        await service.Services.GetRequiredService<Retention>().Apply(Cancel);
        await using var query = store.QuerySession();
        (await query.Events.FetchStreamAsync(Desk.ContentIdOf(lesson.ModuleId), token: Cancel)).ShouldBeEmpty();
        (await query.Events.FetchStreamAsync(Desk.IdOf(lesson.ModuleId), token: Cancel)).ShouldBeEmpty();
        (await query.LoadAsync<Desk>(Desk.IdOf(lesson.ModuleId), Cancel)).ShouldBeNull();
        (await query.Events.FetchStreamAsync(lesson.StageId, token: Cancel)).ShouldNotBeEmpty();
    }

    [Fact]
    public void a_used_an_expired_and_an_unknown_ticket_open_nothing()
    {
        var session = Given.Class(Given.Stay(Given.Lina, 0, null)[..1]);
        EnterClass.Decide(session, Given.Teacher, "t0", "seat", Given.Minute(1)).Refusal.ShouldBeNull();
        EnterClass.Decide(session, Given.Teacher, "t0", "seat", Given.Minute(5)).Refusal.ShouldBe(new TicketUnknown());
        EnterClass.Decide(session, Given.Teacher, "other", "seat", Given.Minute(1)).Refusal.ShouldBe(new TicketUnknown());
        EnterClass.Decide(null, Given.Teacher, "t0", "seat", Given.Minute(1)).Refusal.ShouldBe(new TicketUnknown());
        EnterClass
            .Decide(Given.Class(Given.Stay(Given.Lina, 0, null)[..2]), Given.Teacher, "t0", "seat", Given.Minute(1))
            .Refusal.ShouldBe(new TicketUnknown());
    }
}
