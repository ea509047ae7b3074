using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>What somebody in class can do who speaks to the service otherwise than its page does.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class HostileClientTests(ITestOutputHelper output)
{
    private const string Ours = "v=0\nm=audio 9 UDP 111\na=mid:0\nm=video 9 UDP 96\na=mid:1\n";

    /// <summary>What pupils do; all else that can be called is the teacher's.</summary>
    private static readonly HashSet<string> Pupils = new(StringComparer.Ordinal)
    {
        "Answer",
        "AnswerRecording",
        "Beat",
        "Candidate",
        "Draw",
        "Erase",
        "Ink",
        "MoveMark",
        "PointInGroupNotes",
        "PointInNotes",
        "Publish",
        "RaiseHand",
        "React",
        "ReadGroupNotes",
        "ReadNotes",
        "ReadSheet",
        "Rejoin",
        "Report",
        "Say",
        "SayAgain",
        "SetFlags",
        "ShowSlate",
        "Vote",
        "Watch",
        "WriteGroupNotes",
        "WriteNotes",
    };

    [Fact]
    public async Task a_pupil_is_refused_everything_else_floods_alone_and_sends_no_third_line()
    {
        await using var scene = await Scene.Play("hostile");
        foreach (var method in Calls().Where(m => !Pupils.Contains(m.Name)))
        {
            var answer = await scene.Lina.Call(method.Name, [.. method.GetParameters().Select(p => Value(p.ParameterType, scene.Claire))]);
            answer.GetProperty("ok").GetBoolean().ShouldBeFalse(method.Name);
            answer.GetProperty("code").GetString().ShouldBe("teacher-only", method.Name);
        }
        await WhatIsForOneAlone(scene);
        await MoreLinesThanOurs(scene);
        await Floods(scene);
    }

    [Fact(Explicit = true)]
    public async Task who_reads_nothing_any_more_is_dropped_and_nobody_waits()
    {
        await using var scene = await Scene.Play("reads-nothing");
        scene.Ines.Hangs = true;
        var (clicks, words) = (new List<TimeSpan>(), 0);
        var watch = Stopwatch.StartNew();
        var place = new string('x', 480);
        // Four who say where they are in the notes as fast as they may, and draw as much as fits.
        while (await scene.IsThere(scene.Ines) && watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            _ = scene.Ines.Call("Beat", "good");
            SignallingClient[] others = [scene.Claire, scene.Lina, scene.Noah];
            await Task.WhenAll(
                others.SelectMany(o =>
                    Enumerable
                        .Range(0, 20)
                        .Select(_ => o.Call("PointInNotes", place))
                        .Append(o.Draw("page/1", Id(), Enumerable.Repeat(500, 3000).ToArray()))
                )
            );
            words += 61;
            if (words % 6100 == 0)
                await scene.Claire.Call("Wipe", "page/1");
            var click = Stopwatch.StartNew();
            await scene.Noah.Call("RaiseHand", words % 2 == 0);
            clicks.Add(click.Elapsed);
        }
        output.WriteLine(
            $"dropped after {watch.Elapsed.TotalSeconds:0} s and some {words} words; the others’ clicks meanwhile: "
                + $"{Times(clicks)}; load of the machine {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
        (await scene.IsThere(scene.Ines)).ShouldBeFalse();
    }

    /// <summary>No pupil writes to another; what is for one is read by two, also by who comes back through another copy.</summary>
    private static async Task WhatIsForOneAlone(Scene scene)
    {
        var refused = await scene.Lina.Call("Say", "psst", scene.Noah.ParticipantId);
        refused.GetProperty("code").GetString().ShouldBe("teacher-only");
        (await scene.Claire.Call("Say", "pour toi", scene.Noah.ParticipantId)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await scene.Noah.Call("Say", "merci", "teacher")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await scene.Claire.Call("Say", "à tous", "all")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        // What is told in order is not told to them: the line after it has come.
        foreach (var other in new[] { scene.Lina, scene.Ines })
            (await Eventually.Is(() => Task.FromResult(Texts(other.Heard("chat"))), t => t.Contains("à tous"))).ShouldBe(["à tous"]);
        Texts(scene.Noah.Heard("chat")).ShouldBe(["pour toi", "merci", "à tous"]);
        foreach (var (who, read) in new[] { (0, new[] { "à tous" }), (1, ["pour toi", "merci", "à tous"]) })
        {
            using var again = await scene.Return(who);
            Texts((await again.Welcome).GetProperty("chat").EnumerateArray()).ShouldBe(read);
        }
        (scene.Lina, scene.Noah) = (await scene.Return(0), await scene.Return(1));

        static string[] Texts(IEnumerable<JsonElement> lines) => [.. lines.Select(l => l.GetProperty("text").GetString()!)];
    }

    private static async Task MoreLinesThanOurs(Scene scene)
    {
        await scene.Lina.MediaReady.WaitAsync(TimeSpan.FromSeconds(20));
        var epoch = scene.Lina.Heard("media")[^1].GetProperty("epoch").GetInt32();
        foreach (
            var more in new[]
            {
                Ours + "m=audio 9 UDP 111\na=mid:2\n",
                Ours + "m=video 9 UDP 96\na=mid:1\n",
                Ours.Replace("mid:0", "mid:7", StringComparison.Ordinal),
            }
        )
            (await scene.Lina.Call("Publish", epoch, more)).GetProperty("code").GetString().ShouldBe("not-valid");
        scene.Media.Sends(scene.Lina.ParticipantId).ShouldBe(0);
        // What is not allowed is not handed on, though it is sent by the lines that are ours.
        await scene.Claire.Call("SetPermissions", Permissions(microphone: false));
        (await scene.Lina.Call("Publish", epoch, Ours)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        await Eventually.Is(
            () => Task.FromResult(scene.Media.Given().Where(g => g.Speaker == scene.Lina.ParticipantId).ToList()),
            given => given.Count > 0 && given.TrueForAll(g => g is { Sound: false, Picture: true })
        );
    }

    private async Task Floods(Scene scene)
    {
        await scene.Claire.Call("SetPermissions", Permissions(microphone: true));
        var flood = Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .SelectMany(i =>
                    new[]
                    {
                        scene.Lina.Call("RaiseHand", i % 2 == 0),
                        scene.Lina.Draw("page/1", Id(), 1, 1, 50, 2, 2, 50),
                        scene.Lina.Call("Say", "encore", "all"),
                        scene.Lina.Call("SetFlags", i % 2 == 0, false, false),
                    }
                )
        );
        var clicks = new List<TimeSpan>();
        for (var i = 0; i < 40; i++)
        {
            var watch = Stopwatch.StartNew();
            var clicked = await (i % 2 == 0 ? scene.Noah.Call("RaiseHand", i % 4 == 0) : scene.Claire.Call("SetTimer", 60 + i));
            clicked.GetProperty("ok").GetBoolean().ShouldBeTrue(clicked.ToString());
            clicks.Add(watch.Elapsed);
        }
        var answers = await flood;
        var held = answers.Count(a => !a.GetProperty("ok").GetBoolean());
        answers.Where(a => !a.GetProperty("ok").GetBoolean()).ShouldAllBe(a => a.GetProperty("code").GetString() == "too-fast");
        held.ShouldBeGreaterThan(answers.Length / 2);
        output.WriteLine(
            $"{answers.Length} calls of one seat at once, {held} held back; others’ clicks meanwhile: {Times(clicks)}; "
                + $"load of the machine {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
    }

    private static string Times(List<TimeSpan> times)
    {
        var all = times.Select(t => t.TotalMilliseconds).Order().ToList();
        return $"median {all[all.Count / 2]:0} ms, longest {all[^1]:0} ms of {all.Count}";
    }

    private static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static object Permissions(bool microphone) =>
        new
        {
            chat = true,
            microphone,
            camera = true,
            board = true,
            notes = true,
        };

    /// <summary>All that the hub lets anybody call, as it is built.</summary>
    private static IEnumerable<MethodInfo> Calls()
    {
#if DEBUG
        const string Configuration = "Debug";
#else
        const string Configuration = "Release";
#endif
        var folder = Path.Combine(Servers.Checkout, "services", "Classroom", "bin", Configuration, "net10.0");
        return Assembly
            .LoadFrom(Path.Combine(folder, "Stages.Classrooms.dll"))
            .GetType("Stages.Classrooms.Live.RoomHub", throwOnError: true)!
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition().DeclaringType == m.DeclaringType);
    }

    private static object? Value(Type type, SignallingClient claire) =>
        type == typeof(Guid) ? claire.ParticipantId
        : Nullable.GetUnderlyingType(type) is not null ? null
        : type == typeof(string) ? "audio"
        : type == typeof(int) || type == typeof(long) ? 1
        : type == typeof(bool) ? false
        : type == typeof(byte[]) ? "AAA="
        : type == typeof(string[]) ? new[] { "a", "b" }
        : type.Name == "Permissions" ? Permissions(microphone: true)
        : throw new NotSupportedException(type.FullName);

    /// <summary>A class that has begun, over two copies; what the media server is told is seen.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false });
        private ClassroomWorld world = null!;
        private Lesson lesson = null!;

        public Steps.MediaEmulator Media { get; } = new();

        public SignallingClient Claire { get; private set; } = null!;

        public SignallingClient Lina { get; set; } = null!;

        public SignallingClient Noah { get; set; } = null!;

        public SignallingClient Ines { get; private set; } = null!;

        public static async Task<Scene> Play(string name)
        {
            var scene = new Scene();
            scene.world = await ClassroomWorld.Create(name, mediaServers: 0, copies: 2, extra: scene.Media.Settings);
            scene.lesson = await scene.world.Publish(-1, 120, "Lina", "Noah", "Ines", "Zoe");
            scene.Claire = await scene.Enter("teacher", scene.lesson.Teacher, 0);
            (await scene.Claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            scene.Lina = await scene.Enter("family", scene.lesson.Pupils[0].Parent, 1);
            scene.Noah = await scene.Enter("family", scene.lesson.Pupils[1].Parent, 0);
            scene.Ines = await scene.Enter("family", scene.lesson.Pupils[2].Parent, 1);
            foreach (var pupil in new[] { scene.Lina, scene.Noah, scene.Ines })
                await pupil.Admitted.WaitAsync(TimeSpan.FromSeconds(20));
            foreach (var listener in new[] { scene.Claire, scene.Noah })
                _ = scene.Receive(listener);
            return scene;
        }

        /// <summary>A pupil comes again, with a new link and through the other copy.</summary>
        public Task<SignallingClient> Return(int pupil) => Enter("family", lesson.Pupils[pupil].Parent, pupil);

        /// <summary>Whether the others see them there.</summary>
        public Task<bool> IsThere(SignallingClient who)
        {
            var people = Claire.Heard("roster")[^1].GetProperty("people").EnumerateArray();
            return Task.FromResult(people.Any(p => p.GetProperty("id").GetGuid() == who.ParticipantId));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in new[] { Claire, Lina, Noah, Ines })
                client?.Dispose();
            http.Dispose();
            await world.DisposeAsync();
            Media.Dispose();
        }

        /// <summary>Answers what it is offered, as a page does.</summary>
        private async Task Receive(SignallingClient listener)
        {
            await listener.MediaReady;
            await listener.Call("Publish", listener.Heard("media")[^1].GetProperty("epoch").GetInt32(), Ours);
        }

        private async Task<SignallingClient> Enter(string role, string email, int copy)
        {
            var client = await SignallingClient.Enter(
                http,
                world.Copies[copy].Address,
                lesson.ModuleId,
                await world.Link(lesson, role, email, copy),
                (who, kind, content) =>
                {
                    if (kind == "offer")
                        _ = who.Call("Answer", content.GetProperty("epoch").GetInt32(), "v=0");
                }
            );
            await client.Welcome.WaitAsync(TimeSpan.FromSeconds(20));
            return client;
        }
    }
}
