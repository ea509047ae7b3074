using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Stages.Classrooms.Media;

namespace Stages.Classrooms.Live;

/// <summary>
/// Opened by the self-check, days before a class and without a seat, to see by which way a network lets the signalling through. It says
/// nothing but which relays there are, and is closed when nobody closes it.
/// </summary>
[AllowAnonymous]
public sealed class CheckHub(TimeProvider clock, IOptions<ClassroomOptions> options) : Hub
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public override Task OnConnectedAsync()
    {
        var context = Context;
        var over = new CancellationTokenSource(Longest, clock);
        over.Token.Register(context.Abort);
        context.ConnectionAborted.Register(over.Dispose);
        return Task.CompletedTask;
    }

    /// <summary>For a moment, and to nowhere: a relay passes on to the media servers alone, where nobody is without a seat.</summary>
    public object[] Relays() => TurnCredentials.Until(options.Value.Turn, Guid.Empty, clock.GetUtcNow() + Longest);
}
