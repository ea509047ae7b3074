using System.Diagnostics;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A telephone at the edge of the cell: sound goes on, pictures give way by themselves, and come back.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class WeakNetworkTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task sound_stays_when_the_network_weakens_and_pictures_come_back_with_it()
    {
        if (!File.Exists("/usr/bin/cc"))
            Assert.Skip("The weak network is a few lines of C in front of the media server: no compiler here.");
        await using var world = await ClassroomWorld.Create("weak-network", weakNetwork: true);
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var browser = await ClassBrowser.Start();
        var claire = await browser.Person("Claire");
        var lina = await browser.Person("Lina", phone: true);
        try
        {
            await claire.Open(await world.Link(lesson, "teacher", lesson.Teacher));
            await lina.Open(await world.Link(lesson, "family", lesson.Pupils[0].Parent));
            await claire.SeesText("#people", "Lina");
            await claire.Click("#begin");
            await claire.Hears(1);
            await lina.Hears(1);

            world.Shape(150_000, 5);
            var watch = Stopwatch.StartNew();
            await Mode(lina, "audio", 60);
            output.WriteLine($"150 kbit/s and 5 % loss: sound alone after {watch.Elapsed.TotalSeconds:0} s");
            await lina.Screenshot(world, "1-sound-alone-phone");
            await SoundGoesOn(lina, claire);

            world.Shape(0, 0);
            watch.Restart();
            await Mode(lina, "good", 120);
            await lina.Hears(1);
            output.WriteLine($"recovered: pictures again after {watch.Elapsed.TotalSeconds:0} s");
        }
        catch
        {
            foreach (var one in new[] { claire, lina })
            {
                output.WriteLine($"{one.Name}: {await one.Page.EvaluateAsync<string>("() => JSON.stringify(classroom.media.last ?? {})")}");
                await one.Explain(world, output);
            }
            throw;
        }
    }

    private static Task Mode(ClassPage page, string mode, int seconds) =>
        Eventually.Is(
            () => page.Page.EvaluateAsync<string>("() => classroom.media.mode"),
            m => m == mode,
            TimeSpan.FromSeconds(seconds),
            $"{page.Name}'s mode is {mode}"
        );

    /// <summary>Twenty seconds of sound: packets in every one of them, and little of it made up by the decoder.</summary>
    private async Task SoundGoesOn(params ClassPage[] pages)
    {
        var first = await Task.WhenAll(pages.Select(Sound));
        var before = first;
        await Steadily.Do(
            10,
            TimeSpan.FromSeconds(2),
            async _ =>
            {
                var now = await Task.WhenAll(pages.Select(Sound));
                for (var p = 0; p < pages.Length; p++)
                    now[p].Packets.ShouldBeGreaterThan(before[p].Packets + 40, $"{pages[p].Name} hears");
                before = now;
            }
        );
        for (var p = 0; p < pages.Length; p++)
        {
            var concealed = (before[p].Concealed - first[p].Concealed) / (before[p].Samples - first[p].Samples);
            output.WriteLine(
                $"{pages[p].Name}: {before[p].Packets - first[p].Packets:0} packets of sound in 20 s, "
                    + $"{before[p].Lost - first[p].Lost:0} lost, {concealed:P1} concealed"
            );
            concealed.ShouldBeLessThan(0.25);
        }
    }

    private static async Task<ReceivedStatistics> Sound(ClassPage page) => (await page.Received()).First(s => s.Kind == "audio");
}
