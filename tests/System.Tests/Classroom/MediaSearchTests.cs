using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Media servers come and go, and nobody tells the service but the name under which it looks for them.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class MediaSearchTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task a_new_server_takes_classes_and_those_of_one_that_goes_begin_again_elsewhere()
    {
        await using var world = await ClassroomWorld.Create("media-search", mediaServers: 2, copies: 2, found: true);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina");
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent, copy: 1));
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await Task.WhenAll(claire.Hears(1), lina.Hears(1));
            (await ServerOf(world, lesson)).ShouldBe("media-1");
            // Each is told the address that is translated to the server's own, and that one as well.
            var told = await lina.Page.EvaluateAsync<string>("() => connections.map(c => c.remoteDescription?.sdp).join()");
            told.ShouldContain(ClassroomWorld.PublicAddress);

            var watch = Stopwatch.StartNew();
            await world.NameMedia(0, 1);
            await Eventually.Is(() => Names(world), names => names.SequenceEqual(["media-1", "media-2"]));
            output.WriteLine($"a second server is known {watch.Elapsed.TotalSeconds:0.0} s after it is named");
            // The first one has a class already.
            var next = await world.Publish(-1, 120, "Noah");
            await using (var other = await ClassBrowser.Start())
            {
                var noah = await other.Person("Noah");
                await noah.Open(await world.Link(next, "family", next.Pupils[0].Parent));
                await Eventually.Is(() => ServerOf(world, next), server => server == "media-2");
            }

            // It still answers; but it is to be taken away.
            watch.Restart();
            await world.NameMedia(1);
            await Eventually.Is(() => ServerOf(world, lesson), server => server == "media-2");
            await Task.WhenAll(claire.Hears(1), lina.Hears(1));
            output.WriteLine(
                $"both hear one another on the other server {watch.Elapsed.TotalSeconds:0.0} s after their own is named no more"
            );
            (await Names(world)).ShouldBe(["media-2"]);

            await world.NameMedia(0, 1);
            await Eventually.Is(() => Names(world), names => names.Length == 2);
            // And now nobody says anything, neither the resolver nor the server.
            world.Names.Silence();
            world.KillMedia(1);
            watch.Restart();
            await Eventually.Is(() => ServerOf(world, lesson), server => server == "media-1");
            await Task.WhenAll(claire.Hears(1), lina.Hears(1));
            output.WriteLine($"after SIGKILL of the server, with a silent resolver: {watch.Elapsed.TotalSeconds:0.0} s");
        }
        catch
        {
            foreach (var one in new[] { claire, lina })
                await one.Explain(world, output);
            throw;
        }
    }

    private static async Task<string[]> Names(ClassroomWorld world)
    {
        using var answer = await world.Ask(HttpMethod.Get, "/api/classroom/media-servers", "coordinator", "c@example.org");
        var items = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        return [.. items.EnumerateArray().Select(s => s.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
    }

    private static async Task<string> ServerOf(ClassroomWorld world, Lesson lesson)
    {
        using var answer = await world.Ask(
            HttpMethod.Get,
            $"/api/classroom/live?campaign={lesson.CampaignId}",
            "coordinator",
            "c@example.org"
        );
        var item = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0];
        return item.TryGetProperty("mediaServer", out var server) ? server.GetString() ?? "" : "";
    }
}
