using System.Text.Json;

namespace Stages.SystemTests.Classroom.Steps;

/// <summary>Somebody at a page: what it shows by what it was told, and the part of it that sends and receives sound.</summary>
public sealed class Player : IDisposable
{
    private const string Sending = "v=0\nm=audio 9 UDP 111\na=mid:0\nm=video 9 UDP 96\na=mid:1\n";

    private readonly Lock taking = new();
    private readonly HashSet<Guid> strokes = [];
    private readonly Dictionary<Guid, string> lines = [];
    private SignallingClient? client;
    private readonly Queue<string> last = new();
    private int page;
    private JsonElement roster;
    private JsonElement desk;

    public Guid Id { get; private set; }

    public string Cookie { get; private set; } = "";

    public SignallingClient? Client => client;

    public bool IsConnected => client is { Closed.IsCompleted: false };

    public bool IsAdmitted
    {
        get
        {
            lock (taking)
                return roster.ValueKind == JsonValueKind.Object && roster.GetProperty("admitted").GetBoolean();
        }
    }

    public async Task Come(Func<Action<SignallingClient, string, JsonElement>, Task<SignallingClient>> connect)
    {
        var before = client;
        // What the connection before this one is told is for a page that nobody looks at any more.
        var mine = Interlocked.Increment(ref page);
        var now = await connect((who, kind, content) => Take(who, mine, kind, content));
        (client, Id, Cookie) = (now, now.ParticipantId, now.Cookie);
        await now.Welcome.WaitAsync(TimeSpan.FromSeconds(20));
        if (before is not null)
            await before.Closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public void Leave() => client?.Dispose();

    /// <summary>Kinds of the last news, for whoever reads why a run failed.</summary>
    public string Last
    {
        get
        {
            lock (taking)
                return string.Join(' ', last);
        }
    }

    public Page Shown()
    {
        lock (taking)
            return new Page(roster, desk, [.. strokes.Order()], [.. lines.Values.Order(StringComparer.Ordinal)]);
    }

    public void Dispose() => client?.Dispose();

    private void Take(SignallingClient who, int mine, string kind, JsonElement content)
    {
        if (mine != Volatile.Read(ref page) && kind != "superseded")
            return;
        lock (taking)
        {
            last.Enqueue(kind);
            if (last.Count > 40)
                last.Dequeue();
            switch (kind)
            {
                case "welcome":
                    roster = content.GetProperty("roster");
                    All(content);
                    break;
                case "inside":
                    All(content);
                    break;
                case "roster":
                    roster = content;
                    break;
                case "desk":
                    desk = content;
                    break;
                case "flags":
                    roster = With(roster, content);
                    break;
                case "chat":
                    lines.TryAdd(content.GetProperty("id").GetGuid(), content.GetProperty("text").GetString()!);
                    break;
                case "stroke":
                    strokes.Add(content.GetProperty("id").GetGuid());
                    break;
                case "erased":
                    strokes.Remove(content.GetProperty("id").GetGuid());
                    break;
                case "cleared":
                    strokes.Clear();
                    break;
                case "removed" or "superseded" or "ended":
                    _ = Task.Run(who.Dispose);
                    break;
                case "media" when content.GetProperty("ready").GetBoolean():
                    _ = Quietly(who.Call("Publish", content.GetProperty("epoch").GetInt32(), Sending));
                    break;
                case "offer":
                    _ = Quietly(who.Call("Answer", content.GetProperty("epoch").GetInt32(), "v=0"));
                    break;
            }
        }
    }

    private void All(JsonElement content)
    {
        desk = content.GetProperty("desk");
        strokes.Clear();
        lines.Clear();
        foreach (var one in content.GetProperty("strokes").EnumerateArray())
            strokes.Add(one.GetProperty("id").GetGuid());
        foreach (var one in content.GetProperty("chat").EnumerateArray())
            lines.Add(one.GetProperty("id").GetGuid(), one.GetProperty("text").GetString()!);
    }

    /// <summary>The page keeps the flags in its list of people.</summary>
    private static JsonElement With(JsonElement roster, JsonElement told)
    {
        if (roster.ValueKind != JsonValueKind.Object)
            return roster;
        var changed = System.Text.Json.Nodes.JsonObject.Create(roster)!;
        foreach (var person in changed["people"]!.AsArray())
            if (person!["id"]!.GetValue<Guid>() == told.GetProperty("participantId").GetGuid())
                person["flags"] = System.Text.Json.Nodes.JsonNode.Parse(told.GetProperty("flags").GetRawText());
        return JsonSerializer.SerializeToElement(changed);
    }

    private static async Task Quietly(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e)
            when (e is TimeoutException or InvalidOperationException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
        {
            // They have gone meanwhile.
        }
    }
}

public sealed record Page(JsonElement Roster, JsonElement Desk, Guid[] Strokes, string[] Lines);
