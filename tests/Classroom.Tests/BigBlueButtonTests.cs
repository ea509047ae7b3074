using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Stages.Classrooms.Elsewhere;
using Stages.Classrooms.Sessions;
using Stages.Testing;
using Xunit;

namespace Stages.Classrooms.Tests;

public sealed class BigBlueButtonTests(BigBlueButtonTests.Service service) : IClassFixture<BigBlueButtonTests.Service>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The worked example of docs.bigbluebutton.org/development/api, and the same with the newer algorithms.</summary>
    [Theory]
    [InlineData("sha1", "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")]
    [InlineData("sha256", "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e")]
    public void the_documentations_example_has_this_checksum(string algorithm, string expected)
    {
        var query = BigBlueButtonApi.Query([
            new("name", "Test Meeting"),
            new("meetingID", "abc123"),
            new("attendeePW", "111222"),
            new("moderatorPW", "333444"),
        ]);
        query.ShouldBe("name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444");
        BigBlueButtonApi.Checksum(algorithm, "create", query, BigBlueButtonEmulator.Secret).ShouldBe(expected);
    }

    [Theory]
    [InlineData("<!DOCTYPE response><response><returncode>SUCCESS</returncode></response>")]
    [InlineData("""<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><response><returncode>&b;</returncode></response>""")]
    [InlineData("""<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><response><returncode>&f;</returncode></response>""")]
    [InlineData("<response><returncode>SUCCESS")]
    public Task an_answer_with_a_document_type_is_none(string answer) =>
        Should.ThrowAsync<XmlException>(BigBlueButtonApi.Read(new MemoryStream(Encoding.UTF8.GetBytes(answer)), Cancel));

    [Fact]
    public async Task an_answer_without_an_end_is_not_read_to_it()
    {
        var endless = Encoding.UTF8.GetBytes("<response>" + new string('a', 2_000_000) + "</response>");
        await Should.ThrowAsync<XmlException>(BigBlueButtonApi.Read(new MemoryStream(endless), Cancel));
        (await BigBlueButtonApi.Read(new MemoryStream("<response><a>b</a></response>"u8.ToArray()), Cancel)).Value.ShouldBe("b");
    }

    [Fact]
    public async Task the_emulator_rejects_a_wrong_checksum_and_an_unknown_parameter()
    {
        using var http = new HttpClient();
        (await http.GetStringAsync($"{service.Server.Url}/end?meetingID=abc&checksum=00")).ShouldContain("checksumError");
        var query = "meetingID=abc&colour=red";
        var checksum = BigBlueButtonApi.Checksum("sha256", "end", query, BigBlueButtonEmulator.Secret);
        (await http.GetStringAsync($"{service.Server.Url}/end?{query}&checksum={checksum}")).ShouldContain("unknown parameter");
    }

    [Fact]
    public async Task a_campaign_can_meet_on_bigbluebutton_from_creation_to_attendance()
    {
        var lesson = await service.Publish(startsInMinutes: -30, "Lina", "Noah");
        using var coordinator = service.Client("coordinator", "coordinator@example.org");
        (
            await coordinator.PutAsJsonAsync($"/api/classroom/campaigns/{lesson.CampaignId}/place", new { kind = "bigBlueButton" })
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        // Create and join, the second one finding the meeting of the first.
        var made = service.Server.Created;
        var (teacher, lina) = (
            await service.Join(lesson, "teacher", lesson.Teacher),
            await service.Join(lesson, "family", lesson.Pupils[0].Parent)
        );
        service.Server.Created.ShouldBe(made + 1);
        teacher.ShouldContain("role=MODERATOR");
        lina.ShouldContain("role=VIEWER");
        lina.ShouldContain("fullName=Lina");
        using var http = new HttpClient();
        (await http.GetStringAsync(teacher)).ShouldBe("in");
        (await http.GetStringAsync(lina)).ShouldBe("in");
        // A link with another role is one that nobody signed.
        (await http.GetStringAsync(lina.Replace("role=VIEWER", "role=MODERATOR", StringComparison.Ordinal))).ShouldContain("checksumError");

        // Attendance minute by minute.
        var meetings = service.Services.GetRequiredService<Meetings>();
        await meetings.Poll(TestContext.Current.CancellationToken);
        (await service.Attendance(lesson))
            .GetProperty("pupils")
            .EnumerateArray()
            .Single(p => p.GetProperty("firstName").GetString() == "Lina")
            .GetProperty("presentNow")
            .GetBoolean()
            .ShouldBeTrue();
        service.Server.Leave(
            lesson.ModuleId.ToString(),
            ClassSession.ParticipantIdOf(lesson.ModuleId, lesson.Pupils[0].EnrolmentId).ToString("N")
        );
        await meetings.Poll(TestContext.Current.CancellationToken);
        (await service.Attendance(lesson))
            .GetProperty("pupils")
            .EnumerateArray()
            .Single(p => p.GetProperty("firstName").GetString() == "Lina")
            .GetProperty("presentNow")
            .GetBoolean()
            .ShouldBeFalse();

        // An expired room is made again for who comes next.
        service.Server.Expire(lesson.ModuleId.ToString());
        (await http.GetStringAsync(await service.Join(lesson, "family", lesson.Pupils[1].Parent))).ShouldBe("in");
        service.Server.Created.ShouldBe(made + 2);

        await Report(lesson);
        var api = service.Services.GetRequiredService<BigBlueButtonApi>();
        await api.End(lesson.ModuleId.ToString(), TestContext.Current.CancellationToken);
        (await api.Attendees(lesson.ModuleId.ToString(), TestContext.Current.CancellationToken)).ShouldBeNull();
        await api.End(lesson.ModuleId.ToString(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task a_teacher_who_loses_the_stage_is_out_of_the_meeting_and_does_not_stay_in_one_made_anew()
    {
        var lesson = await service.Publish(startsInMinutes: -30, "Lina");
        using var coordinator = service.Client("coordinator", "coordinator@example.org");
        await coordinator.PutAsJsonAsync($"/api/classroom/campaigns/{lesson.CampaignId}/place", new { kind = "bigBlueButton" });
        using var http = new HttpClient();
        var link = await service.Join(lesson, "teacher", lesson.Teacher);
        await http.GetStringAsync(link);
        await http.GetStringAsync(await service.Join(lesson, "family", lesson.Pupils[0].Parent));

        var api = service.Services.GetRequiredService<BigBlueButtonApi>();
        await service.Publish(lesson.WithoutTeacher());
        (await Eventually.Is(() => api.Attendees(lesson.ModuleId.ToString(), Stop), there => there is null)).ShouldBeNull();

        // The pupil's page makes it again; the link that the teacher kept leads there still.
        await http.GetStringAsync(await service.Join(lesson, "family", lesson.Pupils[0].Parent));
        var meetings = service.Services.GetRequiredService<Meetings>();
        await meetings.Poll(Stop);
        (await api.Attendees(lesson.ModuleId.ToString(), Stop)).ShouldNotBeNull("nobody is there who should not be");
        await http.GetStringAsync(link);
        await meetings.Poll(Stop);
        (await api.Attendees(lesson.ModuleId.ToString(), Stop)).ShouldBeNull();
    }

    public static TheoryData<string> BadDays => [.. FailingAnswers.All.Keys, "FAILED"];

    /// <summary>Nobody is told an error of ours, nothing of theirs is shown, and the same button works once the server does.</summary>
    [Theory]
    [MemberData(nameof(BadDays))]
    public async Task a_server_that_fails_is_said_so_and_who_comes_again_comes_in(string badDay)
    {
        var lesson = await service.Publish(startsInMinutes: -30, "Lina");
        using var coordinator = service.Client("coordinator", "coordinator@example.org");
        await coordinator.PutAsJsonAsync($"/api/classroom/campaigns/{lesson.CampaignId}/place", new { kind = "bigBlueButton" }, Stop);
        using var parent = service.Client("family", lesson.Pupils[0].Parent);
        service.Server.Instead = badDay == "FAILED" ? BigBlueButtonEmulator.Fail : FailingAnswers.All[badDay];
        try
        {
            using var answer = await parent.PostAsJsonAsync($"/api/modules/{lesson.ModuleId}/join", new { }, Stop);
            ((int)answer.StatusCode).ShouldBeOneOf(502, 503);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            problem.GetProperty("code").GetString().ShouldBe("foreign-server");
            problem.GetProperty("detail").GetString()!.ShouldStartWith("BigBlueButton ");
            problem.ToString().ShouldNotContain("java");
            // The jobs look again the next minute.
            await service.Services.GetRequiredService<Meetings>().Poll(Stop);
        }
        finally
        {
            service.Server.Instead = null;
        }
        await using var reading = service.Services.GetRequiredService<Marten.IDocumentStore>().QuerySession();
        var session = await reading.LoadAsync<ClassSession>(lesson.ModuleId, Stop);
        session!.Seats.ShouldHaveSingleItem().EnrolmentId.ShouldBe(lesson.Pupils[0].EnrolmentId, "that they came is kept");
        using var http = new HttpClient();
        (await http.GetStringAsync(await service.Join(lesson, "family", lesson.Pupils[0].Parent), Stop)).ShouldBe("in");
    }

    [Fact]
    public async Task a_group_that_grows_while_its_meeting_stands_is_let_into_it()
    {
        var lesson = await service.Publish(startsInMinutes: -30, "Lina");
        using var coordinator = service.Client("coordinator", "coordinator@example.org");
        await coordinator.PutAsJsonAsync($"/api/classroom/campaigns/{lesson.CampaignId}/place", new { kind = "bigBlueButton" }, Stop);
        await service.Join(lesson, "family", lesson.Pupils[0].Parent);
        var made = service.Server.Created;
        var api = service.Services.GetRequiredService<BigBlueButtonApi>();
        await api.Create([new("name", "Another name"), new("meetingID", lesson.ModuleId.ToString())], Stop);
        service.Server.Created.ShouldBe(made);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The report after the meeting, which only a holder of the secret can write.</summary>
    private async Task Report(TestLesson lesson)
    {
        var from = lesson.StartsAt;
        var report = new
        {
            version = "1.0",
            meeting_id = lesson.ModuleId,
            internal_meeting_id = "x",
            data = new
            {
                attendees = new[]
                {
                    new
                    {
                        ext_user_id = ClassSession.ParticipantIdOf(lesson.ModuleId, lesson.Pupils[0].EnrolmentId).ToString("N"),
                        name = "Lina",
                        moderator = false,
                        joins = new[] { from },
                        leaves = new[] { from.AddMinutes(25) },
                        duration = 1500,
                    },
                },
            },
        };
        (await Post(report, lesson, "another secret, which is not the one that is shared")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(report, lesson, BigBlueButtonEmulator.Secret)).ShouldBe(HttpStatusCode.Accepted);
        (await service.Attendance(lesson))
            .GetProperty("pupils")
            .EnumerateArray()
            .Single(p => p.GetProperty("firstName").GetString() == "Lina")
            .GetProperty("minutesPresent")
            .GetInt32()
            .ShouldBe(25);
    }

    private async Task<HttpStatusCode> Post(object report, TestLesson lesson, string secret)
    {
        using var client = service.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/classroom/bigbluebutton/{lesson.ModuleId}")
        {
            Content = JsonContent.Create(report),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            new JsonWebTokenHandler().CreateToken(
                new SecurityTokenDescriptor
                {
                    Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
                    SigningCredentials = new SigningCredentials(
                        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret.PadRight(64, '\0'))),
                        SecurityAlgorithms.HmacSha512
                    ),
                }
            )
        );
        return (await client.SendAsync(request)).StatusCode;
    }

    /// <summary>The real service beside the emulated server.</summary>
    public sealed class Service : ClassroomService
    {
        internal BigBlueButtonEmulator Server { get; } = BigBlueButtonEmulator.Start().GetAwaiter().GetResult();

        /// <summary>What is said of a server that is silent does not depend on how long it was waited for.</summary>
        protected override void ConfigureServices(IServiceCollection services) =>
            services.AddHttpClient<BigBlueButtonApi>(http => http.Timeout = TimeSpan.FromSeconds(3));

        protected override IEnumerable<KeyValuePair<string, string>> ExtraSettings =>
            [
                .. base.ExtraSettings,
                new("Classroom:BigBlueButton:Url", Server.Url),
                new("Classroom:BigBlueButton:Secret", BigBlueButtonEmulator.Secret),
            ];
    }
}
