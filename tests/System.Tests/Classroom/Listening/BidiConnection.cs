using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Stages.SystemTests.Classroom.Listening;

/// <summary>WebDriver BiDi: commands with a number, and their answers; of what happens without being asked nothing is wanted.</summary>
internal sealed class BidiConnection : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> asked = [];
    private int last;

    public async Task Open(Uri address)
    {
        await socket.ConnectAsync(address, CancellationToken.None);
        _ = Task.Run(Read);
        await Ask("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
    }

    public async Task<JsonNode> Ask(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref last);
        var answer = asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var text = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters,
        }.ToJsonString();
        await one.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            one.Release();
        }
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task Read()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            foreach (var (_, answer) in asked)
                answer.TrySetException(new IOException("Firefox has hung up.", e));
        }
    }

    private void Take(JsonNode said)
    {
        if (said["id"] is not JsonValue id || !asked.TryRemove(id.GetValue<int>(), out var answer))
            return;
        if (said["type"]?.GetValue<string>() == "error")
            answer.TrySetException(new InvalidOperationException($"{said["error"]}: {said["message"]}"));
        else
            answer.TrySetResult(said["result"]!);
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        one.Dispose();
        return ValueTask.CompletedTask;
    }
}
