using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>Sound where it is played: what comes out of each person's loudspeaker, in Chromium and in Firefox.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ReallyHeardTests(ITestOutputHelper output)
{
    private static readonly string[] Cameras =
    [
        Pretended.Off,
        Pretended.On,
        Pretended.Refused,
        Pretended.Late,
        Pretended.None,
        Pretended.Busy,
    ];

    private static readonly string[] Microphones = [Pretended.On, Pretended.Late, Pretended.Refused, Pretended.None, Pretended.Busy];

    private readonly List<string> wrong = [];
    private string? table;

    [Fact]
    public async Task without_a_camera_a_pupil_in_firefox_and_a_teacher_in_chromium_hear_each_other()
    {
        SkipWithout();
        await using var world = await ClassroomWorld.Create("really-heard");
        var lesson = await world.Publish(-1, 120, "Lina");
        await using var listening = await ListeningClass.Start(world.Artifacts, ("Claire", "Chromium"), ("Lina", "Firefox"));
        var lina = listening["Lina"];
        await Teach(listening["Claire"], world, lesson);
        await using var tab = await lina.Browser.Newcomer(Pretended.Devices(Pretended.On, Pretended.Off));
        await ListeningClass.Enter(tab, await world.Link(lesson, "family", lesson.Pupils[0].Parent), camera: false, late: false);
        await listening.IsIn(tab);
        Note("first entry", await listening.Listen(lina, tab, speaks: true));
        await tab.Reload();
        await listening.IsIn(tab);
        Note("loaded again", await listening.Listen(lina, tab, speaks: true));
        wrong.ShouldBeEmpty();
    }

    /// <summary>
    /// Every way of coming in, beside a teacher in Chromium and a pupil in Firefox: whoever has a microphone is heard by both of
    /// them, whoever has none is not, and everybody hears both of them.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData("Chromium")]
    [InlineData("Firefox")]
    public async Task everybody_is_heard_whatever_their_devices_answer(string browser)
    {
        SkipWithout();
        await using var world = await ClassroomWorld.Create("really-heard-" + browser);
        var lesson = await world.Publish(-1, 180, "Lina", "Noah");
        table = Path.Combine(world.Artifacts, "heard.txt");
        File.Delete(table);
        await using var listening = await ListeningClass.Start(
            world.Artifacts,
            ("Claire", "Chromium"),
            ("Noah", "Firefox"),
            ("Lina", browser)
        );
        await Teach(listening["Claire"], world, lesson);
        var noah = await listening["Noah"].Browser.Newcomer(Pretended.Devices(Pretended.On, Pretended.Off));
        await ListeningClass.Enter(noah, await world.Link(lesson, "family", lesson.Pupils[1].Parent), camera: false, late: false);
        await listening.IsIn(noah);
        foreach (var camera in Cameras)
        foreach (var microphone in Microphones)
            try
            {
                await Ways(world, lesson, listening, browser, camera, microphone);
            }
            catch (Exception e) when (e is TimeoutException or InvalidOperationException or Microsoft.Playwright.PlaywrightException)
            {
                wrong.Add($"{browser}, camera {camera}, microphone {microphone}: {e.Message}");
                output.WriteLine(wrong[^1]);
            }
        wrong.ShouldBeEmpty();
    }

    private async Task Ways(ClassroomWorld world, Lesson lesson, ListeningClass listening, string browser, string camera, string microphone)
    {
        var lina = listening["Lina"];
        var speaks = microphone is Pretended.On or Pretended.Late;
        var late = Pretended.Late == camera || Pretended.Late == microphone;
        await using var tab = await lina.Browser.Newcomer(Pretended.Devices(microphone, camera));
        var state = $"{browser, -8}  camera {camera, -10}  microphone {microphone, -10}";
        await In(tab);
        Note($"{state}  first entry  ", await listening.Listen(lina, tab, speaks));
        if (PageChecks.Pictures)
            await tab.Picture(Path.Combine(world.Artifacts, $"{camera}-{microphone}.png".Replace(' ', '-')));

        await tab.Reload();
        await listening.IsIn(tab);
        await Answer(tab);
        Note($"{state}  loaded again ", await listening.Listen(lina, tab, speaks));

        var second = await tab.Another();
        await In(second);
        Note($"{state}  second tab   ", await listening.Listen(lina, second, speaks));

        await second.Run<bool>("() => { window.cutAt = sockets.length; for (const s of sockets) s.close(); return true; }");
        await Eventually.True(() => second.Run<bool>("() => sockets.length > cutAt && sockets.at(-1).readyState === 1"));
        await Eventually.True(() => second.Run<bool>("() => classroom.media.received.length > 0"));
        Note($"{state}  after a cut  ", await listening.Listen(lina, second, speaks));

        async Task In(IBrowserTab one)
        {
            var link = await world.Link(lesson, "family", lesson.Pupils[0].Parent);
            await ListeningClass.Enter(one, link, camera is Pretended.On or Pretended.Late, late);
            await listening.IsIn(one);
            await Answer(one);
        }

        Task Answer(IBrowserTab one) => late ? one.Run<bool>("() => { window.answer(); return true; }") : Task.CompletedTask;
    }

    private static async Task Teach(Listener claire, ClassroomWorld world, Lesson lesson)
    {
        var tab = await claire.Browser.Newcomer(Pretended.Devices(Pretended.On, Pretended.Off));
        await ListeningClass.Enter(tab, await world.Link(lesson, "teacher", lesson.Teacher), camera: false, late: false);
        await Eventually.True(() => tab.Sees("#begin"));
        await tab.Click("#begin");
    }

    private void Note(string state, Heard heard)
    {
        output.WriteLine($"{state}: {heard}");
        // Beside the pictures, to be read while it grows: the whole table takes half an hour.
        if (table is not null)
            File.AppendAllText(table, $"{state}: {heard}\n");
        if (!heard.IsRight)
            wrong.Add($"{state.TrimEnd()}: {heard}");
    }

    private static void SkipWithout()
    {
        if (!SoundServer.IsThere)
            Assert.Skip("No sound server here (pulseaudio): nobody could listen.");
        if (!FirefoxBrowser.IsThere)
            Assert.Skip("No Firefox here.");
    }
}
