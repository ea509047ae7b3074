using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using Stages.ServiceDefaults;
using Stages.Testing;
using Stages.Vocabulary;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Nobody gets in, or hears anything, who does not belong there.</summary>
public sealed class ClassroomSecurityTests
{
    [Fact]
    public async Task a_seat_that_floods_its_class_is_held_back_and_the_others_are_not()
    {
        await using var world = await ClassroomWorld.Create("flood");
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        async Task<SignallingClient> Enter(string role, string email) =>
            await SignallingClient.Enter(http, world.Address, lesson.ModuleId, await world.Link(lesson, role, email));
        using var claire = await Enter("teacher", lesson.Teacher);
        (await claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        using var lina = await Enter("family", lesson.Pupils[0].Parent);
        using var noah = await Enter("family", lesson.Pupils[1].Parent);
        foreach (var pupil in (SignallingClient[])[lina, noah])
        {
            await claire.Call("Admit", pupil.ParticipantId);
            await pupil.Admitted;
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => lina.Call("RaiseHand", i % 2 == 0)));
        answers.Count(a => a.GetProperty("ok").GetBoolean()).ShouldBeGreaterThan(40);
        answers.Count(a => !a.GetProperty("ok").GetBoolean() && a.GetProperty("code").GetString() == "too-fast").ShouldBeGreaterThan(100);
        (await noah.Call("RaiseHand", true)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        // Her sound does not end with her hands.
        (await lina.Call("SetFlags", true, false, false))
            .GetProperty("ok")
            .GetBoolean()
            .ShouldBeTrue();
    }

    [Fact]
    public async Task only_who_belongs_to_a_class_gets_in()
    {
        await using var world = await ClassroomWorld.Create("security");
        var lesson = await world.Publish(-1, 120, "Lina", "Noah");
        var other = await world.Publish(-1, 120, "Zoe");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });

        await WithoutTicket(world, lesson, http);
        await ForeignPeople(world, lesson, other);
        await ForgedRole(world, lesson);

        var link = await world.Link(lesson, "family", lesson.Pupils[0].Parent);
        // Another class's door does not know the ticket; its own opens once.
        (await SignallingClient.Redeem(http, world.Address, other.ModuleId, link.Split('#')[1])).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        using var lina = await SignallingClient.Enter(http, world.Address, lesson.ModuleId, link);
        (await SignallingClient.Redeem(http, world.Address, lesson.ModuleId, link.Split('#')[1])).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );

        await AtTheDoor(lina);
        using var claire = await SignallingClient.Enter(
            http,
            world.Address,
            lesson.ModuleId,
            await world.Link(lesson, "teacher", lesson.Teacher)
        );
        (await claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        await lina.Admitted;
        await APupilIsNoTeacher(lina, claire);

        // The seat of one is not the seat of another, nor of another class, nor of another site's page.
        (await SignallingClient.Knock(http, world.Address, lesson.ModuleId, claire.ParticipantId, lina.Cookie)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (
            await SignallingClient.Knock(
                http,
                world.Address,
                lesson.ModuleId,
                claire.ParticipantId,
                lina.Cookie.Replace(lina.ParticipantId.ToString("N"), claire.ParticipantId.ToString("N"), StringComparison.Ordinal)
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignallingClient.Knock(http, world.Address, other.ModuleId, lina.ParticipantId, lina.Cookie)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        using var foreign = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(world.Address, $"/hubs/room?module={lesson.ModuleId}&seat={lina.ParticipantId}")
        )
        {
            Headers = { { "Cookie", lina.Cookie }, { "Origin", "https://elsewhere.example" } },
        };
        (await http.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await AfterRemoval(world, lesson, http, lina, claire);
        await MediaServersPorts(world);
    }

    [Fact]
    public async Task an_expired_ticket_opens_nothing()
    {
        await using var world = await ClassroomWorld.Create(
            "expired",
            mediaServers: 0,
            extra: new() { ["Classroom:TicketLife"] = "00:00:01" }
        );
        var lesson = await world.Publish(-1, 120, "Lina");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var asked = await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", lesson.Pupils[0].Parent);
        var answer = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement;
        var expires = answer.GetProperty("expiresAt").GetDateTimeOffset();
        await Eventually.True(() => Task.FromResult(TimeProvider.System.GetUtcNow() > expires));
        using var refused = await SignallingClient.Redeem(
            http,
            world.Address,
            lesson.ModuleId,
            answer.GetProperty("url").GetString()!.Split('#')[1]
        );
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("ticket-unknown");
        refused.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private static async Task WithoutTicket(ClassroomWorld world, Lesson lesson, HttpClient http)
    {
        (await SignallingClient.Redeem(http, world.Address, lesson.ModuleId, "guess")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SignallingClient.Redeem(http, world.Address, Guid.Empty, "guess")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SignallingClient.Knock(http, world.Address, lesson.ModuleId, Guid.Empty, null)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await http.GetAsync(new Uri(world.Address, "/hubs/room"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.PostAsync(new Uri(world.Address, "/hubs/room/negotiate"), null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task ForeignPeople(ClassroomWorld world, Lesson lesson, Lesson other)
    {
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", other.Pupils[0].Parent)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await world.Ask(
                HttpMethod.Post,
                $"/api/modules/{lesson.ModuleId}/join",
                "family",
                other.Pupils[0].Parent,
                new { enrolmentId = lesson.Pupils[0].EnrolmentId }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "teacher", other.Teacher)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "coordinator", "c@example.org", territory: "030")
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/attendance", "teacher", other.Teacher)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (
            await world.Ask(HttpMethod.Get, $"/api/modules/{lesson.ModuleId}/attendance", "family", lesson.Pupils[0].Parent)
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>A parent's account that calls itself a teacher is not this class's teacher; a token of another key is nobody's.</summary>
    private static async Task ForgedRole(ClassroomWorld world, Lesson lesson)
    {
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "teacher", lesson.Pupils[0].Parent)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = Tokens.Mint(
            stranger,
            world.Realm.Issuer,
            "classroom",
            new Caller(PersonId.FromEmail(lesson.Teacher), "teacher", lesson.Teacher, null, null),
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromHours(1)
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, $"/api/modules/{lesson.ModuleId}/join"))
        {
            Headers = { { "Authorization", "Bearer " + forged } },
        };
        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>Who waits is heard by nobody and hears nobody.</summary>
    private static async Task AtTheDoor(SignallingClient lina)
    {
        (await lina.Welcome).GetProperty("roster").GetProperty("admitted").GetBoolean().ShouldBeFalse();
        (await lina.Welcome).GetProperty("chat").GetArrayLength().ShouldBe(0);
        (await lina.Call("Publish", 1, "v=0")).GetProperty("ok").GetBoolean().ShouldBeFalse();
        (await lina.Call("Say", "hello", "all")).GetProperty("ok").GetBoolean().ShouldBeFalse();
        (await lina.Call("ReadNotes", 0)).GetProperty("ok").GetBoolean().ShouldBeFalse();
        (await lina.Call("WriteNotes", "AAA=")).GetProperty("ok").GetBoolean().ShouldBeFalse();
        (await lina.Call("Begin")).GetProperty("code").GetString().ShouldBe("teacher-only");
        (await lina.Call("Admit", lina.ParticipantId)).GetProperty("code").GetString().ShouldBe("teacher-only");
    }

    private static async Task APupilIsNoTeacher(SignallingClient lina, SignallingClient claire)
    {
        foreach (
            var call in new Func<Task<JsonElement>>[]
            {
                () => lina.Call("Lock", false),
                () => lina.Call("Remove", claire.ParticipantId, "", false),
                () => lina.Call("Mute", claire.ParticipantId, "audio"),
                () => lina.Call("Wipe", "page/1"),
                () => lina.Call("AskSlates", 0, "?"),
                () => lina.Call("PutSlateOnStage", lina.ParticipantId),
                () => lina.Call("AddBoardPage", 1, "plain"),
                () => lina.Call("TurnBoard", 1),
                () => lina.Call("RuleBoard", 1, "seyes"),
                () =>
                    lina.Call(
                        "SetPermissions",
                        new
                        {
                            chat = true,
                            microphone = true,
                            camera = true,
                            board = true,
                            notes = true,
                        }
                    ),
                () => lina.Call("FormGroups", 2),
                () => lina.Call("MoveToGroup", lina.ParticipantId, 0),
                () => lina.Call("SetTimer", 60),
                // A state of one's own making would take the place of what all wrote.
                () => lina.Call("KeepNotes", 1, "AAA="),
            }
        )
        {
            (await call()).GetProperty("code").GetString().ShouldBe("teacher-only");
        }
        (await lina.Call("Vote", Guid.Empty, 0)).GetProperty("ok").GetBoolean().ShouldBeFalse();
        // The teacher cannot be removed, not even by themselves.
        (await claire.Call("Remove", claire.ParticipantId, "", false))
            .GetProperty("ok")
            .GetBoolean()
            .ShouldBeFalse();
    }

    private static async Task AfterRemoval(
        ClassroomWorld world,
        Lesson lesson,
        HttpClient http,
        SignallingClient lina,
        SignallingClient claire
    )
    {
        var spare = await world.Link(lesson, "family", lesson.Pupils[0].Parent);
        (await claire.Call("Remove", lina.ParticipantId, "shouts", true)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        await lina.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        (await SignallingClient.Knock(http, world.Address, lesson.ModuleId, lina.ParticipantId, lina.Cookie)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        // Nor by a link that was fetched before, nor by a new one, until the teacher takes it back.
        (await SignallingClient.Redeem(http, world.Address, lesson.ModuleId, spare.Split('#')[1])).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", lesson.Pupils[0].Parent)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await claire.Call("Pardon", lina.ParticipantId)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", "family", lesson.Pupils[0].Parent)).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
    }

    /// <summary>The media server's API answers on loopback alone, and there to nobody without its secret.</summary>
    private static async Task MediaServersPorts(ClassroomWorld world)
    {
        foreach (var secret in new[] { null, "guess" })
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("janus-protocol");
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{world.MediaPort(0)}"), default);
            var request = JsonSerializer.Serialize(
                secret is null
                    ? new { janus = "create", transaction = "1" }
                    : (object)
                        new
                        {
                            janus = "create",
                            transaction = "1",
                            apisecret = secret,
                        }
            );
            await socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, default);
            var buffer = new byte[4096];
            var answer = Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default)).Count);
            answer.ShouldContain("\"error\"");
            answer.ShouldContain("403");
        }
        var own = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).FirstOrDefault(a =>
            a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)
        );
        if (own is null)
            return;
        using var outside = new TcpClient();
        await Should.ThrowAsync<SocketException>(async () => await outside.ConnectAsync(own, world.MediaPort(0)));
    }
}
