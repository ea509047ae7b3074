using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Stages.Portal.Accounts;
using Stages.Vocabulary;

namespace Stages.Portal.Tests;

/// <summary>Streams of news that are open while their session ends.</summary>
public sealed class SessionStreamTests(PortalService portal)
{
    [Fact]
    public async Task a_stream_ends_with_its_session()
    {
        var (http, session) = await Open("text/event-stream");
        var stream = SessionStreams.EndWithSession(http, () => Runs(http));
        await portal.Services.GetRequiredService<SessionDesk>().End(session);
        await stream.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        http.RequestAborted.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task what_is_answered_at_once_is_not_watched()
    {
        var (http, _) = await Open("application/json");
        await SessionStreams.EndWithSession(http, () => Task.CompletedTask);
        http.RequestAborted.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task a_stream_that_ends_by_itself_is_left_alone()
    {
        var (http, _) = await Open("text/event-stream");
        await SessionStreams.EndWithSession(http, () => Task.CompletedTask);
        http.RequestAborted.IsCancellationRequested.ShouldBeFalse();
    }

    private async Task<(HttpContext Http, BrowserSession Session)> Open(string accept)
    {
        var caller = new Caller(PersonId.FromEmail("stream@sessions.example"), Roles.Teacher, "stream@sessions.example", null, null);
        var (_, session) = await portal.Services.GetRequiredService<SessionDesk>().Begin(caller, null, new Device("", ""), remember: false);
        var http = new DefaultHttpContext { RequestServices = portal.Services };
        http.Features.Set<IHttpRequestLifetimeFeature>(new Connection());
        http.Features.Set(new CurrentSession(session));
        http.Request.Headers.Accept = accept;
        return (http, session);
    }

    /// <summary>As long as the connection stands.</summary>
    private static async Task Runs(HttpContext http)
    {
        var over = new TaskCompletionSource();
        await using var _ = http.RequestAborted.Register(over.SetResult);
        await over.Task;
    }

    private sealed class Connection : IHttpRequestLifetimeFeature
    {
        private readonly CancellationTokenSource aborted = new();

        public Connection() => RequestAborted = aborted.Token;

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => aborted.Cancel();
    }
}
