using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Stages.Api.Classroom;
using Stages.Classrooms.Classes;
using Stages.Classrooms.Desks;
using Stages.Classrooms.Documents;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>Pages of documents and pieces of recordings, over HTTP and in real PostgreSQL.</summary>
public sealed class PagesTests(ClassroomService service) : IClassFixture<ClassroomService>
{
    private static readonly byte[] Picture = SamplePictures.WebP();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_document_is_laid_out_by_the_teacher_read_by_the_class_and_gone_when_it_is_over()
    {
        var lesson = await service.Publish(0, "Lina");
        var claire = await Sit(lesson, "teacher", lesson.Teacher);
        var lina = await Sit(lesson, "family", lesson.Pupils[0].Parent);
        var document = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var first = $"/classroom/pages/{document}/1";

        (await Send(lina, HttpMethod.Post, first, Page(Picture))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Send(null, HttpMethod.Post, first, Page(Picture))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Send(claire, HttpMethod.Post, first, Page("<html>"u8.ToArray()))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Send(claire, HttpMethod.Post, first, Page([.. Picture, .. new byte[Pages.LargestPicture]]))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await Send(claire, HttpMethod.Post, first, Page([.. Picture, .. new byte[3 * 1024 * 1024]]))).StatusCode.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );
        (await Send(claire, HttpMethod.Post, $"/classroom/pages/{document}/101", Page(Picture))).IsSuccessStatusCode.ShouldBeFalse();
        // What another program than our page may write into it does not reach the class.
        byte[] told = SamplePictures.WebP(0, ("EXIF", "where it was taken"u8.ToArray()));
        (await Send(claire, HttpMethod.Post, first, Page(told, "Le verbe"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // A page sent again after a lost answer changes nothing.
        (await Send(claire, HttpMethod.Post, first, Page(Picture, "Le verbe"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var database = service.Services.GetRequiredService<NpgsqlDataSource>();
        (await PageTable.Count(database, lesson.ModuleId, document, Cancel)).ShouldBe(1);

        // Not laid out yet: nobody reads it. Not let in yet: neither.
        (await Send(claire, HttpMethod.Get, first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var journal = service.Services.GetRequiredService<Journal>();
        await journal.Decide<Desk>(
            Desk.IdOf(lesson.ModuleId),
            d => DeskRules.LayOut(d, lesson.ModuleId, new Actor(Guid.Empty, ParticipantRole.Teacher), document, "Les verbes", 1),
            cancel: Cancel
        );
        (await Send(lina, HttpMethod.Get, first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await journal.Decide<ClassSession>(
            lesson.ModuleId,
            s => Door.Begin(s, new Actor(Guid.Empty, ParticipantRole.Teacher), 1, TimeProvider.System.GetUtcNow()),
            cancel: Cancel
        );
        using var page = await Send(lina, HttpMethod.Get, first);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await page.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Picture);
        (await (await Send(lina, HttpMethod.Get, first + "/words")).Content.ReadAsStringAsync(Cancel)).ShouldBe("Le verbe");
        (await Send(claire, HttpMethod.Post, $"/classroom/pages/{document}/2", Page(Picture))).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var other = await service.Publish(0, "Zoe");
        (await Send(await Sit(other, "teacher", other.Teacher), HttpMethod.Get, first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await service.Services.GetRequiredService<ForgetPages>().Run(Cancel);
        (await PageTable.Count(database, lesson.ModuleId, document, Cancel)).ShouldBe(1);
        await using (
            var command = database.CreateCommand(
                $"update {PageTable.Rows.Name} set forget_at = now() - interval '1 second' where module_id = $1"
            )
        )
        {
            command.Parameters.AddWithValue(lesson.ModuleId);
            await command.ExecuteNonQueryAsync(Cancel);
        }
        await service.Services.GetRequiredService<ForgetPages>().Run(Cancel);
        (await PageTable.Count(database, lesson.ModuleId, document, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task a_picture_of_the_board_is_seen_by_who_sees_its_sheet()
    {
        var lesson = await service.Publish(0, "Lina", "Noah");
        var claire = await Sit(lesson, "teacher", lesson.Teacher);
        var lina = await Sit(lesson, "family", lesson.Pupils[0].Parent);
        var (ask, module, picture) = (service.Services.GetRequiredService<AskClass>(), lesson.ModuleId, NewId());
        var teacher = new Actor(ClassSession.ParticipantIdOf(module, PersonId.FromEmail(lesson.Teacher)), ParticipantRole.Teacher);
        var pupil = (await service.Services.GetRequiredService<IDocumentStore>().QuerySession().LoadAsync<ClassSession>(module, Cancel))!
            .Seats.Single(s => s.Role == ParticipantRole.Pupil)
            .ParticipantId;
        await ask.Arrive(module, teacher.ParticipantId, NewId(), NewId(), Cancel);
        await ask.Note(module, teacher, new Begin(), Cancel);
        await ask.Arrive(module, pupil, NewId(), NewId(), Cancel);
        await ask.Note(module, teacher, new Admit(pupil), Cancel);
        var address = $"/classroom/pages/{picture}/1";
        (await Send(claire, HttpMethod.Post, address, Page(Picture, "Un lion"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Send(lina, HttpMethod.Get, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var mark = new Mark(NewId(), [1, 1, 50, 90, 90, 50], "#102030", 1, "image", "Un lion", picture);
        var lead = await ask.Show(module, new Actor(pupil, ParticipantRole.Pupil), new Draw(Sheets.First, mark), Cancel);
        lead.Refusal.ShouldBe(new TeacherOnly());
        (await ask.Show(module, teacher, new Draw(Sheets.First, mark), Cancel)).Refused.ShouldBeFalse();
        (await (await Send(lina, HttpMethod.Get, address)).Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Picture);
        var other = await service.Publish(0, "Zoe");
        (await Send(await Sit(other, "teacher", other.Teacher), HttpMethod.Get, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // Who rubs it out takes it away from all.
        (await ask.Show(module, teacher, new Erase(mark.Id), Cancel)).Refused.ShouldBeFalse();
        (await Send(lina, HttpMethod.Get, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task a_recording_is_allowed_by_the_whole_academy_kept_for_some_days_and_then_gone()
    {
        var lesson = await service.Publish(0, "Lina");
        var rule = $"/api/classroom/campaigns/{lesson.CampaignId}/recording";
        using var coordinator = service.Client("coordinator", "c@example.org");
        (await coordinator.GetFromJsonAsync<JsonElement>(rule, Cancel)).GetProperty("allowed").GetBoolean().ShouldBeFalse();
        using var partial = service.Client("coordinator", "c@example.org", "034");
        (await partial.PutAsJsonAsync(rule, new { allowed = true, keptDays = 3 }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await coordinator.PutAsJsonAsync(rule, new { allowed = true, keptDays = 365 }, Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await coordinator.PutAsJsonAsync(rule, new { allowed = true, keptDays = 3 }, Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );

        var claire = await Sit(lesson, "teacher", lesson.Teacher);
        var film = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        (await Send(claire, HttpMethod.Post, $"/classroom/recordings/{film}/0", new ByteArrayContent([1]))).StatusCode.ShouldBe(
            HttpStatusCode.Conflict
        );
        var (teacher, now) = (
            ClassSession.ParticipantIdOf(lesson.ModuleId, PersonId.FromEmail(lesson.Teacher)),
            TimeProvider.System.GetUtcNow()
        );
        var journal = service.Services.GetRequiredService<Journal>();
        await journal.Decide<ClassSession>(
            lesson.ModuleId,
            _ =>
                Decision.Of(
                    new ParticipantArrived(teacher, film, Guid.Empty, now),
                    new ClassBegun(now),
                    new RecordingAnswered(teacher, true, now),
                    new RecordingStarted(film, teacher, now)
                ),
            cancel: Cancel
        );
        (await Send(claire, HttpMethod.Post, $"/classroom/recordings/{film}/0", new ByteArrayContent([1, 2]))).StatusCode.ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        var head = PictureTests.Film();
        (await Send(claire, HttpMethod.Post, $"/classroom/recordings/{film}/0", new ByteArrayContent(head))).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        (await Send(claire, HttpMethod.Post, $"/classroom/recordings/{film}/1", new ByteArrayContent([3]))).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );

        using var own = service.Client("teacher", lesson.Teacher);
        var listed = (await own.GetFromJsonAsync<JsonElement>($"/api/modules/{lesson.ModuleId}/recordings", Cancel)).GetProperty("items")[
            0
        ];
        listed.GetProperty("bytes").GetInt64().ShouldBe(head.Length + 1);
        (listed.GetProperty("deletedAt").GetDateTimeOffset() - now).ShouldBeInRange(TimeSpan.FromDays(2.9), TimeSpan.FromDays(3.1));
        (await own.GetByteArrayAsync($"/api/modules/{lesson.ModuleId}/recordings/{film}", Cancel)).ShouldBe([.. head, 3]);
        await Watched(lesson, film, own, [.. head, 3]);

        // Who has their data erased is no longer to be heard anywhere.
        using var portal = service.Client("service", "portal@example.org");
        (await portal.DeleteAsync($"/internal/people/{PersonId.FromEmail(lesson.Teacher)}", Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        (await RecordingTable.Of(service.Services.GetRequiredService<NpgsqlDataSource>(), lesson.ModuleId, Cancel)).ShouldBeEmpty();
    }

    /// <summary>By whom, from where on; and deleted by nobody while it goes on.</summary>
    private async Task Watched(TestLesson lesson, Guid film, HttpClient own, byte[] whole)
    {
        var (address, all) = ($"/api/modules/{lesson.ModuleId}/recordings/{film}", $"/api/classroom/stages/{lesson.StageId}/recordings");
        using var part = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new(1, null) } };
        using var shown = await own.SendAsync(part, Cancel);
        shown.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        shown.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 1-{whole.Length - 1}/{whole.Length}");
        (await shown.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(whole[1..]);

        using var foreign = service.Client("teacher", "somebody.else@example.org");
        using var stranger = service.Client("family", "somebody.else@example.org");
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        // This class began before the campaign opened recordings to families.
        foreach (var other in new[] { foreign, stranger, parent })
            (await other.GetAsync(address, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await foreign.GetAsync(all, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await stranger.GetAsync(all, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await parent.GetFromJsonAsync<StageRecordings>(all, Cancel))!.Items.ShouldBeEmpty();
        var listed = (await own.GetFromJsonAsync<StageRecordings>(all, Cancel))!;
        listed.Items.ShouldHaveSingleItem().Recordings.ShouldHaveSingleItem().Running.ShouldBeTrue();
        listed.ShouldBe(listed with { Allowed = true, KeptDays = 3, ForFamilies = false, MayDelete = true });

        var store = service.Services.GetRequiredService<IDocumentStore>();
        await using (var session = store.LightweightSession())
        {
            session.Store(new RecordingRule(lesson.CampaignId, true, 3, lesson.StartsAt.AddDays(-1)));
            await session.SaveChangesAsync(Cancel);
        }
        (await parent.GetByteArrayAsync(address, Cancel)).ShouldBe(whole);
        var theirs = (await parent.GetFromJsonAsync<StageRecordings>(all, Cancel))!;
        (theirs.MayDelete, theirs.Items.Count).ShouldBe((false, 1));
        (await parent.DeleteAsync(address, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await own.DeleteAsync(address, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private async Task<(string Cookie, string Query)> Sit(TestLesson lesson, string role, string email)
    {
        var link = await service.Join(lesson, role, email);
        using var answer = await Send(
            null,
            HttpMethod.Post,
            "/classroom/enter",
            JsonContent.Create(new { moduleId = lesson.ModuleId, ticket = link.Split('#')[1] })
        );
        var seat = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("participantId").GetString();
        return (answer.Headers.GetValues("Set-Cookie").First().Split(';')[0], $"?module={lesson.ModuleId}&seat={seat}");
    }

    private async Task<HttpResponseMessage> Send(
        (string Cookie, string Query)? seat,
        HttpMethod method,
        string path,
        HttpContent? content = null
    )
    {
        using var client = service.Client();
        using var request = new HttpRequestMessage(method, path + seat?.Query) { Content = content };
        if (seat is { } s)
            request.Headers.Add("Cookie", s.Cookie);
        return await client.SendAsync(request, Cancel);
    }

    private static MultipartFormDataContent Page(byte[] picture, string words = "")
    {
        var file = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/webp") } };
        return new MultipartFormDataContent { { file, "picture", "page" }, { new StringContent(words), "words" } };
    }
}
