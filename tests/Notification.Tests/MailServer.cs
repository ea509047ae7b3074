extern alias sink;
using Microsoft.Extensions.Logging.Abstractions;
using sink::Stages.MailSink;

namespace Stages.Notifications.Tests;

/// <summary>
/// The mail server of a local run, real SMTP over TCP, on a port and a folder of its own; can be stopped and started again.
/// </summary>
public sealed class MailServer(string folder) : MailFolder(folder), IAsyncDisposable
{
    private readonly string folder = folder;
    private SmtpReceiver? receiver;

    public MailServer()
        : this(Directory.CreateTempSubdirectory("stages-mails-").FullName) { }

    public int Port { get; } = ServiceProcess.FreePort();

    public async Task Start()
    {
        receiver = new SmtpReceiver(new Mailbox(folder, TimeProvider.System), Port, NullLogger<SmtpReceiver>.Instance);
        await receiver.StartAsync(CancellationToken.None);
    }

    public async Task Stop()
    {
        if (receiver is null)
            return;
        await receiver.StopAsync(CancellationToken.None);
        receiver.Dispose();
        receiver = null;
    }

    /// <summary>
    /// Tells a service of a campaign and waits until it sends mail about it. A service is ready with its database and has its queue a
    /// moment later: what is said before that is said again, as the same message.
    /// </summary>
    public async Task Probe(
        Guid campaign,
        Func<Contracts.Scheduling.CampaignOpened, Guid?, Task> open,
        Func<Contracts.Enrolment.EnrolmentAcknowledged, Guid?, Task> acknowledge
    )
    {
        var (address, opened, acknowledged) = ($"probe-{campaign:N}@ready.example", Some.Id(), Some.Id());
        var probe = Some.Acknowledged(campaign, Some.Id(), Some.Guardian(address));
        var last = TimeSpan.MinValue;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.True(async () =>
        {
            if (watch.Elapsed - TimeSpan.FromSeconds(1) > last)
            {
                last = watch.Elapsed;
                await open(Some.CampaignOpened(campaign), opened);
                await acknowledge(probe, acknowledged);
            }
            return To(address).Count > 0;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(folder, recursive: true);
    }
}
