using System.Net;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>People reach a class through the Portal's gateway, under one address with everything else.</summary>
public sealed class ClassroomGatewayTests
{
    /// <summary>In clear as on one machine, and in seal as in a cluster: service, hub and media server.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_class_is_joined_through_the_gateway(bool inSeal)
    {
        await using var world = await ClassroomWorld.Create(inSeal ? "gateway-sealed" : "gateway", copies: inSeal ? 2 : 1, inSeal: inSeal);
        var lesson = await world.Publish(-1, 120, "Lina");
        var settings = new Dictionary<string, string>(world.Realm.Settings, StringComparer.Ordinal);
        foreach (var service in new[] { "Enrolment", "Scheduling", "Notification", "Classroom" })
            settings[$"Services:{service}"] = world.Address.ToString().TrimEnd('/');
        settings["Services:Portal"] = "http://localhost";
        if (world.Seal is { } seal)
        {
            settings["SSL_CERT_FILE"] = seal.Authority;
            settings["CopiesByName:Classroom"] = settings["Services:Classroom"];
        }
        await using var portal = new ServiceProcess("services/Portal", "Stages.Portal", settings, world.Artifacts);
        portal.Start();
        await portal.Ready(TimeSpan.FromSeconds(120));

        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var page = await http.GetAsync(new Uri(portal.Address, $"/classroom/{lesson.ModuleId}"));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        page.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
        page.Headers.GetValues("Permissions-Policy").Single().ShouldContain("microphone=(self)");

        var link = await world.Link(lesson, "family", lesson.Pupils[0].Parent);
        using var lina = await SignallingClient.Enter(http, portal.Address, lesson.ModuleId, link);
        (await lina.Welcome.WaitAsync(TimeSpan.FromSeconds(30))).GetProperty("role").GetString().ShouldBe("pupil");
        (await SignallingClient.Knock(http, portal.Address, lesson.ModuleId, lina.ParticipantId, null)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        // A page of the gateway's address is ours, whatever address the service itself has; 400 is a seat that brings no WebSocket.
        (await From(portal.Address.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.BadRequest);
        (await From("https://elsewhere.example")).ShouldBe(HttpStatusCode.Unauthorized);

        // A page of a document is larger than a form; no other site's page sends one with the teacher's seat.
        using var claire = await SignallingClient.Enter(
            http,
            portal.Address,
            lesson.ModuleId,
            await world.Link(lesson, "teacher", lesson.Teacher)
        );
        (await Page(portal.Address.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.NoContent);
        (await Page("https://elsewhere.example")).ShouldBe(HttpStatusCode.Unauthorized);

        await claire.MediaReady.WaitAsync(TimeSpan.FromSeconds(30));
        if (world.Seal is { } inside)
        {
            // The class is held by the first copy: the second asks it.
            using var second = world.Copies[1].Client();
            second.DefaultRequestHeaders.Authorization = world.Realm.Bearer("teacher", lesson.Teacher, service: "classroom");
            using var again = await second.PostAsync($"/api/modules/{lesson.ModuleId}/join", null);
            again.StatusCode.ShouldBe(HttpStatusCode.OK);
            // Whoever shows another service's certificate, or none, is not spoken with.
            (await world.IsSpokenWith("classroom")).ShouldBeTrue();
            (await world.IsSpokenWith("portal")).ShouldBeFalse();
            (await world.IsSpokenWith(null)).ShouldBeFalse();

            var before = await world.Certificate();
            await inside.Renew();
            await Eventually.True(async () => await world.Certificate() != before);
            (await lina.Call("RaiseHand", true))
                .GetProperty("ok")
                .GetBoolean()
                .ShouldBeFalse("she waits, and her connection is still there");
            (await claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await lina.Admitted.WaitAsync(TimeSpan.FromSeconds(20));
        }

        async Task<HttpStatusCode> Page(string origin)
        {
            var picture = SamplePictures.WebP(700_000);
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(picture), "picture", "page" },
                { new StringContent("Le verbe"), "words" },
            };
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                new Uri(portal.Address, $"/classroom/pages/{lesson.StageId}/1?module={lesson.ModuleId}&seat={claire.ParticipantId}")
            )
            {
                Headers = { { "Cookie", claire.Cookie }, { "Origin", origin } },
                Content = form,
            };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        async Task<HttpStatusCode> From(string origin)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(portal.Address, $"/hubs/room?module={lesson.ModuleId}&seat={lina.ParticipantId}")
            )
            {
                Headers = { { "Cookie", lina.Cookie }, { "Origin", origin } },
            };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
