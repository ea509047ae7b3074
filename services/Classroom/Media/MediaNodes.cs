using System.Collections.Concurrent;

namespace Stages.Classrooms.Media;

/// <summary>This copy's connections to the media servers: opened when needed, opened again when broken.</summary>
public sealed class MediaNodes(IOptions<ClassroomOptions> options, TimeProvider clock, ILogger<MediaNodes> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    public IReadOnlyList<MediaNodeOptions> All => options.Value.MediaNodes;

    public MediaNodeOptions Settings(string name) => All.First(n => n.Name == name);

    /// <exception cref="MediaFault">It does not answer.</exception>
    public async Task<JanusConnection> Connect(string name, CancellationToken cancel)
    {
        var slot = slots.GetOrAdd(name, _ => new Slot());
        if (slot.Connection is { IsOpen: true } open)
            return open;
        await slot.Gate.WaitAsync(cancel);
        try
        {
            if (slot.Connection is { IsOpen: true } now)
                return now;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(ConnectWithin);
            slot.Connection = await JanusConnection.Open(Settings(name), clock, limit.Token);
            logger.LogInformation("Media server {Node} is connected", name);
            return slot.Connection;
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or OperationCanceledException or TimeoutException)
        {
            throw new MediaFault($"media server {name} does not answer: {e.Message}");
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in slots.Values)
        {
            if (slot.Connection is not null)
                await slot.Connection.DisposeAsync();
            slot.Gate.Dispose();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public JanusConnection? Connection { get; set; }
    }
}
