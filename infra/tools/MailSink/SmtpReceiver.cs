using System.Net;
using SmtpServer;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace Stages.MailSink;

/// <summary>
/// The door of the mailbox: SmtpServer speaks the protocol, on loopback unless told otherwise, without encryption and password;
/// <see cref="Doorkeeper"/> says whom it takes mail for, <see cref="Keeper"/> writes it down.
/// </summary>
/// <param name="port">0 takes a free one; <see cref="Port"/> tells which.</param>
public sealed class SmtpReceiver(Mailbox mailbox, int port, ILogger<SmtpReceiver> logger, IPAddress? address = null) : BackgroundService
{
    /// <summary>Largest mail, in bytes; announced with SIZE.</summary>
    public const int LargestMail = 25 * 1024 * 1024;

    private readonly Connections connections = new(new IPEndPoint(address ?? IPAddress.Loopback, port));

    /// <summary>0 until it listens.</summary>
    public int Port { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Port = connections.Listen();
        logger.LogInformation("Mail for anybody is taken on port {Port} and kept in {Folder}", Port, mailbox.Folder);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var parts = new ServiceProvider();
        parts.Add(connections);
        parts.Add(new Doorkeeper());
        parts.Add(new Keeper(mailbox, logger));
        // A sender keeps its connection while it has mail, and may be refused often on it.
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(e => e.SessionTimeout(TimeSpan.FromHours(12)))
            .MaxMessageSize(LargestMail, MaxMessageSizeHandling.Strict)
            .MaxRetryCount(1000)
            .Build();
        return new SmtpServer.SmtpServer(options, parts).StartAsync(stoppingToken);
    }

    public override void Dispose()
    {
        connections.Dispose();
        base.Dispose();
    }
}
