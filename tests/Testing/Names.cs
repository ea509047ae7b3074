using System.Diagnostics;
using System.Globalization;

namespace Stages.Testing;

/// <summary>A resolver (dnsmasq) on loopback that knows what a test has told it, and nobody else.</summary>
public sealed class Names : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stages-names-").FullName;
    private readonly int port = ServiceProcess.FreePort();
    private Process? process;

    /// <summary>As a setting names it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Servers of a service, by name and port, all of this machine.</summary>
    public Task SayServers(string service, string below, IEnumerable<(string Name, int Port)> servers) =>
        Say(
            servers.SelectMany(s =>
                (string[])
                    [
                        string.Create(CultureInfo.InvariantCulture, $"srv-host={service},{s.Name}.{below},{s.Port}"),
                        $"host-record={s.Name}.{below},127.0.0.1",
                    ]
            )
        );

    /// <summary>One name, and its addresses.</summary>
    public Task SayAddresses(string name, IEnumerable<string> addresses) => Say(addresses.Select(a => $"host-record={name},{a}"));

    /// <summary>From now on this alone; between two answers there is none, as when a resolver is started anew.</summary>
    public async Task Say(IEnumerable<string> lines)
    {
        Silence();
        var file = Path.Combine(folder, "names.conf");
        await File.WriteAllLinesAsync(file, [.. lines, "local=/test/"]);
        var program = File.Exists("/usr/sbin/dnsmasq") ? "/usr/sbin/dnsmasq" : "dnsmasq";
        process = Process.Start(
            program,
            [
                "--keep-in-foreground",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                $"--port={port.ToString(CultureInfo.InvariantCulture)}",
                $"--user={Environment.UserName}",
                $"--pid-file={Path.Combine(folder, "pid")}",
                // Answers live for an hour, whatever comes.
                "--local-ttl=3600",
                $"--conf-file={file}",
            ]
        );
        await Eventually.True(async () =>
        {
            using var tcp = new System.Net.Sockets.TcpClient();
            try
            {
                await tcp.ConnectAsync("127.0.0.1", port);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Nobody answers any more.</summary>
    public void Silence()
    {
        if (process is not { HasExited: false })
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public ValueTask DisposeAsync()
    {
        Silence();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
