using System.Net;
using System.Net.Sockets;

namespace Stages.MailSink;

/// <summary>Listens, on loopback unless told otherwise, and gives every connection its <see cref="SmtpSession"/>.</summary>
/// <param name="port">0 takes a free one; <see cref="Port"/> tells which.</param>
public sealed class SmtpReceiver(Mailbox mailbox, int port, ILogger<SmtpReceiver> logger, IPAddress? address = null) : BackgroundService
{
    private TcpListener? listener;

    /// <summary>0 until it listens.</summary>
    public int Port { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listener = new TcpListener(address ?? IPAddress.Loopback, port);
        listener.Start(backlog: 512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        logger.LogInformation("Mail for anybody is taken on port {Port} and kept in {Folder}", Port, mailbox.Folder);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await listener!.AcceptTcpClientAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                logger.LogWarning(e, "A connection was lost before it was accepted");
            }
        }
        listener!.Stop();
    }

    private async Task Serve(TcpClient client, CancellationToken stopping)
    {
        using var _ = client;
        try
        {
            client.NoDelay = true;
            await using var stream = client.GetStream();
            await new SmtpSession(stream, mailbox, logger).Run(stopping);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The other side hung up, or we are stopping: what was not answered with 250 was not delivered, and will come again.
            logger.LogDebug(e, "A connection ended early");
        }
        catch (Exception e)
        {
            logger.LogError(e, "A connection failed");
        }
    }
}
