using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Stages.Testing;

namespace Stages.SystemTests.Classroom.Drills;

/// <summary>
/// A class at work: Claire and Lina connected through one copy, Noah and Ines through the other; Lina draws and Noah writes all the time.
/// What was answered with yes is remembered, and has to be there whatever happens.
/// </summary>
public sealed class RunningClass(ClassroomWorld world) : IAsyncDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(160);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false });
    private readonly ConcurrentDictionary<Guid, byte> drawn = [];
    private readonly ConcurrentDictionary<string, byte> said = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string What, string Code, TimeSpan Took)> asked = [];
    private readonly CancellationTokenSource over = new();
    private Participant[] people = [];
    private SignallingClient late = null!;
    private Task working = Task.CompletedTask;

    public Lesson Lesson { get; private set; } = null!;

    public Participant Claire => people[0];

    public IReadOnlyList<Participant> People => people;

    public async Task Begin()
    {
        Lesson = await world.Publish(-1, 240, "Lina", "Noah", "Ines", "Zoe");
        async Task<Participant> Pupil(int which, int copy) =>
            await Participant.Come(world, http, Lesson, "family", Lesson.Pupils[which].Parent, copy);
        // Whoever is first holds it: the copy of number 0.
        var noah = await Pupil(1, copy: 0);
        var claire = await Participant.Come(world, http, Lesson, "teacher", Lesson.Teacher, copy: 1);
        people = [claire, await Pupil(0, copy: 1), noah, await Pupil(2, copy: 0)];
        late = await SignallingClient.Enter(
            http,
            world.Copies[1].Address,
            Lesson.ModuleId,
            await world.Link(Lesson, "family", Lesson.Pupils[3].Parent, 1)
        );
        // Only her seat is wanted, for a look at the class at the end of each drill.
        late.Dispose();
        (await Claire.Ask("Begin")).ShouldBe("ok");
        await Task.WhenAll(people.Select(p => p.Client.Admitted.WaitAsync(TimeSpan.FromSeconds(20))));
        working = Task.WhenAll(Task.Run(() => Work(people[1], Draw)), Task.Run(() => Work(people[2], Say)));
    }

    /// <summary>Everything that was asked since the last time, by what came of it.</summary>
    public string Asked()
    {
        var all = new List<(string What, string Code, TimeSpan Took)>();
        while (asked.TryDequeue(out var one))
            all.Add(one);
        var refused = all.Where(a => a.Code != "ok").GroupBy(a => a.Code, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}");
        var longest = all.Count == 0 ? 0 : all.Max(a => a.Took.TotalSeconds);
        return $"{all.Count(a => a.Code == "ok")} strokes and lines taken, {string.Join(", ", refused.DefaultIfEmpty("none refused"))}, "
            + $"longest {longest:0.0} s";
    }

    /// <summary>Of all that was ever taken, what somebody who comes now does not see.</summary>
    public async Task<(int Strokes, int Lines)> Lost()
    {
        var (there, lines) = (drawn.Keys.ToArray(), said.Keys.ToArray());
        var welcome = await Eventually.Is(LookIn, _ => true, TimeSpan.FromSeconds(60));
        HashSet<Guid> seen = [.. welcome.GetProperty("strokes").EnumerateArray().Select(s => s.GetProperty("id").GetGuid())];
        HashSet<string> read = [.. welcome.GetProperty("chat").EnumerateArray().Select(c => c.GetProperty("text").GetString()!)];
        return (there.Count(s => !seen.Contains(s)), lines.Count(l => !read.Contains(l)));
    }

    /// <summary>Everybody there once, as the log has it.</summary>
    public async Task<int> Present()
    {
        var there = (await world.Attendance(Lesson)).GetProperty("pupils").EnumerateArray();
        return there.Count(p => p.GetProperty("presentNow").GetBoolean());
    }

    /// <summary>How long it takes until the teacher's next wish is granted.</summary>
    public async Task<TimeSpan> Answers(string what = "SetTimer", params object?[] values)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.Is(() => Claire.Ask(what, values.Length == 0 ? [300] : values), code => code == "ok", TimeSpan.FromSeconds(60));
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await working;
        foreach (var one in people)
            await one.DisposeAsync();
        late?.Dispose();
        http.Dispose();
        over.Dispose();
    }

    private async Task<JsonElement> LookIn()
    {
        var copy = world.Copies.First(c => c.Runs);
        using var now = await SignallingClient
            .Return(copy.Address, Lesson.ModuleId, late.ParticipantId, late.Cookie)
            .WaitAsync(TimeSpan.FromSeconds(5));
        return await now.Welcome.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task Work(Participant who, Func<Participant, Task<string>> once)
    {
        try
        {
            await Steadily.Do(
                int.MaxValue,
                Rhythm,
                async _ =>
                {
                    over.Token.ThrowIfCancellationRequested();
                    var watch = Stopwatch.StartNew();
                    asked.Enqueue((who == people[1] ? "stroke" : "line", await once(who), watch.Elapsed));
                }
            );
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task<string> Draw(Participant who)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var code = await who.Draw(id, "page/1", SignallingClient.Pen(id, 1, 1, 50, 9, 9, 50));
        if (code == "ok")
            drawn[id] = 0;
        return code;
    }

    private async Task<string> Say(Participant who)
    {
        var text = $"line {Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var code = await who.Ask("Say", text, "all");
        if (code == "ok")
            said[text] = 0;
        return code;
    }
}
