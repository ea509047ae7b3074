using System.Collections.Concurrent;
using System.Globalization;

namespace Stages.Classrooms.Media;

/// <summary>This copy's connections to the media servers: opened when needed, opened again when broken.</summary>
public sealed class MediaNodes(IOptions<ClassroomOptions> options, TimeProvider clock, ILogger<MediaNodes> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    private volatile MediaNodeOptions[] found = [];

    /// <summary>False where classes are held without any.</summary>
    public bool AreUsed => options.Value.MediaNodes.Length > 0 || options.Value.MediaSearch.IsOn;

    /// <summary>Those that are listed, and those that were found.</summary>
    public IReadOnlyList<MediaNodeOptions> All => [.. options.Value.MediaNodes, .. found];

    public bool Knows(string name) => All.Any(n => n.Name == name);

    /// <exception cref="MediaFault">It is gone.</exception>
    public MediaNodeOptions Settings(string name) =>
        All.FirstOrDefault(n => n.Name == name) ?? throw new MediaFault($"media server {name} is gone");

    /// <summary>What has been found last; whoever was there before and is not there now is gone.</summary>
    public void Take(MediaServersFound? now)
    {
        var search = options.Value.MediaSearch;
        found =
        [
            .. (now?.Servers ?? []).Select(s => new MediaNodeOptions
            {
                Name = s.Name,
                Address = $"{search.Scheme}://{s.Host}:{s.Port.ToString(CultureInfo.InvariantCulture)}",
                Ip = s.Ip,
                ApiSecret = search.ApiSecret,
                RoomKey = search.RoomKey,
                Capacity = search.Capacity,
            }),
        ];
    }

    /// <exception cref="MediaFault">It does not answer.</exception>
    public async Task<JanusConnection> Connect(string name, CancellationToken cancel)
    {
        var slot = slots.GetOrAdd(name, _ => new Slot());
        if (Open(slot, name) is { } open)
            return open;
        await slot.Gate.WaitAsync(cancel);
        try
        {
            if (Open(slot, name) is { } now)
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

    /// <summary>One that stands, and to where the server is now: a name may come back at another address.</summary>
    private JanusConnection? Open(Slot slot, string name) =>
        slot.Connection is { IsOpen: true } open && open.Ip == Settings(name).Ip ? open : null;

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
