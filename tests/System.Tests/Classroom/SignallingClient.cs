using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Stages.Testing;

namespace Stages.SystemTests.Classroom;

/// <summary>
/// A participant without a browser: the page's own steps, link, seat and signalling, over real HTTP and a real WebSocket.
/// </summary>
public sealed class SignallingClient : IDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<JsonElement> welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mediaReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<(string Kind, JsonElement Content)> heard = [];
    private Action<SignallingClient, string, JsonElement>? told;
    private int next;

    public Guid ParticipantId { get; private set; }

    public string Cookie { get; private set; } = "";

    public Task Closed => closed.Task;

    /// <summary>Ends when the participant is told that they are in class.</summary>
    public Task Admitted => admitted.Task;

    /// <summary>Ends when the service has a place for the participant at a media server.</summary>
    public Task MediaReady => mediaReady.Task;

    /// <summary>Follows a personal link as the page does: the ticket becomes a seat.</summary>
    public static async Task<HttpResponseMessage> Redeem(
        HttpClient http,
        Uri address,
        Guid moduleId,
        string ticket,
        string? attempt = null
    ) =>
        await http.PostAsJsonAsync(
            new Uri(address, "/classroom/enter"),
            new
            {
                moduleId,
                ticket,
                attempt,
            }
        );

    /// <summary>As the page does: whoever is told that nobody can answer now asks again.</summary>
    private static async Task<HttpResponseMessage> Insist(HttpClient http, Uri address, Guid moduleId, string ticket)
    {
        var attempt = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        return await Eventually.Is(
            () => Redeem(http, address, moduleId, ticket, attempt),
            answer => answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable),
            TimeSpan.FromSeconds(120)
        );
    }

    /// <param name="told">Hears what the service tells, in its order.</param>
    public static async Task<SignallingClient> Enter(
        HttpClient http,
        Uri address,
        Guid moduleId,
        string link,
        Action<SignallingClient, string, JsonElement>? told = null
    )
    {
        using var answer = await Insist(http, address, moduleId, link.Split('#')[1]);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        var client = new SignallingClient
        {
            ParticipantId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("participantId").GetGuid(),
            Cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0],
            told = told,
        };
        await client.Connect(address, moduleId);
        return client;
    }

    /// <summary>The same seat anew, as a reload of the page does, perhaps through another copy; refused by an exception.</summary>
    public static async Task<SignallingClient> Return(
        Uri address,
        Guid moduleId,
        Guid participant,
        string cookie,
        Action<SignallingClient, string, JsonElement>? told = null
    )
    {
        var client = new SignallingClient
        {
            ParticipantId = participant,
            Cookie = cookie,
            told = told,
        };
        await client.Connect(address, moduleId);
        return client;
    }

    /// <summary>When anything came, also a sign of life.</summary>
    public long LastHeard { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>Reads no more, as a page that hangs; what it is told waits for it.</summary>
    public bool Hangs { get; set; }

    /// <summary>What the service has told of this kind.</summary>
    public IReadOnlyList<JsonElement> Heard(string kind) => [.. heard.Where(h => h.Kind == kind).Select(h => h.Content)];

    /// <summary>Completes with what the service tells who has come.</summary>
    public Task<JsonElement> Welcome => welcome.Task;

    public static Task<HttpResponseMessage> Knock(HttpClient http, Uri address, Guid moduleId, Guid participantId, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/hubs/room?module={moduleId}&seat={participantId}"));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return http.SendAsync(request);
    }

    public async Task<JsonElement> Call(string target, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref next).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (calls)
            calls[id] = answer;
        await Send(
            JsonSerializer.Serialize(
                new
                {
                    type = 1,
                    invocationId = id,
                    target,
                    arguments,
                }
            )
        );
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A line of the pen.</summary>
    public Task<JsonElement> Draw(string sheet, Guid id, params int[] points) => Call("Draw", sheet, Pen(id, points));

    public static object Pen(Guid id, params int[] points) =>
        new
        {
            id,
            points,
            colour = "#102030",
            width = 4,
            kind = "pen",
        };

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
        sending.Dispose();
    }

    private async Task Connect(Uri address, Guid moduleId)
    {
        socket.Options.SetRequestHeader("Cookie", Cookie);
        await socket.ConnectAsync(
            new UriBuilder(address)
            {
                Scheme = "ws",
                Path = "/hubs/room",
                Query = $"module={moduleId}&seat={ParticipantId}",
            }.Uri,
            default
        );
        await Send("{\"protocol\":\"json\",\"version\":1}");
        _ = Task.Run(Read);
    }

    private async Task Send(string text)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text + End), WebSocketMessageType.Text, true, default);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Read()
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        try
        {
            while (!Hangs && await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
            {
                LastHeard = TimeProvider.System.GetTimestamp();
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                if (!part.EndOfMessage)
                    continue;
                foreach (var message in text.ToString().Split(End, StringSplitOptions.RemoveEmptyEntries))
                    await Take(JsonDocument.Parse(message).RootElement);
                text.Clear();
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side, or the test, has ended it.
        }
        closed.TrySetResult();
        // Nobody answers any more.
        lock (calls)
        {
            foreach (var one in calls.Values)
                one.TrySetException(new InvalidOperationException("the connection has ended"));
            calls.Clear();
        }
    }

    private async Task Take(JsonElement message)
    {
        if (!message.TryGetProperty("type", out var type))
            return;
        switch (type.GetInt32())
        {
            case 1:
                var target = message.GetProperty("target").GetString();
                told?.Invoke(this, target!, message.GetProperty("arguments") is { } all && all.GetArrayLength() > 0 ? all[0] : default);
                if (message.GetProperty("arguments") is { } said && said.GetArrayLength() > 0)
                    heard.Enqueue((target!, said[0]));
                if (target == "welcome")
                {
                    var content = message.GetProperty("arguments")[0];
                    welcome.TrySetResult(content);
                    if (content.GetProperty("roster").GetProperty("admitted").GetBoolean())
                        admitted.TrySetResult();
                }
                else if (target == "roster" && message.GetProperty("arguments")[0].GetProperty("admitted").GetBoolean())
                    admitted.TrySetResult();
                else if (target == "media" && message.GetProperty("arguments")[0].GetProperty("ready").GetBoolean())
                    mediaReady.TrySetResult();
                break;
            case 3:
                TaskCompletionSource<JsonElement>? waiting;
                lock (calls)
                    calls.Remove(message.GetProperty("invocationId").GetString()!, out waiting);
                if (message.TryGetProperty("error", out var error))
                    waiting?.TrySetException(new InvalidOperationException(error.GetString()));
                else
                    waiting?.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
                break;
            case 6:
                await Send("{\"type\":6}");
                break;
        }
    }
}
