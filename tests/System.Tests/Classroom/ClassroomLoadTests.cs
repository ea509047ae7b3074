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

    private int again;

    /// <summary>
    /// 150 teachers and 850 pupils over two copies: link, seat, signalling, a place at the media server; nothing is left out but the sound
    /// itself.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData(60)]
    [InlineData(10)]
    public async Task a_thousand_participants_join_150_rooms_within(int seconds)
    {
        await using var world = await ClassroomWorld.Create($"load-{seconds}", copies: 2);
        var lessons = new List<Lesson>();
        foreach (var room in Enumerable.Range(0, Rooms).Chunk(10))
        {
            // Each copy holds half of them.
            world.Through = room[0] / 10 % 2;
            lessons.AddRange(
                await Task.WhenAll(
                    room.Select(i => world.Publish(-1, 120, [.. Enumerable.Range(0, i % 3 == 0 ? 5 : 6).Select(p => $"Pupil{p}")]))
                )
            );
        }
        await Come(world, lessons, TimeSpan.FromSeconds(seconds));
    }

    [Fact(Explicit = true)]
    public async Task thirty_join_one_class_in_one_second_through_two_copies()
    {
        await using var world = await ClassroomWorld.Create("load-thirty", copies: 2);
        for (var i = 0; i < 5; i++)
        {
            var lesson = await world.Publish(-1, 120, [.. Enumerable.Range(0, 29).Select(p => $"Pupil{p}")]);
            await Come(world, [lesson], TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Everybody, in any order and at a steady rate, through either copy; fails when one of them meets an error.</summary>
    private async Task Come(ClassroomWorld world, IReadOnlyList<Lesson> lessons, TimeSpan window)
    {
        var people = lessons
            .SelectMany(l =>
                l.Pupils.Select(p => (Lesson: l, Role: "family", Email: p.Parent)).Prepend((Lesson: l, Role: "teacher", Email: l.Teacher))
            )
            .ToArray();
        new Random(150).Shuffle(people);

        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 200 });
        Process[] copies = [.. world.Copies.Select(c => Process.GetProcessById(c.Id))];
        (TimeSpan Cpu, long Memory) Used()
        {
            foreach (var copy in copies)
                copy.Refresh();
            return (TimeSpan.FromTicks(copies.Sum(c => c.TotalProcessorTime.Ticks)), copies.Sum(c => c.WorkingSet64));
        }
        var before = Used();
        var joins = new List<Task<(TimeSpan Time, SignallingClient Client)>>();
        var watch = Stopwatch.StartNew();
        await Steadily.Do(
            people.Length,
            window / people.Length,
            i =>
            {
                joins.Add(Task.Run(() => Join(world, http, people[i].Lesson, people[i].Role, people[i].Email, i % 2)));
                return Task.CompletedTask;
            }
        );
        var all = await Task.WhenAll(joins);
        var took = watch.Elapsed;
        var after = Used();
        var times = all.Select(a => a.Time.TotalSeconds).Order().ToList();
        output.WriteLine(
            $"{all.Length} participants in {lessons.Count} rooms joined within {took.TotalSeconds:0.0} s, 0 errors, "
                + $"{again} connections anew: "
                + $"median {times[times.Count / 2]:0.000} s, 95th percentile {times[times.Count * 95 / 100]:0.000} s, "
                + $"99th {times[times.Count * 99 / 100]:0.000} s, longest {times[^1]:0.000} s; for each participant "
                + $"{(after.Cpu - before.Cpu).TotalMilliseconds / all.Length:0.0} ms of processor time, "
                + $"{(after.Memory - before.Memory) / 1024.0 / all.Length:0} KiB, of both copies together; "
                + $"load of the machine {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
        foreach (var lesson in lessons)
            (await world.Attendance(lesson))
                .GetProperty("pupils")
                .EnumerateArray()
                .ShouldAllBe(p => p.GetProperty("presentNow").GetBoolean());
        foreach (var (_, client) in all)
            client.Dispose();
        foreach (var copy in copies)
            copy.Dispose();
    }

    private async Task<(TimeSpan Time, SignallingClient Client)> Join(
        ClassroomWorld world,
        HttpClient http,
        Lesson lesson,
        string role,
        string email,
        int copy
    )
    {
        var watch = Stopwatch.StartNew();
        var link = await world.Link(lesson, role, email, copy, through: copy);
        var client = await SignallingClient.Enter(http, world.Copies[copy].Address, lesson.ModuleId, link);
        // A class that many ask at once may close a connection before it has answered: the page comes back.
        while (await Task.WhenAny(client.Welcome, client.Closed) == client.Closed)
        {
            var before = client;
            client = await SignallingClient.Return(world.Copies[copy].Address, lesson.ModuleId, before.ParticipantId, before.Cookie);
            before.Dispose();
            Interlocked.Increment(ref again);
        }
        var time = watch.Elapsed;
        if (role == "teacher")
            await Eventually.Is(() => client.Call("Begin"), answer => answer.GetProperty("ok").GetBoolean(), TimeSpan.FromSeconds(60));
        await Eventually.Is(
            () => Task.FromResult(client),
            c => c.Admitted.IsCompleted || c.Closed.IsCompleted,
            TimeSpan.FromSeconds(300),
            "they are let in"
        );
        if (!client.Admitted.IsCompleted)
            throw new InvalidOperationException($"{role} was cut off after the welcome");
        return (time, client);
    }
}
