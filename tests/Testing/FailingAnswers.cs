using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stages.Testing;

/// <summary>What a server that is not ours may answer on a bad day, for a real one of a test to answer instead.</summary>
public static class FailingAnswers
{
    public static readonly IReadOnlyDictionary<string, Func<HttpContext, Task>> All = new Dictionary<string, Func<HttpContext, Task>>(
        StringComparer.Ordinal
    )
    {
        ["error 500"] = http => Say(http, 500, "text/html", "<html><body>Stack trace"),
        ["not found"] = http => Say(http, 404, "text/html", "<html><body>nginx"),
        ["proxy without a server"] = http => Say(http, 502, "text/html", "<html><body>Bad gateway"),
        ["busy"] = http => Say(http, 503, "text/plain", ""),
        ["too many"] = http => Say(http, 429, "text/plain", "slow down"),
        ["elsewhere"] = http =>
        {
            http.Response.Redirect("http://127.0.0.1:9/login");
            return Task.CompletedTask;
        },
        ["a page"] = http => Say(http, 200, "text/html", "<!DOCTYPE html><html><body>Maintenance</body></html>"),
        ["nothing"] = http => Say(http, 200, "text/plain", ""),
        ["no text"] = http => Say(http, 200, "text/xml", "\u0000\u0001\uFFFD{<"),
        ["half an answer"] = async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("<response><returncode>SUCC");
            await http.Response.Body.FlushAsync();
            http.Abort();
        },
        ["nobody there"] = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        },
        ["without an end"] = async http =>
        {
            var some = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(some, http.RequestAborted);
        },
        ["silent after its first word"] = async http =>
        {
            await http.Response.WriteAsync("<response>");
            await http.Response.Body.FlushAsync();
            await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
        },
    };

    private static Task Say(HttpContext http, int status, string type, string body)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, type);
        return http.Response.WriteAsync(body);
    }
}

/// <summary>A server that answers one and the same to everything; nobody is there at first.</summary>
public sealed class FailingServer : IAsyncDisposable
{
    private readonly WebApplication app;

    public FailingServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(http => Answer(http));
        ((IHost)app).Start();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string Address { get; }

    public Func<HttpContext, Task> Answer { get; set; } = FailingAnswers.All["nobody there"];

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
