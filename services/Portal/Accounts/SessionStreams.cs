namespace Stages.Portal.Accounts;

/// <summary>
/// A stream of news is let in once and stays open for hours: the session with which it came is looked at again while it runs, and
/// the stream ends with it.
/// </summary>
public static class SessionStreams
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static async Task EndWithSession(HttpContext http, Func<Task> next)
    {
        if (
            http.Features.Get<CurrentSession>() is not { Session.Id: var session }
            || !http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal)
        )
        {
            await next();
            return;
        }
        using var done = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watching = Watch(http, session, done.Token);
        try
        {
            await next();
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private static async Task Watch(HttpContext http, Guid session, CancellationToken done)
    {
        var desk = http.RequestServices.GetRequiredService<SessionDesk>();
        using var rhythm = new PeriodicTimer(Every, http.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            while (await rhythm.WaitForNextTickAsync(done))
                if (!await Stands(desk, session))
                {
                    http.Abort();
                    return;
                }
        }
        catch (OperationCanceledException)
        {
            // The stream has ended by itself.
        }
    }

    /// <summary>A database that is away for a moment ends no stream.</summary>
    private static async Task<bool> Stands(SessionDesk desk, Guid session)
    {
        try
        {
            return await desk.Stands(session);
        }
        catch (Exception e) when (Problems.IsUnavailable(e))
        {
            return true;
        }
    }
}
