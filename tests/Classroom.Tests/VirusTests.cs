using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stages.Classrooms.Recordings;
using Stages.Classrooms.Sessions;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.Classrooms.Tests;

/// <summary>The service with a scanner, which each test starts.</summary>
public sealed class ScannedClassroom : ClassroomService
{
    public Clamd Clamd { get; } = new();

    protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
        [.. base.ExtraSettings, new("Scanner:Clamd", Clamd.Address)];
}

/// <summary>What goes from one to another in class is looked through before it is kept: files, pages, pieces of recordings.</summary>
public sealed class VirusTests(ScannedClassroom service) : IClassFixture<ScannedClassroom>, IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>While it is away nothing passes and nothing is kept; the same file, under the same name, passes when it is back.</summary>
    [Fact]
    public async Task nothing_with_a_virus_in_it_is_kept_and_nothing_while_nobody_looks()
    {
        var lesson = await service.Publish(0, "Lina");
        using var coordinator = service.Client("coordinator", "c@example.org");
        using var allowed = await coordinator.PutAsJsonAsync(
            $"/api/classroom/campaigns/{lesson.CampaignId}/recording",
            new { allowed = true, keptDays = 3 },
            Cancel
        );
        allowed.EnsureSuccessStatusCode();
        var seat = await Sit(lesson);
        var film = await Record(lesson);
        (string What, string Path, Func<byte[], HttpContent> Form)[] kinds =
        [
            ("a file handed out", $"/classroom/handed/{NewId()}", bytes => File(bytes, "file", "consigne.txt")),
            ("a page", $"/classroom/pages/{NewId()}/1", bytes => File(SamplePictures.WebP(0, ("EXIF", bytes)), "picture", "page")),
            (
                "a piece of a recording",
                $"/classroom/recordings/{film}/0",
                bytes => new ByteArrayContent([.. PictureTests.Film(), .. bytes])
            ),
        ];
        foreach (var (what, path, form) in kinds)
        {
            using var away = await Post(path, form("bonjour"u8.ToArray()));
            away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, what);
            var problem = await away.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            problem.GetProperty("code").GetString().ShouldBe(ForeignServerFault.Code);
            problem.GetProperty("detail").GetString()!.ShouldContain("antivirus");
        }
        await service.Clamd.Start();
        foreach (var (what, path, form) in kinds)
        {
            using var infected = await Post(path, form(Clamd.Eicar));
            infected.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, what);
            (await infected.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString().ShouldBe("file-infected", what);
            (await Kept()).ShouldBe(0, what);
        }
        foreach (var (what, path, form) in kinds)
            (await Post(path, form("bonjour"u8.ToArray()))).StatusCode.ShouldBe(HttpStatusCode.NoContent, what);
        (await Kept()).ShouldBe(3);

        async Task<HttpResponseMessage> Post(string path, HttpContent content)
        {
            using var client = service.Client();
            using var request = new HttpRequestMessage(HttpMethod.Post, path + seat.Query) { Content = content };
            request.Headers.Add("Cookie", seat.Cookie);
            return await client.SendAsync(request, Cancel);
        }

        async Task<long> Kept()
        {
            await using var database = Npgsql.NpgsqlDataSource.Create(service.Realm.Postgres);
            await using var command = database.CreateCommand(
                $"select (select count(*) from {Documents.PageTable.Rows.Name}) + (select count(*) from {RecordingTable.Rows.Name})"
                    + $" + (select count(*) from {Handed.FileTable.Name})"
            );
            return (long)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }

    public ValueTask DisposeAsync() => service.Clamd.DisposeAsync();

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static MultipartFormDataContent File(byte[] bytes, string field, string name)
    {
        var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return new MultipartFormDataContent { { file, field, name } };
    }

    private async Task<(string Cookie, string Query)> Sit(TestLesson lesson)
    {
        var link = await service.Join(lesson, "teacher", lesson.Teacher);
        using var client = service.Client();
        using var answer = await client.PostAsJsonAsync(
            "/classroom/enter",
            new { moduleId = lesson.ModuleId, ticket = link.Split('#')[1] },
            Cancel
        );
        var seat = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("participantId").GetString();
        return (answer.Headers.GetValues("Set-Cookie").First().Split(';')[0], $"?module={lesson.ModuleId}&seat={seat}");
    }

    private async Task<Guid> Record(TestLesson lesson)
    {
        var (film, now) = (NewId(), TimeProvider.System.GetUtcNow());
        var teacher = ClassSession.ParticipantIdOf(lesson.ModuleId, PersonId.FromEmail(lesson.Teacher));
        await service
            .Services.GetRequiredService<Journal>()
            .Decide<ClassSession>(
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
        return film;
    }
}
