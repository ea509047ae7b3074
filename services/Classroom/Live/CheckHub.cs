using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms.Media;

namespace Stages.Classrooms.Live;

/// <summary>
/// Opened by the self-check, days before a class and without a seat, to see by which way a network lets the signalling through, and whether
/// one's voice gets to a media server and back. It says nothing but which relays there are, and is closed when nobody closes it.
/// </summary>
[AllowAnonymous]
public sealed class CheckHub(TestRooms rooms, TimeProvider clock, IOptions<ClassroomOptions> options) : Hub
{
    private const string Room = "test room";

    private const int LongestOffer = 20_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public override Task OnConnectedAsync()
    {
        var context = Context;
        var over = new CancellationTokenSource(Longest, clock);
        over.Token.Register(context.Abort);
        context.ConnectionAborted.Register(over.Dispose);
        return Task.CompletedTask;
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(Room, out var room) && room is TestRooms.TestRoom own)
            await own.Leave();
    }

    /// <summary>For a moment, and to nowhere: a relay passes on to the media servers alone, where nobody is without a seat.</summary>
    public object[] Relays() => TurnCredentials.Until(options.Value.Turn, Guid.Empty, clock.GetUtcNow() + Longest);

    /// <summary>One test room for a connection, while that stands: the media server's answer; null when there is no room now.</summary>
    public async Task<string?> Echo(string sdp)
    {
        if (sdp.Length > LongestOffer || !Context.Items.TryAdd(Room, null))
            return null;
        if (await rooms.Open(Context.ConnectionAborted) is not { } room)
            return null;
        Context.Items[Room] = room;
        try
        {
            return await room.Enter(sdp, Context.ConnectionAborted);
        }
        catch (Exception e) when (e is MediaFault or TimeoutException or OperationCanceledException)
        {
            await room.Leave();
            return null;
        }
    }
}
