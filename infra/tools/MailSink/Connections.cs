using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmtpServer;
using SmtpServer.IO;
using SmtpServer.Net;

namespace Stages.MailSink;

/// <summary>
/// Accepts connections for SmtpServer. Its own listener lets small answers wait for each other (Nagle), which costs a sender that
/// pipelines 40 ms a mail.
/// </summary>
public sealed class Connections(IPEndPoint address) : IEndpointListenerFactory, IEndpointListener
{
    private readonly TcpListener listener = new(address);

    /// <summary>Listens from here on; answers the port.</summary>
    public int Listen()
    {
        listener.Start(backlog: 512);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public IEndpointListener CreateListener(IEndpointDefinition endpointDefinition) => this;

    public async Task<ISecurableDuplexPipe> GetPipeAsync(ISessionContext context, CancellationToken cancellationToken)
    {
        var client = await listener.AcceptTcpClientAsync(cancellationToken);
        client.NoDelay = true;
        return new Connection(client);
    }

    public void Dispose() => listener.Dispose();

    private sealed class Connection(TcpClient client) : ISecurableDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(client.GetStream(), new StreamPipeReaderOptions(bufferSize: 16384));
        public PipeWriter Output { get; } = PipeWriter.Create(client.GetStream());
        public bool IsSecure => false;
        public SslProtocols SslProtocol => SslProtocols.None;

        public Task UpgradeAsync(X509Certificate certificate, SslProtocols protocols, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("The mailbox has no certificate.");

        public void Dispose() => client.Dispose();
    }
}
