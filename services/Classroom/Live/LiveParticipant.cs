using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Stages.Classrooms.Live;

/// <summary>What a participant's browser says of itself; shown to the others, and nothing depends on it.</summary>
/// <param name="Quality"><c>good</c>, <c>weak</c> or <c>audio</c>, as the browser measured it.</param>
public sealed record MediaFlags(bool Microphone = false, bool Camera = false, bool Sharing = false, string Quality = "good");

/// <summary>One connection of this copy: its browser, and its seat at the media server, which is taken again whenever it is lost.</summary>
public sealed class LiveParticipant(
    Guid moduleId,
    Guid participantId,
    Guid connectionId,
    string role,
    HubCallerContext context,
    ISingleClientProxy client,
    TimeProvider clock
) : IMediaListener
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>A server that does not answer for so long is given up.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource gone = new();

    /// <summary>So many are unread when somebody no longer reads: a class in which six draw says a hundred in a second.</summary>
    private const int MostUnread = 1000;

    /// <summary>For the last word to somebody who goes.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    private readonly Channel<(string Kind, object? Content)> outbox = Channel.CreateBounded<(string, object?)>(
        new BoundedChannelOptions(MostUnread) { SingleReader = true }
    );

    private readonly SemaphoreSlim enforcing = new(1);
    private CancellationTokenSource? round;
    private Running? running;
    private int epoch;

    public Guid ParticipantId => participantId;

    public Guid ConnectionId => connectionId;

    public Actor Actor { get; } = new(participantId, role);

    /// <summary>What was said before that waits until they have seen the class.</summary>
    public bool Welcomed { get; set; }

    /// <summary>Told that they have no place here any more.</summary>
    public bool Leaves { get; private set; }

    /// <summary>In this order, without waiting: who has stopped reading is dropped, and comes back if they can.</summary>
    public void Send(string kind, object content)
    {
        if (!outbox.Writer.TryWrite((kind, content)) && !Leaves)
            context.Abort();
    }

    /// <summary>The last word.</summary>
    public void Leave(string kind)
    {
        if (Leaves)
            return;
        Leaves = true;
        outbox.Writer.TryWrite((kind, null));
        outbox.Writer.TryComplete();
        var over = new CancellationTokenSource(LastWord, clock);
        over.Token.Register(context.Abort);
        context.ConnectionAborted.Register(over.Dispose);
    }

    /// <summary>Welcomed: what has been said meanwhile follows.</summary>
    public void Begin() => _ = Task.Run(Speak);

    private async Task Speak()
    {
        try
        {
            await foreach (var (kind, content) in outbox.Reader.ReadAllAsync(context.ConnectionAborted))
                await (content is null ? client.SendAsync(kind) : client.SendAsync(kind, content));
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            // They have gone.
        }
        context.Abort();
    }

    /// <summary>What the media server is told of them, in order.</summary>
    public Task OneByOne(Func<Task> work) => enforcing.Do(work);

    /// <summary>By the teacher, until they speak or show themselves again.</summary>
    public bool SoundMuted { get; private set; }

    public bool PictureMuted { get; private set; }

    public void Mute(bool sound) => (SoundMuted, PictureMuted) = (SoundMuted || sound, PictureMuted || !sound);

    /// <summary>Whether what they show now ends a mute.</summary>
    public bool Unmute(MediaFlags now)
    {
        var before = (SoundMuted, PictureMuted);
        (SoundMuted, PictureMuted) = (SoundMuted && !now.Microphone, PictureMuted && !(now.Camera || now.Sharing));
        return before != (SoundMuted, PictureMuted);
    }

    public DateTimeOffset LastHeard { get; set; }

    /// <summary>Null while waiting at the door, or while the media server is away.</summary>
    public MediaSeat? Media { get; private set; }

    public Feed Feed { get; } = new(participantId, connectionId);

    public void StartMedia(
        MediaNodes nodes,
        Placements placements,
        Func<Feed, bool> hears,
        Func<LiveParticipant, Task> seated,
        Func<string, Task> placed,
        ILogger logger
    )
    {
        if (running is not null)
            return;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        running = new Running(Task.Run(() => Run(nodes, placements, hears, seated, placed, logger, stop.Token)), stop);
    }

    private sealed record Running(Task Work, CancellationTokenSource Stop);

    /// <summary>Not let in any more, for a while: heard by nobody and hearing nobody.</summary>
    public async Task StopMedia()
    {
        // By one alone: a class that pauses and a browser that goes may both come to it at once.
        if (Interlocked.Exchange(ref running, null) is not { } now)
            return;
        await now.Stop.CancelAsync();
        await now.Work;
        now.Stop.Dispose();
    }

    /// <summary>The class moved to another server, or the path broke.</summary>
    public void RestartMedia() => round?.Cancel();

    public async Task End()
    {
        await gone.CancelAsync();
        await StopMedia();
    }

    public Task Offered(int epoch, string sdp, IReadOnlyList<ReceivedStream> streams) =>
        client.SendAsync(
            "offer",
            new
            {
                epoch,
                sdp,
                streams,
            }
        );

    public Task Broken(int epoch)
    {
        if (epoch == this.epoch)
            RestartMedia();
        return Task.CompletedTask;
    }

    private async Task Run(
        MediaNodes nodes,
        Placements placements,
        Func<Feed, bool> hears,
        Func<LiveParticipant, Task> seated,
        Func<string, Task> placed,
        ILogger logger,
        CancellationToken stopped
    )
    {
        using var retry = new PeriodicTimer(RetryEvery, clock);
        DateTimeOffset? failingSince = null;
        while (!stopped.IsCancellationRequested)
        {
            string? node = null;
            try
            {
                using var now = CancellationTokenSource.CreateLinkedTokenSource(stopped);
                round = now;
                node = await placements.NodeOf(moduleId, now.Token) ?? throw new MediaFault("no media server accepts this class");
                var janus = await nodes.Connect(node, now.Token);
                var seat = new MediaSeat(janus, nodes.Settings(node), moduleId, participantId, connectionId, ++epoch, hears, this);
                try
                {
                    await client.SendAsync("media", new { epoch, ready = false }, now.Token);
                    await seat.Start(now.Token);
                    // From here on the browser's answers find their seat, so from here on it may be offered something.
                    Media = seat;
                    await seated(this);
                    await placed(node);
                    await seat.Refresh();
                    await client.SendAsync("media", new { epoch, ready = true }, now.Token);
                    failingSince = null;
                    await Task.WhenAny(janus.Closed, Cancelled(now.Token));
                }
                finally
                {
                    Media = null;
                    await seat.Stop();
                }
                if (!stopped.IsCancellationRequested)
                    await client.SendAsync("media", new { epoch, ready = false }, stopped);
            }
            // Whatever it was: somebody's sound hangs on this loop, and ends with it.
            catch (Exception e)
            {
                if (stopped.IsCancellationRequested)
                    break;
                failingSince ??= clock.GetUtcNow();
                var expected = e is MediaFault or TimeoutException or OperationCanceledException;
                logger.Log(expected ? LogLevel.Debug : LogLevel.Warning, e, "Class {Module}: no media yet", moduleId);
                if (node is not null && e is MediaFault && clock.GetUtcNow() - failingSince > GiveUpAfter)
                    await Quietly(() => placements.MarkUnreachable(node, stopped), logger);
            }
            await Quietly(async () => await retry.WaitForNextTickAsync(stopped), logger);
        }
    }

    private static async Task Cancelled(CancellationToken token)
    {
        var done = new TaskCompletionSource();
        await using var _ = token.Register(() => done.TrySetResult());
        await done.Task;
    }

    private static async Task Quietly(Func<Task> work, ILogger logger)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Ended meanwhile.
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Tried again with the next round");
        }
    }
}
