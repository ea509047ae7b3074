using System.Text.Json.Nodes;

namespace Stages.Classrooms.Media;

/// <summary>Which participant and kind stand behind one line of the offer that a browser is given.</summary>
public sealed record ReceivedStream(string Mid, Guid ParticipantId, string Kind);

/// <summary>What the media side has to tell the browser.</summary>
public interface IMediaListener
{
    Task Offered(int epoch, string sdp, IReadOnlyList<ReceivedStream> streams);

    /// <summary>The path to the browser broke; it is to begin again.</summary>
    Task Broken(int epoch);
}

/// <summary>
/// One participant's sound and pictures: a handle that publishes and a handle that receives. Who receives whom is decided here,
/// by <paramref name="hears"/>, never by the browser. One negotiation at a time; what comes meanwhile is taken together next.
/// </summary>
public sealed class MediaSeat(
    JanusConnection janus,
    MediaNodeOptions node,
    Guid moduleId,
    Guid participantId,
    Guid connectionId,
    int epoch,
    Func<Feed, bool> hears,
    IMediaListener listener
)
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Lock inOrder = new();
    private readonly HashSet<Feed> feeds = [];
    private readonly HashSet<Feed> received = [];
    private readonly Dictionary<Guid, string> layers = [];
    private readonly Dictionary<string, (Feed Feed, string Kind)> lines = new(StringComparer.Ordinal);
    private readonly string room = moduleId.ToString("N");
    private long publisher;
    private long receiver;
    private long privateId;
    private bool published;
    private int offers;
    private bool again;
    private bool stopped;
    private Task background = Task.CompletedTask;

    public JanusConnection Janus => janus;

    public int Epoch => epoch;

    private RoomSecrets Secrets => RoomSecrets.Of(node, room);

    private Feed Own => new(participantId, connectionId);

    /// <summary>Enters the room. Receiving begins with the first <see cref="Refresh"/>, once its offer can be answered.</summary>
    public async Task Start(CancellationToken cancel)
    {
        await janus.MakeRoom(room, Secrets, cancel);
        publisher = await janus.Attach(HeardPublisher, cancel);
        var answer = await janus.Ask(
            publisher,
            new JsonObject
            {
                ["request"] = "join",
                ["ptype"] = "publisher",
                ["room"] = room,
                ["pin"] = Secrets.Enter,
                ["id"] = Own.ToString(),
            },
            null,
            cancel
        );
        var data = answer["plugindata"]!["data"]!;
        privateId = data["private_id"]!.GetValue<long>();
        await gate.Do(() =>
        {
            Learn(data["publishers"]);
            return Task.CompletedTask;
        });
    }

    /// <summary>Takes the browser's offer to send and returns the server's answer.</summary>
    public async Task<string> Publish(string sdp, CancellationToken cancel)
    {
        var body = new JsonObject { ["request"] = published ? "configure" : "publish" };
        var answer = await janus.Ask(publisher, body, new JsonObject { ["type"] = "offer", ["sdp"] = sdp }, cancel);
        published = true;
        return answer["jsep"]!["sdp"]!.GetValue<string>();
    }

    /// <summary>The browser's answer to what it was offered to receive.</summary>
    public Task Answered(string sdp, CancellationToken cancel) =>
        gate.Do(async () =>
        {
            if (receiver == 0)
                return;
            await janus.Ask(
                receiver,
                new JsonObject { ["request"] = "start" },
                new JsonObject { ["type"] = "answer", ["sdp"] = sdp },
                cancel
            );
            if (offers > 0)
                offers--;
            if (offers > 0)
                return;
            foreach (var (who, level) in layers.ToList())
                await Configure(who, level);
            if (again)
                await Receive();
        });

    public Task Candidate(bool sending, JsonNode candidate, CancellationToken cancel)
    {
        var handle = sending ? publisher : receiver;
        return handle == 0 ? Task.CompletedTask : janus.Trickle(handle, candidate, cancel);
    }

    /// <summary>Somebody came, left, or may no longer be heard: receive accordingly.</summary>
    public Task Refresh() => gate.Do(() => Receive());

    /// <param name="level"><c>high</c>, <c>low</c>, or <c>off</c> for sound alone.</param>
    public Task Watch(Guid who, string level) =>
        gate.Do(async () =>
        {
            layers[who] = level;
            if (offers == 0)
                await Configure(who, level);
        });

    /// <summary>Lets the server drop what a participant sends, whatever their browser does.</summary>
    public static Task Silence(
        JanusConnection janus,
        MediaNodeOptions node,
        Guid moduleId,
        Feed feed,
        string kind,
        bool silent,
        CancellationToken cancel
    )
    {
        var name = moduleId.ToString("N");
        return janus.Ask(
            janus.Control,
            new JsonObject
            {
                ["request"] = "moderate",
                ["room"] = name,
                ["secret"] = RoomSecrets.Of(node, name).Moderate,
                ["id"] = feed.ToString(),
                ["mid"] = kind == "audio" ? SentLines.Sound : SentLines.Picture,
                ["mute"] = silent,
            },
            null,
            cancel
        );
    }

    /// <summary>Both handles go: a kick alone would leave the receiving one running.</summary>
    public async Task Stop()
    {
        stopped = true;
        foreach (var handle in new[] { receiver, publisher })
        {
            try
            {
                if (handle != 0)
                    await janus.Detach(handle);
            }
            catch (Exception e) when (e is MediaFault or TimeoutException)
            {
                // Gone already, with its server.
            }
        }
    }

    private async Task Receive(int attempts = 3)
    {
        if (stopped)
            return;
        if (offers > 0)
        {
            again = true;
            return;
        }
        again = false;
        var wanted = feeds.Where(f => f.ParticipantId != participantId && hears(f)).ToHashSet();
        var add = wanted.Except(received).ToList();
        var drop = received.Except(wanted).ToList();
        if (add.Count == 0 && drop.Count == 0)
            return;
        JsonObject answer;
        try
        {
            answer = receiver == 0 ? await BeginReceiving(add) : await janus.Ask(receiver, Update(add, drop), null, CancellationToken.None);
        }
        catch (MediaFault fault) when (fault.Code == MediaFault.NoSuchFeed && attempts > 1)
        {
            // One of them left between our reading and our asking; the others of them are still to be heard.
            await LookWhoSends();
            await Receive(attempts - 1);
            return;
        }
        received.UnionWith(add);
        received.ExceptWith(drop);
        if (answer["jsep"]?["sdp"]?.GetValue<string>() is not { } sdp)
            return;
        await Offer(sdp, answer);
    }

    private async Task<JsonObject> BeginReceiving(List<Feed> add)
    {
        receiver = await janus.Attach(HeardReceiver, CancellationToken.None);
        try
        {
            return await janus.Ask(
                receiver,
                new JsonObject
                {
                    ["request"] = "join",
                    ["ptype"] = "subscriber",
                    ["room"] = room,
                    ["pin"] = Secrets.Enter,
                    ["private_id"] = privateId,
                    ["streams"] = Streams(add),
                },
                null,
                CancellationToken.None
            );
        }
        catch (MediaFault)
        {
            await janus.Detach(receiver);
            receiver = 0;
            throw;
        }
    }

    private static JsonObject Update(List<Feed> add, List<Feed> drop)
    {
        var body = new JsonObject { ["request"] = "update" };
        if (add.Count > 0)
            body["subscribe"] = Streams(add);
        if (drop.Count > 0)
            body["unsubscribe"] = Streams(drop);
        return body;
    }

    private static JsonArray Streams(List<Feed> list) => [.. list.Select(f => new JsonObject { ["feed"] = f.ToString() })];

    private List<ReceivedStream> ReadLines(JsonNode? streams)
    {
        lines.Clear();
        foreach (var stream in streams?.AsArray() ?? [])
        {
            if (Feed.Parse(stream!["feed_id"]?.GetValue<string>()) is { } feed)
                lines[stream["mid"]!.GetValue<string>()] = (feed, stream["type"]!.GetValue<string>());
        }
        return [.. lines.Select(l => new ReceivedStream(l.Key, l.Value.Feed.ParticipantId, l.Value.Kind))];
    }

    private async Task Configure(Guid who, string level)
    {
        foreach (var (mid, line) in lines.Where(l => l.Value.Kind == "video" && l.Value.Feed.ParticipantId == who))
        {
            var stream = new JsonObject { ["mid"] = mid, ["send"] = level != "off" };
            if (level != "off")
                stream["substream"] = level == "high" ? 2 : 0;
            await janus.Ask(
                receiver,
                new JsonObject { ["request"] = "configure", ["streams"] = new JsonArray(stream) },
                null,
                CancellationToken.None
            );
        }
    }

    private void HeardPublisher(JsonObject heard)
    {
        if (heard["janus"]?.GetValue<string>() == "hangup")
            InBackground(() => listener.Broken(epoch));
        if (heard["plugindata"]?["data"] is not JsonObject data)
            return;
        InBackground(() =>
            gate.Do(() =>
            {
                Learn(data["publishers"]);
                if (Feed.Parse((data["leaving"] ?? data["unpublished"] ?? data["kicked"])?.ToString()) is { } gone)
                {
                    // The server takes it out of what we receive by itself, and offers what remains.
                    feeds.Remove(gone);
                    received.Remove(gone);
                }
                return Receive();
            })
        );
    }

    private void HeardReceiver(JsonObject heard)
    {
        if (heard["janus"]?.GetValue<string>() == "hangup")
            InBackground(() => listener.Broken(epoch));
        if (heard["jsep"]?["sdp"]?.GetValue<string>() is not { } sdp)
            return;
        InBackground(() => gate.Do(() => Offer(sdp, heard)));
    }

    private Task Offer(string sdp, JsonObject answer)
    {
        offers++;
        return listener.Offered(epoch, sdp, ReadLines(answer["plugindata"]!["data"]!["streams"]));
    }

    private async Task LookWhoSends()
    {
        var request = new JsonObject { ["request"] = "listparticipants", ["room"] = room };
        var answer = await janus.Ask(publisher, request, null, CancellationToken.None);
        var there = answer["plugindata"]!["data"]!["participants"]!.AsArray();
        feeds.Clear();
        Learn(new JsonArray([.. there.Where(p => p!["publisher"]?.GetValue<bool>() == true).Select(p => p!.DeepClone())]));
    }

    private void Learn(JsonNode? publishers)
    {
        foreach (var one in publishers?.AsArray() ?? [])
        {
            if (Feed.Parse(one!["id"]?.GetValue<string>()) is { } feed)
                feeds.Add(feed);
        }
    }

    // In the order in which the server said it: the same participant's leaving and coming again, taken the other way round, would
    // leave them unheard for good.
    private void InBackground(Func<Task> work)
    {
        lock (inOrder)
            background = After(background, work);
    }

    private async Task After(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await work();
        }
        catch (Exception e) when (e is MediaFault or TimeoutException or OperationCanceledException)
        {
            if (!stopped)
                await listener.Broken(epoch);
        }
    }
}

/// <summary>What somebody sends, through one connection: a ghost of an earlier connection has another name.</summary>
public sealed record Feed(Guid ParticipantId, Guid ConnectionId)
{
    public override string ToString() => $"{ParticipantId:N}-{ConnectionId:N}";

    public static Feed? Parse(string? text) =>
        text is { Length: 65 }
        && Guid.TryParseExact(text[..32], "N", out var participant)
        && Guid.TryParseExact(text[33..], "N", out var connection)
            ? new Feed(participant, connection)
            : null;
}
