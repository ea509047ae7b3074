using System.Collections.Concurrent;
using System.Text.Json;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>Six who draw at once, through two copies: what a point takes from one hand to the others' screens.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class SixDrawTests(ITestOutputHelper output)
{
    /// <summary>As the page sends a line while it is drawn.</summary>
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(62);

    private const int Points = 480;

    private readonly ConcurrentDictionary<(Guid Stroke, int From), long> sent = [];
    private readonly ConcurrentQueue<TimeSpan> took = [];

    [Fact(Explicit = true)]
    public async Task six_who_draw_at_once_see_each_other_draw()
    {
        await using var world = await ClassroomWorld.Create("six-draw", copies: 2);
        var lesson = await world.Publish(-1, 120, "Lina", "Noah", "Ines", "Zoe", "Tom");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        var people = new List<SignallingClient>();
        foreach (var (role, email) in lesson.Pupils.Select(p => ("family", p.Parent)).Prepend(("teacher", lesson.Teacher)))
        {
            var copy = people.Count % 2;
            var link = await world.Link(lesson, role, email, copy);
            people.Add(await SignallingClient.Enter(http, world.Copies[copy].Address, lesson.ModuleId, link, Hear));
            await people[^1].Welcome.WaitAsync(TimeSpan.FromSeconds(20));
        }
        (await people[0].Call("Begin")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        await Task.WhenAll(people.Select(p => p.Admitted.WaitAsync(TimeSpan.FromSeconds(20))));

        await Task.WhenAll(people.Select(Draw));
        var all = Points * people.Count * (people.Count - 1);
        await Eventually.Is(() => Task.FromResult(took.Count), seen => seen == all, TimeSpan.FromSeconds(60));
        var times = took.Select(t => t.TotalMilliseconds).Order().ToArray();
        output.WriteLine(
            $"{all} points seen by others: median {times[all / 2]:0.0} ms, 95th percentile {times[all * 95 / 100]:0.0} ms, "
                + $"99th {times[all * 99 / 100]:0.0} ms, longest {times[^1]:0} ms; load {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
        foreach (var one in people)
            one.Dispose();
    }

    private async Task Draw(SignallingClient who)
    {
        var stroke = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Steadily.Do(
            Points,
            Rhythm,
            async i =>
            {
                sent[(stroke, i)] = TimeProvider.System.GetTimestamp();
                var answer = await who.Call("Ink", "page/1", stroke, i, new[] { i % 1000, i * 7 % 1000, 50 }, "#102030", 4);
                answer.GetProperty("ok").GetBoolean().ShouldBeTrue();
            }
        );
    }

    private void Hear(SignallingClient who, string kind, JsonElement content)
    {
        if (kind != "ink" || content.GetProperty("participantId").GetGuid() == who.ParticipantId)
            return;
        var at = sent[(content.GetProperty("stroke").GetGuid(), content.GetProperty("from").GetInt32())];
        took.Enqueue(TimeProvider.System.GetElapsedTime(at));
    }
}
