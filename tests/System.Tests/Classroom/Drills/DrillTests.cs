using System.Diagnostics;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom.Drills;

/// <summary>
/// What a class that is at work loses when what stands under it dies. <c>tests/drills</c> prints the table. Counted is what was taken and
/// is gone; times are printed, and say what the machine had to do besides.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class DrillTests(ITestOutputHelper output)
{
    private readonly List<string> rows = [];
    private bool camera = true;

    [Fact(Explicit = true)]
    public async Task a_class_goes_on_whatever_dies_under_it()
    {
        var servers = await ServersOfThisRun.Find();
        await using var world = await ClassroomWorld.Create("drills", mediaServers: 1, copies: 2);
        await using var running = new RunningClass(world);
        await running.Begin();
        await Drill(running, "nothing", () => Seconds(5));

        // Number 0 holds the class; whoever takes it over holds it afterwards.
        await Drill(running, "SIGKILL of the holder", KillNumber0);
        await Again(world, 0);
        // Two of the four are connected through each.
        await running.Claire.GoThrough(0);
        await running.People[2].GoThrough(0);
        await Drill(
            running,
            "SIGSTOP of the holder for 30 s",
            async () =>
            {
                var watch = Stopwatch.StartNew();
                world.Through = 0;
                await world.Copies[1].Freeze(true);
                var answered = await running.Answers();
                await Steadily.Do(1, TimeSpan.FromSeconds(Math.Max(1, 30 - watch.Elapsed.TotalSeconds)), _ => Task.CompletedTask);
                var there = await running.Present();
                await world.Copies[1].Freeze(false);
                // It learns that it was taken for dead, and ends itself.
                var ends = Stopwatch.StartNew();
                await Eventually.True(() => Task.FromResult(!world.Copies[1].Runs), TimeSpan.FromSeconds(60));
                return $"answers after {answered.TotalSeconds:0.0} s ({there} pupils there meanwhile); continued, "
                    + $"the frozen one ends itself after {ends.Elapsed.TotalSeconds:0.0} s";
            }
        );
        await Again(world, 1);
        foreach (var copy in new[] { 0, 1 })
        {
            await Drill(
                running,
                $"SIGTERM of copy {copy}",
                async () =>
                {
                    var watch = Stopwatch.StartNew();
                    world.Through = 1 - copy;
                    await world.Copies[copy].Stop();
                    var ended = watch.Elapsed;
                    var answered = await running.Answers();
                    return $"ended after {ended.TotalSeconds:0.0} s, then answers after {answered.TotalSeconds:0.0} s";
                }
            );
            await Again(world, copy);
        }
        // All are connected through number 0, which holds it: nobody else has seen the last second.
        await Drill(running, "SIGKILL of the holder with everybody", KillNumber0);
        await Again(world, 0);
        await Drill(
            running,
            "PostgreSQL away for 20 s",
            async () =>
            {
                await servers.EndPostgres();
                var (moment, fact, permissions) = (TimeSpan.Zero, "", Permissions());
                try
                {
                    var watch = Stopwatch.StartNew();
                    moment = await running.Answers();
                    fact = await running.Claire.Ask("SetPermissions", permissions);
                    await Steadily.Do(1, TimeSpan.FromSeconds(Math.Max(1, 20 - watch.Elapsed.TotalSeconds)), _ => Task.CompletedTask);
                }
                finally
                {
                    await servers.Start();
                }
                fact.ShouldBe("unavailable");
                var back = await running.Answers("SetPermissions", permissions);
                return $"moments after {moment.TotalSeconds:0.0} s; a fact meanwhile: “{fact}”, "
                    + $"taken {back.TotalSeconds:0.0} s after its return";
            }
        );
        await Drill(
            running,
            "SIGKILL of the broker, 10 s",
            async () =>
            {
                await servers.KillRabbitMq();
                var fact = await running.Answers("SetPermissions", Permissions());
                await Steadily.Do(1, TimeSpan.FromSeconds(10), _ => Task.CompletedTask);
                await servers.Start();
                return $"a fact is taken after {fact.TotalSeconds:0.0} s";
            }
        );
        await Drill(
            running,
            "SIGKILL of the media server",
            async () =>
            {
                var before = running.People.Select(p => Ready(p)).ToArray();
                world.KillMedia(0);
                var answered = await running.Answers();
                await world.StartMedia(0);
                var watch = Stopwatch.StartNew();
                await Eventually.True(
                    () => Task.FromResult(running.People.Select((p, i) => Ready(p) > before[i]).All(yes => yes)),
                    TimeSpan.FromSeconds(60)
                );
                return $"answers after {answered.TotalSeconds:0.0} s; "
                    + $"all have a place at it {watch.Elapsed.TotalSeconds:0.0} s after its return";
            }
        );
        var table = string.Join('\n', rows);
        output.WriteLine(table);
        await File.WriteAllTextAsync(Path.Combine(world.Artifacts, "table.md"), table + "\n");

        async Task<string> KillNumber0()
        {
            world.Through = 1;
            await world.Copies[0].Kill();
            var answered = await running.Answers();
            return $"answers after {answered.TotalSeconds:0.0} s";
        }
    }

    private async Task Drill(RunningClass running, string name, Func<Task<string>> work)
    {
        if (rows.Count == 0)
            rows.AddRange(["| what | times | meanwhile | lost | load |", "|---|---|---|---|---|"]);
        running.Asked();
        var cuts = running.People.Select(p => p.Cuts).ToArray();
        var times = await work();
        // Until everybody is there again, and once more everything is answered.
        await running.Answers();
        await Eventually.Is(running.Present, there => there == 3, TimeSpan.FromSeconds(120), $"{name}: all pupils are there");
        var away = running.People.Where((p, i) => p.Cuts > cuts[i]).Select(p => p.LastAway.TotalSeconds).ToList();
        var meanwhile = running.Asked();
        var (strokes, lines) = await running.Lost();
        rows.Add(
            $"| {name} | {times}"
                + (away.Count > 0 ? $"; {away.Count} cut off, back after {away.Max():0.0} s at most" : "")
                + $" | {meanwhile} | {strokes} strokes, {lines} lines | {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} |"
        );
        output.WriteLine(rows[^1]);
        (strokes, lines).ShouldBe((0, 0), name);
    }

    private static async Task Again(ClassroomWorld world, int copy)
    {
        world.Copies[copy].Start();
        await world.Copies[copy].Ready(TimeSpan.FromSeconds(120));
    }

    private static async Task<string> Seconds(int seconds)
    {
        await Steadily.Do(1, TimeSpan.FromSeconds(seconds), _ => Task.CompletedTask);
        return $"{seconds} s";
    }

    /// <summary>Others each time: what changes nothing asks nothing of the database.</summary>
    private object Permissions() =>
        new
        {
            chat = true,
            microphone = true,
            camera = camera = !camera,
            board = true,
            notes = true,
        };

    private static int Ready(Participant who) => who.Client.Heard("media").Count(m => m.GetProperty("ready").GetBoolean());
}
