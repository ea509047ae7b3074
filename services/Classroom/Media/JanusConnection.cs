using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stages.Classrooms.Media;

/// <summary>The media server said no, or does not answer.</summary>
public sealed class MediaFault(string message, int code = 0) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>VideoRoom: the room exists already.</summary>
    public const int RoomExists = 427;

    /// <summary>VideoRoom: no such room.</summary>
    public const int NoSuchRoom = 426;

    /// <summary>VideoRoom: nobody sends under this name.</summary>
    public const int NoSuchFeed = 428;
}

/// <summary>
/// One WebSocket from this copy to one media server (Janus), with one session for all its participants. When it breaks, the
/// server forgets the session and all of us begin again: there is nothing to clean up on either side.
/// </summary>
public sealed class JanusConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>It forgets a session that is silent for half a minute; and one that hangs is to be left soon.</summary>
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AliveWithin = TimeSpan.FromSeconds(4);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Action<JsonObject>> handles = [];
    private readonly CancellationTokenSource closing = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MediaNodeOptions node;
    private long session;
    private long transactions;

    private JanusConnection(MediaNodeOptions node) => this.node = node;

    public string Node => node.Name;

    public string? Ip => node.Ip;

    /// <summary>Ends when the server is gone.</summary>
    public Task Closed => closed.Task;

    public bool IsOpen => !closed.Task.IsCompleted;

    /// <summary>Handle through which rooms are made and moderated.</summary>
    public long Control { get; private set; }

    public static async Task<JanusConnection> Open(MediaNodeOptions node, TimeProvider clock, CancellationToken cancel)
    {
        var connection = new JanusConnection(node);
        try
        {
            connection.socket.Options.AddSubProtocol("janus-protocol");
            using var way = WayTo(node);
            await connection.socket.ConnectAsync(new Uri(node.Address), way, cancel);
            _ = Task.Run(connection.Read, CancellationToken.None);
            connection.session = Id(await connection.Request(new JsonObject { ["janus"] = "create" }, cancel));
            connection.Control = await connection.Attach(_ => { }, cancel);
            _ = Task.Run(() => connection.KeepAlive(clock), CancellationToken.None);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>To the address that was found, under the name of which its certificate speaks; null: to wherever the name leads.</summary>
    private static HttpMessageInvoker? WayTo(MediaNodeOptions node) =>
        node.Ip is null
            ? null
            : new HttpMessageInvoker(
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    ConnectCallback = async (asked, cancel) =>
                    {
                        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                        try
                        {
                            await tcp.ConnectAsync(IPAddress.Parse(node.Ip), asked.DnsEndPoint.Port, cancel);
                            return new NetworkStream(tcp, ownsSocket: true);
                        }
                        catch
                        {
                            tcp.Dispose();
                            throw;
                        }
                    },
                }
            );

    /// <param name="heard">Called in order for each event of the handle; must not block.</param>
    public async Task<long> Attach(Action<JsonObject> heard, CancellationToken cancel, string plugin = "janus.plugin.videoroom")
    {
        var handle = Id(await Request(new JsonObject { ["janus"] = "attach", ["plugin"] = plugin }, cancel));
        handles[handle] = heard;
        return handle;
    }

    public async Task Detach(long handle)
    {
        handles.TryRemove(handle, out _);
        if (!IsOpen)
            return;
        await Request(new JsonObject { ["janus"] = "detach", ["handle_id"] = handle }, CancellationToken.None);
    }

    /// <summary>Asks the plugin; returns its whole answer, with <c>plugindata.data</c> and perhaps <c>jsep</c>.</summary>
    /// <exception cref="MediaFault">The plugin refused.</exception>
    public async Task<JsonObject> Ask(long handle, JsonObject body, JsonObject? jsep, CancellationToken cancel)
    {
        var message = new JsonObject
        {
            ["janus"] = "message",
            ["handle_id"] = handle,
            ["body"] = body,
        };
        if (jsep is not null)
            message["jsep"] = jsep;
        var answer = await Request(message, cancel);
        if (answer["plugindata"]?["data"] is JsonObject data && data["error_code"] is { } code)
            throw new MediaFault(data["error"]?.GetValue<string>() ?? "refused", code.GetValue<int>());
        return answer;
    }

    public Task Trickle(long handle, JsonNode candidate, CancellationToken cancel) =>
        Request(
            new JsonObject
            {
                ["janus"] = "trickle",
                ["handle_id"] = handle,
                ["candidate"] = candidate,
            },
            cancel,
            acknowledged: true
        );

    /// <summary>Makes the room unless it stands. Nobody who does not know its secrets enters, moderates or ends it.</summary>
    public async Task MakeRoom(string room, RoomSecrets secrets, CancellationToken cancel)
    {
        try
        {
            await Ask(
                Control,
                new JsonObject
                {
                    ["request"] = "create",
                    ["room"] = room,
                    ["admin_key"] = node.RoomKey,
                    ["secret"] = secrets.Moderate,
                    ["pin"] = secrets.Enter,
                    ["permanent"] = false,
                    ["is_private"] = true,
                    ["publishers"] = 100,
                    ["bitrate"] = 1_500_000,
                    ["fir_freq"] = 10,
                    ["require_pvtid"] = true,
                    ["audiocodec"] = "opus",
                    ["videocodec"] = "vp8",
                    ["opus_fec"] = true,
                    ["record"] = false,
                    ["lock_record"] = true,
                    ["notify_joining"] = false,
                },
                null,
                cancel
            );
        }
        catch (MediaFault fault) when (fault.Code == MediaFault.RoomExists)
        {
            // Another participant, perhaps through another copy, was faster.
        }
    }

    private static long Id(JsonObject answer) => answer["data"]!["id"]!.GetValue<long>();

    private async Task<JsonObject> Request(JsonObject message, CancellationToken cancel, bool acknowledged = false)
    {
        var transaction = Interlocked.Increment(ref transactions).ToString(System.Globalization.CultureInfo.InvariantCulture);
        message["transaction"] = acknowledged ? "a" + transaction : transaction;
        message["apisecret"] = node.ApiSecret;
        if (session != 0)
            message["session_id"] = session;
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var key = message["transaction"]!.GetValue<string>();
        waiting[key] = answer;
        try
        {
            await Send(message, cancel);
            return await answer.Task.WaitAsync(Patience, cancel);
        }
        finally
        {
            waiting.TryRemove(key, out _);
        }
    }

    private async Task Send(JsonObject message, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            if (!IsOpen)
                throw new MediaFault("the media server is gone");
            await socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message),
                WebSocketMessageType.Text,
                endOfMessage: true,
                closing.Token
            );
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            throw new MediaFault("the media server is gone: " + e.Message);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Read()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                message.SetLength(0);
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token);
                    if (part.MessageType == WebSocketMessageType.Close)
                        return;
                    message.Write(buffer, 0, part.Count);
                } while (!part.EndOfMessage);
                if (JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length)) is JsonObject heard)
                    Dispatch(heard);
            }
        }
        catch (Exception e)
            when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or JsonException)
        {
            // Whatever broke, the session on the other side is gone with the socket.
        }
        finally
        {
            closed.TrySetResult();
            foreach (var one in waiting.Values)
                one.TrySetException(new MediaFault("the media server is gone"));
        }
    }

    private void Dispatch(JsonObject heard)
    {
        var kind = heard["janus"]?.GetValue<string>();
        if (heard["transaction"]?.GetValue<string>() is { } transaction && waiting.TryGetValue(transaction, out var answer))
        {
            // "ack" says that the true answer follows as an event, save for candidates, which have none.
            if (kind == "ack" && !transaction.StartsWith('a'))
                return;
            if (kind == "error")
                answer.TrySetException(
                    new MediaFault(heard["error"]?["reason"]?.GetValue<string>() ?? "error", heard["error"]?["code"]?.GetValue<int>() ?? 0)
                );
            else
                answer.TrySetResult(heard);
            return;
        }
        if (kind == "timeout")
            closing.Cancel();
        if (heard["sender"]?.GetValue<long>() is { } sender && handles.TryGetValue(sender, out var listener))
            listener(heard);
    }

    private async Task KeepAlive(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(KeepAliveEvery, clock);
        try
        {
            while (IsOpen && await timer.WaitForNextTickAsync(closing.Token))
                await Request(new JsonObject { ["janus"] = "keepalive" }, closing.Token, acknowledged: true)
                    .WaitAsync(AliveWithin, clock, closing.Token);
        }
        catch (Exception e) when (e is MediaFault or TimeoutException or OperationCanceledException)
        {
            // A server that does not even answer this is as good as gone.
            await closing.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        socket.Abort();
        socket.Dispose();
        closed.TrySetResult();
    }
}

/// <summary>
/// What only our service knows of a room. Derived from the server's own key, so that every copy knows the same and none is
/// stored.
/// </summary>
public sealed record RoomSecrets(string Enter, string Moderate)
{
    public static RoomSecrets Of(MediaNodeOptions node, string room) => new(Derive(node, "enter", room), Derive(node, "moderate", room));

    private static string Derive(MediaNodeOptions node, string use, string room) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.HMACSHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(node.RoomKey),
                System.Text.Encoding.UTF8.GetBytes($"{use}:{room}")
            )
        );
}
