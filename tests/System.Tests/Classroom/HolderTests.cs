using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>A class is held by one copy of the service: what its people notice when that one dies, or is replaced.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class HolderTests(ITestOutputHelper output)
{
    private const int Strokes = 60;

    [Fact]
    public async Task who_is_connected_elsewhere_goes_on_within_seconds_when_the_holder_dies()
    {
        await using var scene = await Scene.Play("holder-dies");
        await scene.Draw(Strokes);
        (await scene.Lina.Call("RaiseHand", true)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        // All that anybody saw is there for who comes later, though the last second of it was written nowhere.
        await Eventually.Is(() => Task.FromResult(scene.Claire.Heard("stroke").Count), count => count == Strokes);
        await scene.World.Copies[0].Kill();
        var watch = Stopwatch.StartNew();
        (await scene.Claire.Call("SetTimer", 300)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        var answered = watch.Elapsed;
        await Eventually.Is(
            () => scene.IsThere(scene.Lesson.Pupils[1].EnrolmentId),
            there => !there,
            TimeSpan.FromSeconds(20),
            "who was connected through it is gone"
        );
        output.WriteLine(
            $"SIGKILL of the holder: answered again after {answered.TotalSeconds:0.0} s, "
                + $"its people written down as gone after {watch.Elapsed.TotalSeconds:0.0} s"
        );
        var welcome = await scene.Late();
        welcome.GetProperty("strokes").GetArrayLength().ShouldBe(Strokes);
        welcome.GetProperty("desk").GetProperty("hands").GetArrayLength().ShouldBe(1);
        welcome.GetProperty("desk").GetProperty("timerEndsAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task a_copy_that_is_replaced_hands_its_classes_over_and_no_stroke_is_lost()
    {
        await using var scene = await Scene.Play("holder-stops");
        (await scene.Lina.Call("RaiseHand", true)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        var watch = Stopwatch.StartNew();
        var drawing = scene.Draw(Strokes);
        await Eventually.Is(() => Task.FromResult(scene.Claire.Heard("stroke").Count), count => count > 5);
        await scene.World.Copies[0].Stop();
        var stopped = watch.Elapsed;
        var longest = await drawing;
        output.WriteLine($"SIGTERM of the holder: ended after {stopped.TotalSeconds:0.0} s; longest call {longest.TotalMilliseconds:0} ms");
        await Eventually.Is(() => Task.FromResult(scene.Claire.Heard("stroke").Count), count => count == Strokes);
        var welcome = await scene.Late();
        welcome.GetProperty("strokes").GetArrayLength().ShouldBe(Strokes);
        welcome.GetProperty("desk").GetProperty("hands").GetArrayLength().ShouldBe(1);
    }

    /// <summary>Claire and Lina on one copy, Noah on the other, which holds the class.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false });
        private string late = "";

        public required ClassroomWorld World { get; init; }

        public Lesson Lesson { get; private set; } = null!;

        public SignallingClient Claire { get; private set; } = null!;

        public SignallingClient Lina { get; private set; } = null!;

        private SignallingClient noah = null!;

        public static async Task<Scene> Play(string name)
        {
            var scene = new Scene { World = await ClassroomWorld.Create(name, mediaServers: 0, copies: 2) };
            scene.Lesson = await scene.World.Publish(-1, 120, "Lina", "Noah", "Ines");
            var pupils = scene.Lesson.Pupils;
            // Whoever asks for a link is the first to speak of a class, and the copy that is asked holds it.
            scene.noah = await scene.Enter("family", pupils[1].Parent, copy: 0);
            scene.Claire = await scene.Enter("teacher", scene.Lesson.Teacher, copy: 1);
            scene.Lina = await scene.Enter("family", pupils[0].Parent, copy: 1);
            scene.late = await scene.World.Link(scene.Lesson, "family", pupils[2].Parent, copy: 1);
            (await scene.Claire.Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await scene.Lina.Admitted.WaitAsync(TimeSpan.FromSeconds(10));
            return scene;
        }

        /// <summary>One after the other, each of them taken; the longest time that one took.</summary>
        public async Task<TimeSpan> Draw(int strokes)
        {
            var longest = TimeSpan.Zero;
            await Steadily.Do(
                strokes,
                TimeSpan.FromMilliseconds(50),
                async i =>
                {
                    var watch = Stopwatch.StartNew();
                    var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
                    var drawn = await Lina.Draw("page/1", id, i, i, 50, i + 9, i + 9, 50);
                    drawn.GetProperty("ok").GetBoolean().ShouldBeTrue(drawn.ToString());
                    longest = watch.Elapsed > longest ? watch.Elapsed : longest;
                }
            );
            return longest;
        }

        public async Task<bool> IsThere(Guid enrolment)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(World.Copies[1].Address, $"/api/modules/{Lesson.ModuleId}/attendance")
            );
            request.Headers.Authorization = World.Realm.Bearer("teacher", Lesson.Teacher, service: "classroom");
            using var answer = await http.SendAsync(request);
            return JsonDocument
                .Parse(await answer.Content.ReadAsStringAsync())
                .RootElement.GetProperty("pupils")
                .EnumerateArray()
                .First(p => p.GetProperty("enrolmentId").GetGuid() == enrolment)
                .GetProperty("presentNow")
                .GetBoolean();
        }

        /// <summary>What somebody sees who comes now.</summary>
        public async Task<JsonElement> Late()
        {
            using var ines = await SignallingClient.Enter(http, World.Copies[1].Address, Lesson.ModuleId, late);
            return await ines.Welcome.WaitAsync(TimeSpan.FromSeconds(10));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in new[] { Claire, Lina, noah })
                client.Dispose();
            http.Dispose();
            await World.DisposeAsync();
        }

        private async Task<SignallingClient> Enter(string role, string email, int copy)
        {
            var link = await World.Link(Lesson, role, email, copy);
            var client = await SignallingClient.Enter(http, World.Copies[copy].Address, Lesson.ModuleId, link);
            await client.Welcome.WaitAsync(TimeSpan.FromSeconds(20));
            return client;
        }
    }
}
