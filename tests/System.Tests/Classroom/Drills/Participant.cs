using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Stages.Testing;

namespace Stages.SystemTests.Classroom.Drills;

/// <summary>
/// Somebody whose page comes back by itself when its connection ends, or is silent for twelve seconds, and shows again what another holder
/// of the class does not have (<c>recent.ts</c>).
/// </summary>
public sealed class Participant : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(4);

    private readonly ClassroomWorld world;
    private readonly Lesson lesson;
    private readonly CancellationTokenSource over = new();
    private Task staying = Task.CompletedTask;
    private readonly ConcurrentDictionary<Guid, (string What, object?[] Values)> recent = [];
    private int copy;
    private long holder;

    private Participant(ClassroomWorld world, Lesson lesson, int copy, SignallingClient client) =>
        (this.world, this.lesson, this.copy, Client) = (world, lesson, copy, client);

    public SignallingClient Client { get; private set; }

    /// <summary>The last time they were cut off: from when it was noticed, and how long until they were back.</summary>
    public TimeSpan LastAway { get; private set; }

    public int Cuts { get; private set; }

    public static async Task<Participant> Come(ClassroomWorld world, HttpClient http, Lesson lesson, string role, string email, int copy)
    {
        var link = await world.Link(lesson, role, email, copy);
        var client = await SignallingClient.Enter(http, world.Copies[copy].Address, lesson.ModuleId, link);
        var welcome = await client.Welcome.WaitAsync(TimeSpan.FromSeconds(20));
        var one = new Participant(world, lesson, copy, client) { holder = HolderOf(welcome) };
        one.staying = Task.Run(one.Stay);
        return one;
    }

    /// <summary>Whether it was answered, and with yes.</summary>
    public async Task<string> Ask(string what, params object?[] values)
    {
        try
        {
            var answer = await Client.Call(what, values);
            if (what == "Say" && answer.GetProperty("ok").GetBoolean())
                recent[answer.GetProperty("value").GetGuid()] = ("SayAgain", [answer.GetProperty("value").GetGuid(), .. values]);
            return answer.GetProperty("ok").GetBoolean() ? "ok" : answer.GetProperty("code").GetString()!;
        }
        catch (Exception e) when (e is InvalidOperationException or WebSocketException or ObjectDisposedException or TimeoutException)
        {
            return e is InvalidOperationException { Message: not "the connection has ended" } ? $"fault ({e.Message})" : "offline";
        }
    }

    public async Task<string> Draw(Guid id, string sheet, object mark)
    {
        var code = await Ask("Draw", sheet, mark);
        if (code == "ok")
            recent[id] = ("Draw", [sheet, mark]);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await staying;
        Client.Dispose();
        over.Dispose();
    }

    /// <summary>Comes anew through that copy, as after F5.</summary>
    public async Task GoThrough(int which)
    {
        if (copy == which)
            return;
        var cuts = Cuts;
        Client.Dispose();
        await Eventually.True(() => Task.FromResult(Cuts > cuts && copy == which), TimeSpan.FromSeconds(60));
    }

    private async Task Stay()
    {
        while (!over.IsCancellationRequested)
        {
            await Eventually.True(
                () => Task.FromResult(over.IsCancellationRequested || Client.Closed.IsCompleted || IsSilent),
                TimeSpan.FromHours(1)
            );
            if (!over.IsCancellationRequested)
                await ComeBack();
        }
    }

    private bool IsSilent => TimeProvider.System.GetElapsedTime(Client.LastHeard) > Silence;

    private async Task ComeBack()
    {
        var (watch, before) = (Stopwatch.StartNew(), Client);
        await Eventually.True(() => Return(before), TimeSpan.FromMinutes(5));
        LastAway = watch.Elapsed;
        Cuts++;
    }

    private async Task ShowAgain(JsonElement welcome)
    {
        var there = welcome.GetProperty("strokes").EnumerateArray().Concat(welcome.GetProperty("chat").EnumerateArray());
        foreach (var (id, one) in recent.ExceptBy(there.Select(t => t.GetProperty("id").GetGuid()), r => r.Key).ToList())
            await Client.Call(one.What, one.Values);
    }

    private static long HolderOf(JsonElement welcome) => welcome.GetProperty("holder").GetInt64();

    /// <summary>The gateway tries another copy each time.</summary>
    private async Task<bool> Return(SignallingClient before)
    {
        if (over.IsCancellationRequested)
            return true;
        copy = (copy + 1) % world.Copies.Count;
        try
        {
            var now = await SignallingClient
                .Return(world.Copies[copy].Address, lesson.ModuleId, before.ParticipantId, before.Cookie)
                .WaitAsync(Within);
            var welcome = await now.Welcome.WaitAsync(Within);
            Client = now;
            if (HolderOf(welcome) != holder)
                await ShowAgain(welcome);
            holder = HolderOf(welcome);
            // What was asked over the old one is never answered.
            before.Dispose();
            return true;
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or IOException)
        {
            return false;
        }
    }
}
