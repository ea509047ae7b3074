using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Handed;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Files handed out and handed in, over HTTP and in real PostgreSQL: who sees, takes and removes which.</summary>
public sealed class HandedFilesTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Seat(string Cookie, string Query, Guid Id);

    [Fact]
    public async Task the_teacher_hands_out_to_all_or_to_some_and_nobody_else_reads_it()
    {
        var (lesson, claire, pupils) = await Class("Lina", "Noah");
        var (lina, noah) = (pupils[0], pupils[1]);
        var (forAll, forLina) = (
            await Hand(claire, SampleFiles.Pdf(), "leçon.pdf"),
            await Hand(claire, SampleFiles.Docx, "x.docx", lina.Id)
        );
        (await Names(claire)).ShouldBe(["leçon.pdf", "x.docx"]);
        (await Names(lina)).ShouldBe(["leçon.pdf", "x.docx"]);
        (await Names(noah)).ShouldBe(["leçon.pdf"]);
        (await Listed(lina)).ShouldAllBe(f => f.GetProperty("to").ValueKind == JsonValueKind.Null);

        using var given = await Send(lina, HttpMethod.Get, forAll);
        (await given.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(SampleFiles.Pdf());
        given.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        given.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        given.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("leçon.pdf");
        given.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        given.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox;");
        given.Headers.CacheControl!.NoStore.ShouldBeTrue();

        (await Send(noah, HttpMethod.Get, forLina)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(noah, HttpMethod.Delete, forLina)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(noah, HttpMethod.Delete, forAll)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Send(null, HttpMethod.Get, forAll)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (_, other, others) = await Class("Zoe");
        foreach (var stranger in new[] { other, others[0] })
            (await Send(stranger, HttpMethod.Get, forAll)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // Their cookie opens nothing under another one's name.
        (await Send(noah with { Query = lina.Query }, HttpMethod.Get, forLina)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(claire, NewId(), SampleFiles.Pdf(), "a.pdf", others[0].Id)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await Send(claire, HttpMethod.Delete, forLina)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(lina)).ShouldBe(["leçon.pdf"]);
        _ = lesson;
    }

    [Fact]
    public async Task a_pupil_hands_in_one_work_which_adults_alone_see()
    {
        var (lesson, claire, pupils) = await Class("Lina", "Noah");
        var (lina, noah) = (pupils[0], pupils[1]);
        var first = await Hand(lina, SampleFiles.Jpeg, "IMG_1.jpg");
        var second = await Hand(lina, SampleFiles.Odt, "../ma rédaction.odt");
        (await Names(lina)).ShouldBe(["ma rédaction.odt"]);
        (await Names(claire)).ShouldBe(["ma rédaction.odt"]);
        (await Listed(claire))[0].GetProperty("workOf").GetGuid().ShouldBe(lina.Id);
        (await Names(noah)).ShouldBeEmpty();
        foreach (var work in new[] { first, second })
            (await Send(noah, HttpMethod.Get, work)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(claire, HttpMethod.Get, first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(claire, HttpMethod.Get, second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // For nobody in particular: what a pupil hands in is for the teacher.
        (await Post(noah, NewId(), SampleFiles.Png, "a.png", lina.Id)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // Under the name of what is there already nothing is replaced.
        (await Post(noah, Guid.Parse(second), SampleFiles.Png, "a.png")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Names(noah)).ShouldBeEmpty();

        var coordinator = await Sit(lesson, "coordinator", "c@example.org");
        (await Names(coordinator)).ShouldBe(["ma rédaction.odt"]);
        (await Send(coordinator, HttpMethod.Get, second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(coordinator, NewId(), SampleFiles.Png, "a.png")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Sent again because the answer was lost: once there.
        var again = NewId();
        for (var i = 0; i < 2; i++)
            (await Post(noah, again, SampleFiles.Png, "a.png")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(claire)).ShouldBe(["ma rédaction.odt", "a.png"]);
        (await Send(noah, HttpMethod.Delete, again.ToString())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(claire)).ShouldBe(["ma rédaction.odt"]);
    }

    [Fact]
    public async Task after_the_class_each_has_what_was_theirs_there()
    {
        var (lesson, claire, pupils) = await Class("Lina", "Noah");
        var (lina, noah) = (pupils[0], pupils[1]);
        var forAll = await Hand(claire, SampleFiles.Pdf(), "leçon.pdf");
        var forNoah = await Hand(claire, SampleFiles.Docx, "x.docx", noah.Id);
        var work = await Hand(lina, SampleFiles.Odt, "rédaction.odt");
        await Door_(lesson, s => Decision.Of(new ClassEnded(claire.Id, Now)));

        string[] all = [forAll, forNoah, work];
        (string Role, string Email, string? Territory, string[] Sees, bool IsOfIt)[] people =
        [
            ("teacher", lesson.Teacher, null, all, true),
            ("coordinator", "c@example.org", null, all, true),
            ("coordinator", "d@example.org", "034", all, true),
            ("coordinator", "e@example.org", "030", [], false),
            ("family", lesson.Pupils[0].Parent, null, [forAll, work], true),
            ("family", lesson.Pupils[1].Parent, null, [forAll, forNoah], true),
            ("family", "somebody@example.org", null, [], false),
            ("teacher", "somebody@example.org", null, [], false),
        ];
        foreach (var (role, email, territory, sees, isOfIt) in people)
        {
            using var client = service.Client(role, email, territory);
            using var answer = await client.GetAsync($"/api/classroom/stages/{lesson.StageId}/files", Cancel);
            answer.StatusCode.ShouldBe(isOfIt ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{role} {email}");
            if (isOfIt)
            {
                var files = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel))
                    .GetProperty("items")[0]
                    .GetProperty("files")
                    .EnumerateArray()
                    .ToArray();
                files.Select(f => f.GetProperty("id").GetString()).ShouldBe(sees, ignoreOrder: true);
                files
                    .Where(f => f.GetProperty("id").GetString() == work)
                    .ShouldAllBe(f => f.GetProperty("firstName").GetString() == "Lina");
            }
            foreach (var file in all)
            {
                using var given = await client.GetAsync($"/api/modules/{lesson.ModuleId}/files/{file}", Cancel);
                var expected =
                    sees.Contains(file) ? HttpStatusCode.OK
                    : isOfIt ? HttpStatusCode.NotFound
                    : HttpStatusCode.Forbidden;
                given.StatusCode.ShouldBe(expected, $"{role} {email} {file}");
                if (expected == HttpStatusCode.OK)
                    given.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            }
        }
    }

    /// <summary>In a mixed group a coordinator reads the work of the pupils of their own territory.</summary>
    [Fact]
    public void nobody_is_shown_the_work_of_a_child_of_another_territory()
    {
        var room = Given.TheRoom with
        {
            Stage = Given.TheRoom.Stage with { Pupils = [new(Given.Lina, "0340002B"), new(Given.Noah, "0300001A")] },
        };
        HandedFile Work(Guid pupil) =>
            new(NewId(), ClassSession.ParticipantIdOf(Given.ModuleId, pupil), null, "a.pdf", "application/pdf", 1, Now);
        foreach (var (territory, lina, noah) in new[] { ("034", true, false), ("030", false, true), (null, true, true) })
        {
            var caller = new Caller(NewId(), Roles.Coordinator, null, null, territory);
            var reader = new FileReader(room, caller, true, []);
            (reader.Sees(Given.ModuleId, Work(Given.Lina)), reader.Sees(Given.ModuleId, Work(Given.Noah))).ShouldBe((lina, noah));
        }
    }

    [Fact]
    public async Task who_is_not_in_class_hands_nothing_in_and_reads_nothing()
    {
        var lesson = await service.Publish(0, "Lina");
        var claire = await Sit(lesson, "teacher", lesson.Teacher);
        var lina = await Sit(lesson, "family", lesson.Pupils[0].Parent);
        var file = await Hand(claire, SampleFiles.Pdf(), "a.pdf");
        await Refused();
        await Door_(lesson, s => Door.Begin(s, Teacher, 1, Now));
        (await Send(lina, HttpMethod.Get, file)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Door_(lesson, s => Decision.Of(new ClassEnded(claire.Id, Now)));
        await Refused();
        await Door_(lesson, s => Door.Begin(s, Teacher, 1, Now));
        await Door_(lesson, s => Door.Remove(s, Teacher, lina.Id, "", false, Now));
        (await Send(lina, HttpMethod.Get, file)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        async Task Refused()
        {
            (await Send(lina, HttpMethod.Get, "")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await Send(lina, HttpMethod.Get, file)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await Post(lina, NewId(), SampleFiles.Png, "a.png")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task what_is_too_large_or_too_much_or_of_another_kind_does_not_pass()
    {
        var (_, claire, pupils) = await Class("Lina");
        var lina = pupils[0];
        byte[] Padded(int length) => [.. SampleFiles.Jpeg, .. new byte[length - SampleFiles.Jpeg.Length]];
        (await Code(await Post(lina, NewId(), Padded(FileKinds.Largest + 1), "a.jpg"))).ShouldBe("file-too-large");
        (await Post(lina, NewId(), Padded(FileKinds.Largest + 100_000), "a.jpg")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Code(await Post(lina, NewId(), [.. "MZ"u8, 0, 1], "dessin.png"))).ShouldBe("file-kind");
        (await Code(await Post(lina, NewId(), SampleFiles.Word(("word/vbaProject.bin", "")), "a.docx"))).ShouldBe("file-active");
        (await Names(claire)).ShouldBeEmpty();
        (await Post(lina, NewId(), Padded(FileKinds.Largest), "a.jpg")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        // Twenty at once for one place left each time: no more than are allowed.
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Post(claire, NewId(), SampleFiles.Pdf(), $"{i}.pdf")));
        answers.Count(a => a.StatusCode == HttpStatusCode.NoContent).ShouldBe(FileTable.MostGiven);
        (await Code(answers.First(a => !a.IsSuccessStatusCode))).ShouldBe("files-full");
        (await Names(lina)).Count.ShouldBe(FileTable.MostGiven + 1);
    }

    [Fact]
    public async Task files_end_with_the_class_s_content_and_a_pupil_s_with_the_pupil()
    {
        var (lesson, claire, pupils) = await Class("Lina", "Noah");
        await Hand(claire, SampleFiles.Pdf(), "a.pdf");
        await Hand(pupils[0], SampleFiles.Png, "lina.png");
        await Hand(pupils[1], SampleFiles.Png, "noah.png");
        using var portal = service.Client("service", "portal@example.org");
        var held = await portal.GetFromJsonAsync<JsonElement>($"/internal/enrolments/{lesson.Pupils[0].EnrolmentId}", Cancel);
        held.GetProperty("works")[0].GetProperty("name").GetString().ShouldBe("lina.png");
        var data = await portal.GetFromJsonAsync<JsonElement>($"/internal/people/{PersonId.FromEmail(lesson.Pupils[1].Parent)}", Cancel);
        data.GetProperty("works")[0].GetProperty("name").GetString().ShouldBe("noah.png");

        var journal = service.Services.GetRequiredService<Journal>();
        await using (var query = service.Services.GetRequiredService<Marten.IDocumentStore>().QuerySession())
        {
            var session = (await query.LoadAsync<ClassSession>(lesson.ModuleId, Cancel))!;
            await journal.Decide(Families.ForgetPupil.Decide(lesson.Pupils[0].EnrolmentId, [session], Now), Cancel);
        }
        (await Names(claire)).ShouldBe(["a.pdf", "noah.png"]);
        await journal.Decide(People.ForgetGiven([lesson.ModuleId]), Cancel);
        (await Names(claire)).ShouldBe(["noah.png"]);

        await ForgetContent.Content.Forget(service.Services, Now, Cancel);
        (await Names(claire)).ShouldBe(["noah.png"]);
        await ForgetContent.Content.Forget(service.Services, Now.AddDays(1), Cancel);
        (await FileTable.Of(service.Services.GetRequiredService<NpgsqlDataSource>(), lesson.ModuleId, Cancel)).ShouldBeEmpty();
    }

    private static readonly Actor Teacher = new(Guid.Empty, ParticipantRole.Teacher);

    private static Guid NewId() => Guid.CreateVersion7(Now);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task Door_(TestLesson lesson, Func<ClassSession?, Decision> rule) =>
        service.Services.GetRequiredService<Journal>().Decide<ClassSession>(lesson.ModuleId, s => rule(s), cancel: Cancel);

    private async Task<(TestLesson Lesson, Seat Claire, Seat[] Pupils)> Class(params string[] pupils)
    {
        var lesson = await service.Publish(0, pupils);
        var claire = await Sit(lesson, "teacher", lesson.Teacher);
        var seats = new List<Seat>();
        foreach (var pupil in lesson.Pupils)
            seats.Add(await Sit(lesson, "family", pupil.Parent));
        await Door_(lesson, s => Door.Begin(s, Teacher, pupils.Length, Now));
        return (lesson, claire, [.. seats]);
    }

    private async Task<Seat> Sit(TestLesson lesson, string role, string email)
    {
        var link = await service.Join(lesson, role, email);
        using var answer = await Send(
            null,
            HttpMethod.Post,
            "/classroom/enter",
            JsonContent.Create(new { moduleId = lesson.ModuleId, ticket = link.Split('#')[1] })
        );
        var seat = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("participantId").GetGuid();
        return new Seat(answer.Headers.GetValues("Set-Cookie").First().Split(';')[0], $"?module={lesson.ModuleId}&seat={seat}", seat);
    }

    private async Task<string> Hand(Seat by, byte[] content, string name, params Guid[] to)
    {
        var id = NewId();
        using var answer = await Post(by, id, content, name, to);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(Cancel));
        return id.ToString();
    }

    private Task<HttpResponseMessage> Post(Seat by, Guid id, byte[] content, string name, params Guid[] to)
    {
        // What a browser says of it is not asked.
        var file = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("text/html") } };
        var form = new MultipartFormDataContent { { file, "file", name } };
        foreach (var one in to)
            form.Add(new StringContent(one.ToString()), "to");
        return Send(by, HttpMethod.Post, id.ToString(), form);
    }

    private async Task<List<string>> Names(Seat who) => [.. (await Listed(who)).Select(f => f.GetProperty("name").GetString()!)];

    private async Task<JsonElement[]> Listed(Seat who)
    {
        using var answer = await Send(who, HttpMethod.Get, "");
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).EnumerateArray()];
    }

    private async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();

    private async Task<HttpResponseMessage> Send(Seat? seat, HttpMethod method, string path, HttpContent? content = null)
    {
        using var client = service.Client();
        var address = path.StartsWith('/') ? path : $"/classroom/handed/{path}";
        using var request = new HttpRequestMessage(method, address + seat?.Query) { Content = content };
        if (seat is { } s)
            request.Headers.Add("Cookie", s.Cookie);
        return await client.SendAsync(request, Cancel);
    }
}
