using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Stages.Classrooms.Live;

/// <summary>
/// Opened by the self-check, days before a class and without a seat, to see by which way a network lets the signalling through. It says
/// nothing, does nothing, and is closed when nobody closes it.
/// </summary>
[AllowAnonymous]
public sealed class CheckHub(TimeProvider clock) : Hub
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
}
