using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using CsCheck;
using Npgsql;
using Shouldly;
using Stages.Testing;
using Xunit;

namespace Stages.SystemTests.Classroom.Steps;

/// <summary>
/// Six people do whatever comes to mind in one class, through two copies of the service; after every few steps all of them must see what a
/// small model says. <c>STAGES_STEPS_SEED</c> says the same steps again.
/// </summary>
[Collection(ClassroomCollection.Name)]
public sealed class RandomStepsTests(ITestOutputHelper output)
{
    private const int BetweenLooks = 20;

    private static readonly JsonSerializerOptions AsKept = new(JsonSerializerDefaults.Web);

    [Fact]
    public Task whatever_six_people_do_all_see_the_same_class() => Play(500);

    [Fact(Explicit = true)]
    public Task whatever_six_people_do_for_thousands_of_steps_all_see_the_same_class() => Play(4000);

    private async Task Play(int count)
    {
        var seed = Environment.GetEnvironmentVariable("STAGES_STEPS_SEED") is { Length: > 0 } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"STAGES_STEPS_SEED={seed}");
        var random = new PCG(1, seed);
        Step[] steps = [.. Enumerable.Range(0, count).Select(_ => Step.Any.Generate(random, null, out var _))];
        using var media = new MediaEmulator();
        await using var world = await ClassroomWorld.Create(
            "random-steps",
            mediaServers: 0,
            copies: 2,
            // Nothing happens by the clock alone.
            extra: new(media.Settings, StringComparer.Ordinal) { ["Classroom:WithoutAdult"] = "05:00:00" }
        );
        await using var game = new Game(world, media, await world.Publish(-1, 240, "Lina", "Noah", "Ines", "Hugo", "Zoe"));
        var watch = Stopwatch.StartNew();
        var done = new List<Step>();
        // It begins with everybody there.
        for (var i = 0; i < Step.People; i++)
            await game.Do([new Step(Act.Enter, i, i, 0, i % 2)]);
        await game.Do([new Step(Act.Begin, 0, 0, 0, 0)]);
        while (done.Count < count)
        {
            Step[] together = [steps[done.Count]];
            while (
                together[^1].IsAnyOrder
                && done.Count + together.Length < count
                && steps[done.Count + together.Length] is { IsAnyOrder: true } next
                && !Array.Exists(together, t => t.Who == next.Who)
            )
                together = [.. together, next];
            var before = done.Count / BetweenLooks;
            done.AddRange(together);
            try
            {
                await game.Do(together);
                if (done.Count / BetweenLooks > before || done.Count == count)
                    await game.Same();
            }
            catch (Exception e) when (e is ShouldAssertException or TimeoutException)
            {
                throw new InvalidOperationException(
                    $"STAGES_STEPS_SEED={seed}, after {done.Count} steps; the last: {string.Join("; ", done.TakeLast(40))}. {e.Message}",
                    e
                );
            }
        }
        output.WriteLine(
            $"{done.Count} steps ({game.Refused} refused as they must be) in {watch.Elapsed.TotalSeconds:0.0} s, "
                + $"load of the machine {await File.ReadAllTextAsync("/proc/loadavg")}"
        );
    }

    private sealed class Game(ClassroomWorld world, MediaEmulator media, Lesson lesson) : IAsyncDisposable
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false });
        private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(world.Realm.Postgres);
        private readonly ClassModel model = new();
        private readonly Player[] players = [.. Enumerable.Range(0, Step.People).Select(_ => new Player())];
        private readonly List<Guid> drawn = [];

        public int Refused { get; private set; }

        public async Task Do(IReadOnlyList<Step> together)
        {
            var calls = new List<Func<Task>>();
            foreach (var step in together)
                if (await Prepared(step) is { } call)
                    calls.Add(call);
            await Task.WhenAll(calls.Select(c => c()));
        }

        /// <summary>After a moment of quiet.</summary>
        public async Task Same()
        {
            await Eventually.Is(Differences, d => d.Length == 0, TimeSpan.FromSeconds(20), "all is as the model says");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var player in players)
                player.Dispose();
            http.Dispose();
            await database.DisposeAsync();
        }

        /// <summary>What is to be called, with the model already there; null where there is nothing to do.</summary>
        private async Task<Func<Task>?> Prepared(Step step)
        {
            var (by, whom) = (model.People[step.Who], model.People[step.Whom]);
            var player = players[step.Who];
            var address = world.Copies[step.Copy].Address;
            switch (step.Act)
            {
                case Act.Enter:
                    var (role, email) = step.Who == 0 ? ("teacher", lesson.Teacher) : ("family", lesson.Pupils[step.Who - 1].Parent);
                    var open = model.Enter(by);
                    return async () =>
                    {
                        using var answer = await world.Ask(HttpMethod.Post, $"/api/modules/{lesson.ModuleId}/join", role, email);
                        answer.IsSuccessStatusCode.ShouldBe(open, $"{step}: {await answer.Content.ReadAsStringAsync()}");
                        if (open)
                            await player.Come(async told =>
                                await SignallingClient.Enter(
                                    http,
                                    address,
                                    lesson.ModuleId,
                                    await world.Link(lesson, role, email, step.Copy),
                                    told
                                )
                            );
                    };
                case Act.Reload when by.Known:
                    var seated = model.Reload(by);
                    return async () =>
                    {
                        Task Come() =>
                            player.Come(told => SignallingClient.Return(address, lesson.ModuleId, player.Id, player.Cookie, told));
                        if (seated)
                            await Come();
                        else
                            await Should.ThrowAsync<WebSocketException>(Come, step.ToString());
                    };
                case Act.Cut when by.There:
                    model.Cut(by);
                    return async () =>
                    {
                        player.Leave();
                        await Eventually.Is(Session, s => s?.Of(player.Id)?.IsThere == false);
                    };
            }
            if (!by.There || step.Act is Act.Reload or Act.Cut || !whom.Known)
                return null;
            // A page asks for nothing before it has seen that it is in, or out.
            await Eventually.Is(
                () => Task.FromResult(player.IsAdmitted),
                now => now == by.IsIn,
                TimeSpan.FromSeconds(10),
                $"{step}: let in"
            );
            var id =
                step.Act == Act.Erase && drawn.Count > 0
                    ? drawn[step.Number % drawn.Count]
                    : Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            if (step.Act == Act.Draw)
                drawn.Add(id);
            var expected = model.Do(step, by, whom, id);
            Refused += expected is null ? 0 : 1;
            return async () =>
            {
                var answer = await Eventually.Is(
                    () => Call(step, player.Client!, players[step.Whom].Id, id),
                    a => Code(a) != "too-fast",
                    condition: "not too fast"
                );
                Code(answer).ShouldBe(expected, step.ToString());
                foreach (var gone in model.People.Where(p => p is { Known: true, There: false }))
                    await players[gone.Number].Client!.Closed.WaitAsync(TimeSpan.FromSeconds(10));
            };
        }

        private static string? Code(JsonElement answer) =>
            answer.GetProperty("ok").GetBoolean() ? null : answer.GetProperty("code").GetString();

        private static Task<JsonElement> Call(Step step, SignallingClient client, Guid whom, Guid id)
        {
            var n = step.Number;
            bool Bit(int bit) => (n & bit) == 0;
            return step.Act switch
            {
                Act.Begin => client.Call("Begin"),
                Act.End => End(client),
                Act.Lock => client.Call("Lock", Bit(1)),
                Act.Admit => client.Call("Admit", whom),
                Act.Remove => client.Call("Remove", whom, "crie", false),
                Act.Pardon => client.Call("Pardon", whom),
                Act.Mute => client.Call("Mute", whom, Bit(1) ? "audio" : "video"),
                Act.Show => client.Call("SetFlags", Bit(1), Bit(2), Bit(4)),
                Act.Permit => client.Call(
                    "SetPermissions",
                    new
                    {
                        chat = Bit(1),
                        microphone = Bit(2),
                        camera = Bit(4),
                        board = Bit(8),
                        notes = Bit(16),
                    }
                ),
                Act.Floor => client.Call("GiveFloor", (n & 3) == 0 ? null : (object)whom),
                Act.Hand => client.Call("RaiseHand", Bit(1)),
                Act.Lower => client.Call("LowerHand", whom),
                Act.Together => client.Call("EndPairs"),
                Act.Visit => client.Call("Visit", (n & 3) == 0 ? null : (object)((n >> 2) % 3)),
                Act.Draw => client.Draw("page/1", id, n % 1000, n % 600, 50, n % 990, 300, 50),
                Act.Erase => client.Call("Erase", id),
                Act.Clear => client.Call("Wipe", "page/1"),
                Act.Say => client.Call("Say", $"line {id:N}", Bit(1) ? "teacher" : "all"),
                Act.Note => client.Call("WriteNotes", Convert.ToBase64String(id.ToByteArray())),
                _ => throw new NotSupportedException(step.Act.ToString()),
            };
        }

        /// <summary>Who ends it is put out with the others, at times before the answer comes.</summary>
        private static async Task<JsonElement> End(SignallingClient client)
        {
            try
            {
                return await client.Call("End");
            }
            catch (InvalidOperationException) when (client.Closed.IsCompleted)
            {
                return JsonSerializer.SerializeToElement(new { ok = true });
            }
        }

        private async Task<string> Differences()
        {
            var found = new List<string>();
            void Same<T>(Modelled who, string what, T seen, T expected)
            {
                if (!EqualityComparer<T>.Default.Equals(seen, expected))
                    found.Add($"{who.Number} {what}: sees {seen}, is {expected}");
            }
            foreach (var who in model.People.Where(p => p.Known))
            {
                Same(who, "connected", players[who.Number].IsConnected, who.There);
                if (who.There && players[who.Number].IsConnected)
                    OnPage(who, players[who.Number].Shown(), (what, seen, expected) => Same(who, what, seen, expected));
            }
            if (found.Count == 0)
                foreach (var who in model.People.Where(p => p.IsIn))
                    Same(
                        who,
                        "notes",
                        await Notes(players[who.Number].Client!),
                        string.Join(',', model.Notes.Order(StringComparer.Ordinal))
                    );
            var session = await Session();
            foreach (var who in model.People.Where(p => p.Known))
            {
                var seat = session?.Of(players[who.Number].Id);
                Same(who, "present in the log", seat?.IsThere, who.There);
                Same(who, "present once", seat?.IsOnce, true);
                Same(who, "sent out", seat?.Removed, who.Removed);
                Same(who, "let in in the log", seat?.Admitted, who.Admitted);
            }
            found.AddRange(Heard());
            // Short: where two boards are different, which kind of news came says more than their strokes.
            return string.Join(" | ", found.Select(f => f.Length > 300 ? f[..300] + "…" : f))
                + (found.Count == 0 ? "" : " | " + string.Join(" | ", players.Select((p, i) => $"{i} was told {p.Last}")));
        }

        private void OnPage(Modelled who, Page page, Action<string, string, string> same)
        {
            var visible = model.People.Where(p => p.There && (who.IsIn || p.IsTeacher || p == who)).ToList();
            same("door", $"{page.Roster.GetProperty("begun")} {page.Roster.GetProperty("locked")}", $"{model.Begun} {model.Locked}");
            same("let in", page.Roster.GetProperty("admitted").ToString(), who.IsIn.ToString());
            // Who waits sees whether the teacher is there, and nothing of what they show.
            same(
                "people",
                Text(
                    page.Roster.GetProperty("people")
                        .EnumerateArray()
                        .Select(p => $"{Number(p.GetProperty("id"))} {p.GetProperty("admitted")} {(who.IsIn ? Flags(p) : "")}")
                ),
                Text(visible.Select(p => $"{p.Number} {p.Admitted} {(who.IsIn ? $"{p.Flags}" : "")}"))
            );
            if (!who.IsIn)
            {
                same("board while waiting", page.Strokes.Length.ToString(CultureInfo.InvariantCulture), "0");
                same("chat while waiting", page.Lines.Length.ToString(CultureInfo.InvariantCulture), "0");
                return;
            }
            var (desk, may) = (page.Desk, page.Desk.GetProperty("permissions"));
            same(
                "permissions",
                Text(new[] { "chat", "microphone", "camera", "board", "notes" }.Select(n => $"{n} {may.GetProperty(n)}")),
                Text([
                    $"chat {model.Allowed.Chat}",
                    $"microphone {(who.IsTeacher ? model.Allowed.Microphone : model.MaySpeak(who))}",
                    $"camera {model.Allowed.Camera}",
                    $"board {model.Allowed.Board}",
                    $"notes {model.Allowed.Notes}",
                ])
            );
            same("floor", $"{Number(desk.GetProperty("floor"))}", $"{model.Floor}");
            same(
                "hands",
                Text(desk.GetProperty("hands").EnumerateArray().Select(h => $"{Number(h)}")),
                Text(model.Hands.Select(h => $"{h}"))
            );
            same(
                "groups",
                string.Join(
                    '/',
                    desk.GetProperty("groups").EnumerateArray().Select(g => Text(g.EnumerateArray().Select(h => $"{Number(h)}")))
                ),
                string.Join('/', model.Groups.Select(g => Text(g.Select(h => $"{h}"))))
            );
            same("visiting", desk.GetProperty("visiting").ToString(), $"{model.Visiting}");
            same("own group", desk.GetProperty("myGroup").ToString(), $"{model.GroupOf(who)}");
            same("board", string.Join(',', page.Strokes), string.Join(',', model.Board.Keys.Order()));
            same("chat", Text(page.Lines), Text(who.Read.Select(l => l.Text)));
        }

        /// <summary>Who is given whose sound is not what their pages say, but what the media server was told.</summary>
        private IEnumerable<string> Heard()
        {
            var given = media.Given();
            foreach (var listener in model.People.Where(p => p.Known))
            foreach (var speaker in model.People.Where(p => p.Known && p != listener))
            {
                Given[] paths = [.. given.Where(g => g.Listener == players[listener.Number].Id && g.Speaker == players[speaker.Number].Id)];
                var expected = model.Hears(listener, speaker) ? 1 : 0;
                if (paths.Length != expected)
                    yield return $"{listener.Number} is given {speaker.Number} {paths.Length} times, not {expected}";
                foreach (var path in paths)
                {
                    var sound = model.MaySpeak(speaker) && !speaker.SoundMuted;
                    var picture = (speaker.IsTeacher || model.Allowed.Camera) && !speaker.PictureMuted;
                    if ((path.Sound, path.Picture) != (sound, picture))
                        yield return $"{listener.Number} is given {speaker.Number} {(path.Sound, path.Picture)}, not {(sound, picture)}";
                }
            }
        }

        private async Task<string> Notes(SignallingClient client)
        {
            var answer = await Eventually.Is(() => client.Call("ReadNotes", 0), a => Code(a) != "too-fast");
            return Code(answer)
                ?? string.Join(
                    ',',
                    answer
                        .GetProperty("value")
                        .GetProperty("updates")
                        .EnumerateArray()
                        .Select(u => u.GetString())
                        .Order(StringComparer.Ordinal)
                );
        }

        private async Task<Kept?> Session()
        {
            await using var command = database.CreateCommand("select data from classroom.mt_doc_classsession where id = $1");
            command.Parameters.AddWithValue(lesson.ModuleId);
            return await command.ExecuteScalarAsync() is string json ? JsonSerializer.Deserialize<Kept>(json, AsKept) : null;
        }

        private int? Number(JsonElement id) =>
            id.ValueKind == JsonValueKind.Null ? null : Array.FindIndex(players, p => p.Id == id.GetGuid());

        private static string Flags(JsonElement person)
        {
            var flags = person.GetProperty("flags");
            bool Shows(string what) => flags.GetProperty(what).GetBoolean();
            return $"{(Shows("microphone"), Shows("camera"), Shows("sharing"))}";
        }

        private static string Text(IEnumerable<string> parts) => string.Join(", ", parts.Order(StringComparer.Ordinal));
    }

    /// <summary>The class as it lies in the database.</summary>
    private sealed record Kept(KeptSeat[] Seats)
    {
        public KeptSeat? Of(Guid participant) => Array.Find(Seats, s => s.ParticipantId == participant);
    }

    private sealed record KeptSeat(Guid ParticipantId, bool Admitted, bool Removed, KeptPresence[] Presences)
    {
        public bool IsThere => Presences is [.., { To: null }];

        /// <summary>No two of their times overlap.</summary>
        public bool IsOnce => Presences.Zip(Presences.Skip(1)).All(two => two.First.To <= two.Second.From);
    }

    private sealed record KeptPresence(DateTimeOffset From, DateTimeOffset? To);
}
