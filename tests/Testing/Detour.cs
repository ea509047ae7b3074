using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Stages.Testing;

/// <summary>
/// A way to a server that can be cut and mended: what a service sees when the server stops and starts again, while the others who
/// share that server notice nothing.
/// </summary>
public sealed class Detour : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly ConcurrentDictionary<TcpClient, byte> open = [];
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;

    public Detour(string host, int port)
    {
        (this.host, this.port) = (host, port);
        Port = ServiceProcess.FreePort();
        Mend();
    }

    /// <summary>Where to connect instead.</summary>
    public int Port { get; }

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = Accept(listener);
    }

    /// <summary>Ends every connection; new ones are refused.</summary>
    public void Cut()
    {
        listener?.Stop();
        listener = null;
        foreach (var client in open.Keys)
            client.Dispose();
        open.Clear();
    }

    private async Task Accept(TcpListener on)
    {
        try
        {
            while (true)
            {
                var near = await on.AcceptTcpClientAsync();
                _ = Carry(near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task Carry(TcpClient near)
    {
        using var far = new TcpClient();
        open[near] = open[far] = 0;
        try
        {
            await far.ConnectAsync(host, port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            near.Dispose();
            open.TryRemove(near, out _);
            open.TryRemove(far, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await accepting;
    }
}
