using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Stages.Testing;

namespace Stages.SystemTests.Classroom.Steps;

/// <summary>Who would be given whose sound or picture.</summary>
public readonly record struct Given(Guid Listener, Guid Speaker, bool Sound, bool Picture);

/// <summary>
/// A media server as far as our service speaks to it (Janus, VideoRoom), without any sound: what is asked of it is remembered, so that a
/// test can say who would hear whom at this moment. Real ones are in the other tests.
/// </summary>
public sealed class MediaEmulator : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Lock taking = new();
    private readonly Dictionary<long, Handle> handles = [];
    private readonly HashSet<string> rooms = new(StringComparer.Ordinal);
    private long last = 1000;

    public MediaEmulator()
    {
        var port = ServiceProcess.FreePort();
        Address = $"ws://127.0.0.1:{port}/";
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = Task.Run(Accept);
    }

    public string Address { get; }

    /// <summary>Settings of a service that uses it.</summary>
    public Dictionary<string, string> Settings =>
        new(StringComparer.Ordinal)
        {
            ["Classroom:MediaNodes:0:Name"] = "emulator",
            ["Classroom:MediaNodes:0:Address"] = Address,
            ["Classroom:MediaNodes:0:ApiSecret"] = "api",
            ["Classroom:MediaNodes:0:RoomKey"] = "room",
        };

    /// <summary>Every path from who sends to who is given it, of all rooms.</summary>
    public IReadOnlyList<Given> Given()
    {
        lock (taking)
        {
            var publishers = handles.Values.Where(h => h.Publishes).ToDictionary(h => h.Feed!, StringComparer.Ordinal);
            var owners = handles.Values.Where(h => h.PrivateId != 0 && !h.Receives).ToDictionary(h => h.PrivateId);
            return
            [
                .. from r in handles.Values
                where r.Receives && owners.ContainsKey(r.PrivateId)
                from feed in r.Streams
                where publishers.ContainsKey(feed)
                let p = publishers[feed]
                select new Given(Whose(owners[r.PrivateId].Feed!), Whose(feed), !p.Muted.Contains("0"), !p.Muted.Contains("1")),
            ];
        }
    }

    /// <summary>Whether this participant sends, through this many connections.</summary>
    public int Sends(Guid participant)
    {
        lock (taking)
            return handles.Values.Count(h => h.Publishes && Whose(h.Feed!) == participant);
    }

    public void Dispose() => listener.Close();

    private static Guid Whose(string feed) => Guid.ParseExact(feed[..32], "N");

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var socket = (await context.AcceptWebSocketAsync("janus-protocol")).WebSocket;
                _ = Task.Run(() => Serve(socket));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(WebSocket socket)
    {
        var outbox = Channel.CreateUnbounded<JsonObject>();
        _ = Task.Run(async () =>
        {
            await foreach (var one in outbox.Reader.ReadAllAsync())
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(one), WebSocketMessageType.Text, true, default);
        });
        var buffer = new byte[64 * 1024];
        using var text = new MemoryStream();
        try
        {
            while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
            {
                text.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                var message = JsonNode.Parse(text.ToArray())!.AsObject();
                text.SetLength(0);
                lock (taking)
                    Take(message, outbox);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            // The copy has died.
        }
        lock (taking)
            foreach (var (id, _) in handles.Where(h => h.Value.Outbox == outbox).ToList())
                Detach(id);
        outbox.Writer.TryComplete();
    }

    private void Take(JsonObject message, Channel<JsonObject> outbox)
    {
        var answer = new JsonObject { ["janus"] = "success", ["transaction"] = message["transaction"]!.GetValue<string>() };
        switch (message["janus"]!.GetValue<string>())
        {
            case "create":
                answer["data"] = new JsonObject { ["id"] = ++last };
                break;
            case "attach":
                handles[++last] = new Handle(outbox);
                answer["data"] = new JsonObject { ["id"] = last };
                break;
            case "detach":
                Detach(message["handle_id"]!.GetValue<long>());
                break;
            case "message":
                var id = message["handle_id"]!.GetValue<long>();
                answer["sender"] = id;
                answer["janus"] = "event";
                var (data, offer) = handles.TryGetValue(id, out var handle)
                    ? Asked(id, handle, message["body"]!.AsObject(), message["jsep"] is not null)
                    : (Refused(460), null);
                answer["plugindata"] = new JsonObject { ["data"] = data };
                if (offer is not null)
                    answer["jsep"] = new JsonObject { ["type"] = offer, ["sdp"] = "v=0" };
                break;
            default:
                answer["janus"] = "ack";
                break;
        }
        outbox.Writer.TryWrite(answer);
    }

    private (JsonObject Data, string? Offer) Asked(long id, Handle handle, JsonObject body, bool withOffer)
    {
        var room = body["room"]?.GetValue<string>() ?? handle.Room;
        switch (body["request"]!.GetValue<string>())
        {
            case "create":
                return (rooms.Add(room) ? new JsonObject { ["videoroom"] = "created" } : Refused(427), null);
            case "join" when body["ptype"]!.GetValue<string>() == "publisher":
                (handle.Room, handle.Feed, handle.PrivateId) = (room, body["id"]!.GetValue<string>(), ++last);
                return (
                    new JsonObject
                    {
                        ["videoroom"] = "joined",
                        ["private_id"] = handle.PrivateId,
                        ["publishers"] = People(Others(id, room)),
                    },
                    null
                );
            case "join":
                (handle.Room, handle.Receives, handle.PrivateId) = (room, true, body["private_id"]!.GetValue<long>());
                return Subscribed(handle, body["streams"], null);
            case "update":
                return Subscribed(handle, body["subscribe"], body["unsubscribe"]);
            case "publish" or "configure" when withOffer:
                handle.Publishes = true;
                foreach (
                    var (other, h) in handles.Where(h =>
                        h.Key != id && h.Value.Room == room && h.Value is { Feed: not null, Receives: false }
                    )
                )
                    Event(other, h, new JsonObject { ["videoroom"] = "event", ["publishers"] = People([handle]) });
                return (new JsonObject { ["videoroom"] = "event", ["configured"] = "ok" }, "answer");
            case "moderate":
                var name = body["id"]!.GetValue<string>();
                if (handles.Values.FirstOrDefault(h => h.Publishes && h.Feed == name) is not { } publisher)
                    return (Refused(428), null);
                if (body["mute"]!.GetValue<bool>())
                    publisher.Muted.Add(body["mid"]!.GetValue<string>());
                else
                    publisher.Muted.Remove(body["mid"]!.GetValue<string>());
                return (new JsonObject { ["videoroom"] = "success" }, null);
            case "listparticipants":
                return (new JsonObject { ["participants"] = People(handles.Values.Where(h => h.Publishes && h.Room == room)) }, null);
            default:
                return (new JsonObject { ["videoroom"] = "event", ["started"] = "ok" }, null);
        }
    }

    private (JsonObject Data, string? Offer) Subscribed(Handle handle, JsonNode? add, JsonNode? drop)
    {
        var wanted = Feeds(add).ToList();
        if (wanted.Exists(f => !handles.Values.Any(h => h.Publishes && h.Feed == f)))
            return (Refused(428), null);
        handle.Streams.UnionWith(wanted);
        handle.Streams.ExceptWith(Feeds(drop));
        return (Attached(handle), "offer");
    }

    private static JsonObject Attached(Handle handle) =>
        new()
        {
            ["videoroom"] = "updated",
            ["streams"] = new JsonArray([
                .. handle.Streams.Select(
                    (f, i) =>
                        new JsonObject
                        {
                            ["mid"] = i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                            ["feed_id"] = f,
                            ["type"] = "audio",
                        }
                ),
            ]),
        };

    private void Detach(long id)
    {
        if (!handles.Remove(id, out var gone) || !gone.Publishes)
            return;
        foreach (var (other, h) in handles.Where(h => h.Value.Room == gone.Room))
        {
            if (!h.Receives)
                Event(other, h, new JsonObject { ["videoroom"] = "event", ["leaving"] = gone.Feed });
            else if (h.Streams.Remove(gone.Feed!))
                Event(other, h, Attached(h), "offer");
        }
    }

    private static void Event(long id, Handle handle, JsonObject data, string? offer = null)
    {
        var told = new JsonObject
        {
            ["janus"] = "event",
            ["sender"] = id,
            ["plugindata"] = new JsonObject { ["data"] = data },
        };
        if (offer is not null)
            told["jsep"] = new JsonObject { ["type"] = offer, ["sdp"] = "v=0" };
        handle.Outbox.Writer.TryWrite(told);
    }

    private IEnumerable<Handle> Others(long id, string room) =>
        handles.Where(h => h.Key != id && h.Value.Room == room && h.Value.Publishes).Select(h => h.Value);

    private static JsonArray People(IEnumerable<Handle> publishers) =>
        [.. publishers.Select(p => new JsonObject { ["id"] = p.Feed, ["publisher"] = true })];

    private static IEnumerable<string> Feeds(JsonNode? streams) => (streams?.AsArray() ?? []).Select(s => s!["feed"]!.GetValue<string>());

    private static JsonObject Refused(int code) => new() { ["error_code"] = code, ["error"] = "refused" };

    private sealed class Handle(Channel<JsonObject> outbox)
    {
        public Channel<JsonObject> Outbox { get; } = outbox;

        public string Room { get; set; } = "";

        public string? Feed { get; set; }

        public long PrivateId { get; set; }

        public bool Receives { get; set; }

        public bool Publishes { get; set; }

        public HashSet<string> Muted { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Streams { get; } = new(StringComparer.Ordinal);
    }
}
