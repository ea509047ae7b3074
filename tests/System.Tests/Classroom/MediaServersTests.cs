using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>More than one media server, and the relay for networks that let nothing else through.</summary>
[Collection(ClassroomCollection.Name)]
public sealed partial class MediaServersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_class_moves_to_another_server_when_its_own_dies_and_new_ones_avoid_a_draining_server()
    {
        await using var world = await ClassroomWorld.Create("media-servers", mediaServers: 2);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await claire.Hears(1);
            await lina.Hears(1);

            var first = await ServerOf(world, lesson);
            world.KillMedia(Index(first));
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(claire.Hears(1), lina.Hears(1));
            output.WriteLine(
                $"after SIGKILL of {first}, which stays down: both hear and see one another "
                    + $"on the other server after {watch.Elapsed.TotalSeconds:0.0} s"
            );
            var second = await ServerOf(world, lesson);
            second.ShouldNotBe(first);

            // The dead one comes back and takes classes again; the other is to be maintained.
            await world.StartMedia(Index(first));
            await Eventually.Is(
                () => Servers(world),
                s =>
                    s.EnumerateArray()
                        .All(x => !x.TryGetProperty("unreachableSince", out var since) || since.ValueKind == JsonValueKind.Null),
                TimeSpan.FromSeconds(20),
                "the server that was dead is known to be back"
            );
            (
                await world.Ask(HttpMethod.Post, $"/api/classroom/media-servers/{second}/drain", "coordinator", "c@example.org")
            ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (
                await world.Ask(HttpMethod.Post, $"/api/classroom/media-servers/{second}/drain", "admin", "a@example.org")
            ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            for (var i = 0; i < 3; i++)
            {
                var next = await world.Publish(-1, 120, "Noah");
                (await Placed(world, next)).ShouldBe(first);
            }
            // What runs on it ends there, undisturbed.
            (await ServerOf(world, lesson)).ShouldBe(second);
            await claire.Hears(1);
        }
        catch
        {
            foreach (var one in new[] { claire, lina })
                await one.Explain(world, output);
            throw;
        }
    }

    /// <summary>Worse than one that died: connections to it stand, and nothing comes through them.</summary>
    [Fact(Explicit = true)]
    public async Task a_class_leaves_a_server_that_hangs()
    {
        await using var world = await ClassroomWorld.Create("media-hangs", mediaServers: 2);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await claire.SeesText("#people", "Lina");
        await claire.Click("#begin");
        await Task.WhenAll(claire.Hears(1), lina.Hears(1));
        var first = await ServerOf(world, lesson);
        await world.HangMedia(Index(first));
        var watch = Stopwatch.StartNew();
        await Eventually.Is(() => ServerOf(world, lesson), server => server != first);
        await Task.WhenAll(claire.Hears(1), lina.Hears(1));
        output.WriteLine($"after SIGSTOP of {first}: both hear one another on the other server after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task a_class_is_heard_through_the_relay_alone()
    {
        await using var world = await ClassroomWorld.Create("relay", relay: true);
        await using var browser = await ClassBrowser.Start();
        var pairs = await PathsThroughTheRelay(world, browser);
        pairs.Length.ShouldBeGreaterThanOrEqualTo(2);
        pairs.ShouldAllBe(p => p.StartsWith("relay/", StringComparison.Ordinal));
    }

    /// <summary>A network that lets nothing but the web through sees nothing else: TLS, to a port of its own.</summary>
    [Fact]
    public async Task a_class_is_heard_where_only_tls_gets_through()
    {
        using var seal = await Seal.Create();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(seal.FolderOf("media"), "tls.crt"));
        var key = SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        await using var world = await ClassroomWorld.Create("relay-tls", relay: true, relayByTls: seal);
        await using var browser = await ClassBrowser.Start(believes: Convert.ToBase64String(key));
        var pairs = await PathsThroughTheRelay(world, browser);
        pairs.Length.ShouldBeGreaterThanOrEqualTo(2);
        pairs.ShouldAllBe(p => p == "relay/tls");
    }

    /// <summary>Of a pupil whose network lets nothing else through: kind and protocol of each path that is in use.</summary>
    private async Task<string[]> PathsThroughTheRelay(ClassroomWorld world, ClassBrowser browser)
    {
        var lesson = await world.Publish(-1, 120, "Lina");
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", relayOnly: true);
        await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
        await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
        await claire.SeesText("#people", "Lina");
        await claire.Click("#begin");
        await claire.Hears(1);
        await lina.Hears(1);
        var pairs = await lina.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const found = [];
              for (const c of connections.filter(c => c.connectionState === 'connected')) {
                const all = await c.getStats();
                for (const s of all.values()) {
                  if (s.type !== 'candidate-pair' || !s.nominated || s.bytesSent === 0) continue;
                  const local = all.get(s.localCandidateId);
                  found.push(local.candidateType + '/' + local.relayProtocol);
                }
              }
              return found;
            }
            """
        );
        output.WriteLine("Lina's paths: " + string.Join(", ", pairs));
        await IsWellSealed(claire);
        await IsWellSealed(lina);
        return pairs;
    }

    /// <summary>What the browser and the media server agreed upon: DTLS 1.2 with one of our suites, and an authenticated SRTP.</summary>
    private async Task IsWellSealed(ClassPage one)
    {
        var seals = await one.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const found = [];
              for (const c of connections.filter(c => c.connectionState === 'connected'))
                for (const s of (await c.getStats()).values())
                  if (s.type === 'transport') found.push([s.tlsVersion, s.dtlsCipher, s.srtpCipher].join(' '));
              return found;
            }
            """
        );
        output.WriteLine("Seals: " + string.Join(", ", seals.Distinct()));
        seals.ShouldNotBeEmpty();
        foreach (var seal in seals)
            seal.ShouldMatch(
                "^FEFD TLS_ECDHE_ECDSA_WITH_(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384) "
                    + "SRTP_(AES128_CM_HMAC_SHA1_80|AEAD_AES_(128|256)_GCM)$"
            );
    }

    /// <summary>Set, and not left to what the library thinks good this year.</summary>
    [Fact]
    public async Task the_media_server_is_told_which_suites_are_good()
    {
        var set = await File.ReadAllTextAsync(Path.Combine(Testing.Servers.Checkout, "infra", "lib", "janus.sh"));
        var ciphers = Ciphers().Match(set).Groups["list"].Value.Split(':');
        ciphers.Length.ShouldBe(3);
        ciphers.ShouldAllBe(c => c.StartsWith("ECDHE-ECDSA-") && (c.Contains("GCM") || c.Contains("POLY1305")));
        set.ShouldContain("dtls_ciphers = \"$DTLS_CIPHERS\"");
    }

    [GeneratedRegex("^DTLS_CIPHERS=(?<list>\\S+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Ciphers();

    private static int Index(string server) => server[^1] - '1';

    private static async Task<JsonElement> Servers(ClassroomWorld world)
    {
        using var answer = await world.Ask(HttpMethod.Get, "/api/classroom/media-servers", "coordinator", "c@example.org");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
    }

    private static async Task<string> ServerOf(ClassroomWorld world, Lesson lesson)
    {
        using var answer = await world.Ask(
            HttpMethod.Get,
            $"/api/classroom/live?campaign={lesson.CampaignId}",
            "coordinator",
            "c@example.org"
        );
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0].GetProperty("mediaServer").GetString()!;
    }

    /// <summary>Where a class is placed as soon as somebody takes part in it.</summary>
    private static async Task<string> Placed(ClassroomWorld world, Lesson lesson)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var teacher = await SignallingClient.Enter(
            http,
            world.Address,
            lesson.ModuleId,
            await world.Link(lesson, "teacher", lesson.Teacher)
        );
        await teacher.Welcome;
        return await Eventually.Is(
            async () =>
            {
                using var answer = await world.Ask(
                    HttpMethod.Get,
                    $"/api/classroom/live?campaign={lesson.CampaignId}",
                    "coordinator",
                    "c@example.org"
                );
                var item = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0];
                return item.TryGetProperty("mediaServer", out var server) ? server.GetString() ?? "" : "";
            },
            server => server.Length > 0
        );
    }
}
