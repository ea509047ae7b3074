using System.Diagnostics;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom;

/// <summary>The minute in which everybody comes.</summary>
[Collection(ClassroomCollection.Name)]
public sealed class ClassroomLoadTests(ITestOutputHelper output)
{
    private const int Rooms = 150;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>
    /// 150 teachers and 850 pupils: link, seat, signalling, a place at the media server; nothing is left out but the sound
    /// itself.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task a_thousand_participants_join_150_rooms_within_a_minute()
    {
        await using var world = await ClassroomWorld.Create("load");
        var lessons = new List<Lesson>();
        foreach (var room in Enumerable.Range(0, Rooms).Chunk(10))
            lessons.AddRange(
                await Task.WhenAll(
                    room.Select(i => world.Publish(-1, 120, [.. Enumerable.Range(0, i % 3 == 0 ? 5 : 6).Select(p => $"Pupil{p}")]))
                )
            );
        var people = lessons
            .SelectMany(l =>
                l.Pupils.Select(p => (Lesson: l, Role: "family", Email: p.Parent)).Prepend((Lesson: l, Role: "teacher", Email: l.Teacher))
            )
            .ToArray();
        new Random(150).Shuffle(people);

        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 200 });
        using var service = Process.GetProcessById(world.Copies[0].Id);
        var (cpuBefore, memoryBefore) = (service.TotalProcessorTime, service.WorkingSet64);
        var joins = new List<Task<(TimeSpan Time, SignallingClient Client)>>();
        var watch = Stopwatch.StartNew();
        await Steadily.Do(
            people.Length,
            Window / people.Length,
            i =>
            {
                joins.Add(Task.Run(() => Join(world, http, people[i].Lesson, people[i].Role, people[i].Email)));
                return Task.CompletedTask;
            }
        );
        var all = await Task.WhenAll(joins);
        var took = watch.Elapsed;
        service.Refresh();
        var cpu = service.TotalProcessorTime - cpuBefore;
        var times = all.Select(a => a.Time.TotalSeconds).Order().ToList();
        output.WriteLine(
            $"{all.Length} participants in {lessons.Count} rooms joined within {took.TotalSeconds:0.0} s; "
                + $"load of the machine {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
        output.WriteLine(
            $"join: median {times[times.Count / 2]:0.000} s, 95th percentile {times[times.Count * 95 / 100]:0.000} s, "
                + $"99th {times[times.Count * 99 / 100]:0.000} s, longest {times[^1]:0.000} s"
        );
        output.WriteLine(
            $"the service for each participant: {cpu.TotalMilliseconds / all.Length:0.0} ms of processor time for the join, "
                + $"{(service.WorkingSet64 - memoryBefore) / 1024.0 / all.Length:0} KiB of memory"
        );
        foreach (var lesson in lessons.Take(5))
            (await world.Attendance(lesson))
                .GetProperty("pupils")
                .EnumerateArray()
                .ShouldAllBe(p => p.GetProperty("presentNow").GetBoolean());
        foreach (var (_, client) in all)
            client.Dispose();
    }

    private static async Task<(TimeSpan Time, SignallingClient Client)> Join(
        ClassroomWorld world,
        HttpClient http,
        Lesson lesson,
        string role,
        string email
    )
    {
        var watch = Stopwatch.StartNew();
        var client = await SignallingClient.Enter(http, world.Address, lesson.ModuleId, await world.Link(lesson, role, email));
        await client.Welcome.WaitAsync(TimeSpan.FromSeconds(60));
        var time = watch.Elapsed;
        if (role == "teacher")
            await client.Call("Begin");
        await client.Admitted.WaitAsync(TimeSpan.FromSeconds(120));
        return (time, client);
    }
}
