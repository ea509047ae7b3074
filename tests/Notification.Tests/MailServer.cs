extern alias sink;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using sink::Stages.MailSink;

namespace Stages.Notifications.Tests;

/// <summary>
/// The mail server of a local run, real SMTP over TCP, on a port and a folder of its own; can be stopped and started again.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-mails-").FullName;
    private readonly ConcurrentDictionary<string, MimeMessage> read = new(StringComparer.Ordinal);
    private SmtpReceiver? receiver;

    public int Port { get; } = ServiceProcess.FreePort();

    public int Count => Directory.EnumerateFiles(folder, "*.eml").Count();

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

    /// <summary>Everything that has arrived so far, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Mails =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.eml")
                .Order(StringComparer.Ordinal)
                .Select(f => read.GetOrAdd(f, static path => MimeMessage.Load(path))),
        ];

    public IReadOnlyList<MimeMessage> To(string address) => [.. Mails.Where(m => m.Headers["Delivered-To"] == address)];

    /// <summary>Waits until this address has this many mails (of a kind) and answers with them.</summary>
    public Task<IReadOnlyList<MimeMessage>> Gets(string address, int count = 1, string? kind = null, TimeSpan? patience = null) =>
        Eventually.Is(
            () =>
                Task.FromResult<IReadOnlyList<MimeMessage>>([
                    .. To(address).Where(m => kind is null || m.Headers["X-Stages-Kind"] == kind),
                ]),
            mails => mails.Count >= count,
            patience,
            $"{count} mails {kind} to {address}"
        );

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
